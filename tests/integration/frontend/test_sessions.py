"""Pages and the API know who is signed in, and take changes from pages of ours only."""

import json

from frontend.keys import HEADER, key_of
from hackathon import sessions
from tests.integration.frontend.conftest import Browser
from tests.integration.sukaraya import Sukaraya


async def test_nobody_gets_a_session_by_looking(browser: Browser, sukaraya: Sukaraya) -> None:
    for path in ("/", f"/acara/{sukaraya.event.slug}"):
        answer = await browser.get(path)
        assert answer.status == 200
        assert "set-cookie" not in answer.headers


async def test_a_person_is_named_and_their_pages_are_not_kept(browser: Browser, sukaraya: Sukaraya) -> None:
    member = next(iter(sukaraya.captains.values()))
    signed = await browser.sign_in(member.account_id)
    answer = await signed.get(f"/acara/{sukaraya.event.slug}")
    assert member.name in answer.text
    assert answer.headers["cache-control"] == "no-store"
    anonymous = await browser.get(f"/acara/{sukaraya.event.slug}")
    assert member.name not in anonymous.text


async def test_the_api_reads_for_a_session_and_changes_for_its_pages_only(browser: Browser, sukaraya: Sukaraya) -> None:
    member = next(iter(sukaraya.captains.values()))
    signed = await browser.sign_in(member.account_id)
    assert (await signed.get("/api/v1/me")).status == 200
    body = json.dumps({"filename": "a.zip", "size": 10, "sha256": "0" * 64}).encode()
    sent = signed.cookie | {"Content-Type": "application/json"}
    for key, site, status in (
        ("", "same-origin", 403),
        (key_of("lain"), "same-origin", 403),
        (key_of(signed.secret), "cross-site", 403),
        (key_of(signed.secret), "same-site", 403),
        (key_of(signed.secret), "same-origin", 201),
    ):
        headers = sent | {HEADER: key, "Sec-Fetch-Site": site}
        answer = await browser.send("POST", "/api/v1/uploads", headers, body)
        assert answer.status == status, answer.text


async def test_a_session_that_ended_is_told(browser: Browser, sukaraya: Sukaraya) -> None:
    member = next(iter(sukaraya.captains.values()))
    signed = await browser.sign_in(member.account_id)
    await sessions.end_sessions(member.account_id)
    answer = await signed.get("/api/v1/me")
    assert answer.status == 401
    assert json.loads(answer.body)["error"]["code"] == "session_over"
    assert member.name not in (await signed.get("/")).text

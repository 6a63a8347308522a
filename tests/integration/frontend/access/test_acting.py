"""Every address that changes something: with whose key, and for whom.

A form without the key of its page changes nothing, whoever sends it. A form with it changes nothing of what belongs to
others.
"""

from datetime import UTC, datetime

from frontend.keys import FIELD, key_of
from hackathon.events import EventSpec, TrackSpec, TrackTask, apply_event
from hackathon.events.model import Rules
from hackathon.model import SYSTEM
from sandbox.model import Text
from tests.integration.frontend.access.quarter import RIVAL, TEAM, Quarter, Who
from tests.integration.frontend.access.table import DESKS, DOING, READING, fields_of
from tests.integration.frontend.conftest import FORM, Answer
from tests.integration.sukaraya import Sukaraya, schedule

REFUSED = {303, 401, 403, 404}
WORDS_OF_THE_KEY = ("Formulir ini sudah kedaluwarsa", "key_wrong")
ROLES = (Who.VISITOR, Who.NOBODY, Who.RIVAL, Who.MEMBER, Who.CAPTAIN, Who.ORGANIZER)


def says_key(answer: Answer) -> bool:
    return answer.status == 403 and any(words in answer.text for words in WORDS_OF_THE_KEY)


async def test_nothing_changes_without_the_key_of_the_page(quarter: Quarter) -> None:
    foreign, wrong = key_of("rahasia-orang-lain"), []
    for role in ROLES:
        await quarter.secret(role)
    before = await quarter.state()
    for what, deed in DOING.items():
        method, route = what.split(" ")
        address, fields = quarter.address(route), fields_of(deed, quarter)
        for role in ROLES:
            for key in ("", foreign, key_of(await quarter.secret(Who.NOBODY if role is not Who.NOBODY else Who.RIVAL))):
                answer = await quarter.send(role, method, address, fields, key=key)
                if answer.status not in REFUSED or (role is deed.who and not says_key(answer)):
                    wrong.append((what, role.value, key, answer.status))
        after = await quarter.state()
        wrong += [(what, "changed", line, 0) for line in sorted(set(before) ^ set(after))]
        before = after
    assert "\n".join(str(one) for one in wrong) == ""


async def test_with_the_key_each_goes_through(quarter: Quarter) -> None:
    refused = []
    for what, deed in DOING.items():
        method, route = what.split(" ")
        answer = await quarter.send(deed.who, method, quarter.address(route), fields_of(deed, quarter))
        if says_key(answer) or answer.status >= 500:
            refused.append((what, answer.status))
    assert refused == []


async def test_nobody_changes_what_is_anothers(quarter: Quarter) -> None:
    for role in ROLES:
        await quarter.secret(role)
    before, changed = await quarter.state(own=True), []
    for what, deed in DOING.items():
        method, route = what.split(" ")
        address, fields = quarter.address(route), fields_of(deed, quarter)
        for role in [role for role in ROLES if role not in (deed.who, *deed.also)]:
            answer = await quarter.send(role, method, address, fields)
            after = await quarter.state(own=True)
            changed += [(what, role.value, answer.status, line) for line in sorted(set(before) ^ set(after))]
            before = after
    assert "\n".join(str(one) for one in changed) == ""


async def test_no_version_of_another_team_is_chosen(quarter: Quarter, sukaraya: Sukaraya) -> None:
    mine, _ = await sukaraya.hand_in(RIVAL)
    await quarter.secret(Who.RIVAL)
    before = await quarter.state()
    foreign = quarter.places["submission_id"]
    answer = await quarter.send(Who.RIVAL, "POST", f"/pengajuan/{mine}/pilih", {"versi": foreign})
    assert answer.status in (404, 409, 422)
    assert await quarter.state() == before


async def test_at_the_desk_of_another_event_nothing_of_this_one_is_there(quarter: Quarter) -> None:
    await _another_event()
    quarter.places["slug"] = "lain-2026"
    named = [route for route in READING if route.startswith(f"{DESKS}/") and route.count("{") > 1]
    told = {route: await quarter.get(Who.ORGANIZER, quarter.address(route)) for route in named}
    # The other event has a track of the same name: these show that one's, and no team of ours.
    tracks = (f"{DESKS}/penilaian/rubrik/{{track_slug:str}}", f"{DESKS}/ekspor/{{track_slug:str}}/{{file:str}}")
    assert [route for route in tracks if TEAM in told[route].text] == []
    quarter.places["slug"] = "asn-2026"
    assert TEAM in (await quarter.get(Who.ORGANIZER, quarter.address(tracks[1]))).text
    quarter.places["slug"] = "lain-2026"
    # People belong to no event: their accounts are everybody's who organizes.
    own = (f"{DESKS}/orang/{{account_id:uuid}}/konfirmasi", *tracks)
    statuses = {route: answer.status for route, answer in told.items()}
    assert statuses == dict.fromkeys(named, 404) | dict.fromkeys(own, 200)
    before, changed = await quarter.state(own=True), []
    for what, deed in DOING.items():
        method, route = what.split(" ")
        if route.startswith(DESKS) and "orang" not in route:
            answer = await quarter.send(Who.ORGANIZER, method, quarter.address(route), fields_of(deed, quarter))
            after = await quarter.state(own=True)
            changed += [(what, answer.status, line) for line in sorted(set(before) ^ set(after))]
            before = after
    assert changed == []


async def test_a_program_needs_its_token_and_no_key(quarter: Quarter) -> None:
    told = {}
    for what, deed in DOING.items():
        method, route = what.split(" ")
        if route.startswith("/api/"):
            told[what] = (await quarter.call(method, quarter.address(route), fields_of(deed, quarter))).status
    assert [status for status in told.values() if status in (401, 403, 404)] == []
    quarter.token = "glg_" + "x" * 43
    before = await quarter.state()
    for what, deed in DOING.items():
        method, route = what.split(" ")
        if route.startswith("/api/"):
            assert (await quarter.call(method, quarter.address(route), fields_of(deed, quarter))).status == 401
    assert await quarter.state() == before


async def test_another_site_signs_nobody_out(quarter: Quarter) -> None:
    # Its form comes without our cookies, so it must not get one that ends the session either.
    answer = await quarter.browser.send("POST", "/keluar", FORM | {"Sec-Fetch-Site": "cross-site"}, b"")
    assert "set-cookie" not in answer.headers
    key = key_of(await quarter.secret(Who.CAPTAIN))
    headers = await quarter.headers(Who.CAPTAIN) | FORM | {"Sec-Fetch-Site": "same-origin"}
    answer = await quarter.browser.send("POST", "/keluar", headers, f"{FIELD}={key}".encode())
    assert "gelanggang=" in answer.headers["set-cookie"]


async def _another_event() -> None:
    now = datetime.now(UTC)
    spec = EventSpec(
        slug="lain-2026",
        title=Text("Acara lain", "Another event"),
        zone="Asia/Jakarta",
        schedule=schedule(now),
        rules=Rules(),
        tracks=(
            TrackSpec("layanan-publik", Text("Layanan publik", "Public service"), (TrackTask("otomasi-formulir"),)),
        ),
        demo=False,
    )
    await apply_event(spec, key=bytes(32), actor=SYSTEM, now=now)

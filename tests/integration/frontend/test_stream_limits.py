"""How many boards one address may keep open, and whose address it is behind a reverse proxy."""

import pytest

from tests.integration.frontend.conftest import Browser
from tests.integration.hackathon.loops import eventually
from tests.integration.sukaraya import Sukaraya

HALL, HOME = "203.0.113.9", "198.51.100.7"


@pytest.fixture
def environment() -> dict[str, str]:
    return {"GELANGGANG_STREAMS_PER_ADDRESS": "2", "GELANGGANG_TRUSTED_PROXIES": "127.0.0.1"}


def behind(*hops: str) -> dict[str, str]:
    return {"X-Forwarded-For": ", ".join(hops)}


async def test_an_address_with_too_many_boards_is_told_and_others_are_served(
    sukaraya: Sukaraya, browser: Browser
) -> None:
    url = f"/hidup/papan/{sukaraya.track.id}"
    async with browser.listen(url, behind(HALL)) as one:
        await one.next()
        async with browser.listen(url, behind("192.0.2.1", HALL)) as two:
            await two.next()
            full = await browser.get(url, behind("192.0.2.2", HALL))
            assert (full.status, full.headers["retry-after"]) == (429, "30")
            assert "papan langsung" in full.text
            async with browser.listen(url, behind(HALL, HOME)) as elsewhere:
                assert (await elsewhere.next())["event"] == "detak"

    async def free() -> bool:
        return bool(browser.app.state.hub.viewers == 0)

    await eventually(free)
    async with browser.listen(url, behind(HALL)) as again:
        assert (await again.next())["event"] == "detak"


async def test_the_api_counts_by_the_same_address(browser: Browser) -> None:
    slowed = None
    for _ in range(900):
        answer = await browser.get("/api/v1/events/tidak-ada", behind(HALL))
        if answer.status == 429:
            slowed = answer
            break
    assert slowed is not None
    assert (await browser.get("/api/v1/events/tidak-ada", behind("192.0.2.3", HALL))).status == 429
    assert (await browser.get("/api/v1/events/tidak-ada", behind(HALL, HOME))).status == 404

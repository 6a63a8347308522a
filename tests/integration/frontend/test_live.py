"""A board that moves: from a finished evaluation over the sequencer and the listener to an open stream."""

import asyncio
from types import ModuleType
from uuid import uuid4

import asyncpg
import pytest

from frontend.live import Hub
from tests.integration.frontend.conftest import Browser
from tests.integration.hackathon.loops import eventually
from tests.integration.sukaraya import Sukaraya


def stream(sukaraya: Sukaraya, face: str = "papan", more: str = "") -> str:
    return f"/hidup/{face}/{sukaraya.track.id}?bahasa=id{more}"


async def test_a_finished_evaluation_moves_an_open_board(sukaraya: Sukaraya, browser: Browser) -> None:
    async with browser.listen(stream(sukaraya)) as events:
        assert (await events.next())["event"] == "detak"
        empty = await events.board()
        assert empty["id"] == "0-building"
        assert "Belum ada hasil" in empty["data"]
        await sukaraya.evaluate("Kawan Lapor", 71.5)
        moved = await events.board()
        assert moved["id"] == "1-building"
        assert "Kawan Lapor" in moved["data"]
        assert '<template hx type="partial"' not in moved["data"]
        assert moved["data"].count("<hx-partial") == 2
        await sukaraya.evaluate("Satu Meja", 80)
        assert (await events.board())["id"] == "2-building"
    assert events.answer.headers["content-type"].startswith("text/event-stream")
    assert events.answer.headers["cache-control"] == "no-store"
    assert "content-encoding" not in events.answer.headers


async def test_two_pages_and_two_languages_of_one_track_each_get_their_own(
    sukaraya: Sukaraya, browser: Browser
) -> None:
    english = f"/hidup/papan/{sukaraya.track.id}?bahasa=en"
    async with browser.listen(stream(sukaraya, "layar")) as wall, browser.listen(english) as board:
        assert 'class="wall"' in (await wall.board())["data"]
        assert "No results yet" in (await board.board())["data"]


async def test_who_comes_back_gets_only_what_is_newer(sukaraya: Sukaraya, browser: Browser) -> None:
    async with browser.listen(stream(sukaraya)) as events:
        await events.board()
        await sukaraya.evaluate("Kawan Lapor", 71.5)
        seen = (await events.board())["id"]
    async with browser.listen(stream(sukaraya, more=f"&sejak={seen}")) as events:
        assert (await events.next())["event"] == "detak"
        with pytest.raises(TimeoutError):
            await events.next(0.3)
    async with browser.listen(stream(sukaraya), {"Last-Event-ID": "0-building"}) as events:
        assert (await events.board())["id"] == seen


async def test_the_freeze_reaches_open_pages_at_the_next_beat_without_a_publication(
    sukaraya: Sukaraya, browser: Browser
) -> None:
    hub: Hub = browser.app.state.hub
    async with browser.listen(stream(sukaraya)) as events:
        await events.board()
        await sukaraya.freeze()
        await sukaraya.evaluate("Kawan Lapor", 99.5)
        await asyncio.sleep(0.5)
        await hub.beat()
        frozen = await events.board()
        assert frozen["id"] == "0-building-frozen"
        assert "Papan dibekukan" in frozen["data"]
        assert "99,5" not in frozen["data"]


async def test_a_lost_listener_misses_nothing(sukaraya: Sukaraya, browser: Browser, store: ModuleType) -> None:
    kill = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE application_name = 'gelanggang listener' AND datname = current_database()"
    )
    async with browser.listen(stream(sukaraya)) as events:
        await events.board()

        async def listening() -> bool:
            return bool(await store.fetch_value(kill))

        await eventually(listening)
        await sukaraya.evaluate("Kawan Lapor", 71.5)
        assert (await events.board())["id"] == "1-building"


async def test_leaving_frees_the_place(sukaraya: Sukaraya, browser: Browser) -> None:
    hub: Hub = browser.app.state.hub
    async with browser.listen(stream(sukaraya)) as events:
        await events.board()
        assert hub.viewers == 1

    async def nobody() -> bool:
        return hub.viewers == 0

    await eventually(nobody)


async def test_stopping_the_server_ends_the_streams(sukaraya: Sukaraya, browser: Browser) -> None:
    hub: Hub = browser.app.state.hub
    async with browser.listen(stream(sukaraya)) as events:
        await events.board()
        hub.close()
        with pytest.raises(StopAsyncIteration):
            await events.board()


@pytest.mark.parametrize("address", ["/hidup/papan/0", "/hidup/lain/{track}", "/hidup/papan/{other}", "/hidup/papan"])
async def test_a_stream_of_nothing_is_not_there(sukaraya: Sukaraya, browser: Browser, address: str) -> None:
    answer = await browser.get(address.format(track=sukaraya.track.id, other=uuid4()))
    assert answer.status == 404


async def test_notices_that_make_no_sense_break_nothing(sukaraya: Sukaraya, browser: Browser, dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    for payload in ("publication:", "publication:abc", "", ":", f"publication:{uuid4()}", "submission:1"):
        await connection.execute("SELECT pg_notify('gelanggang', $1)", payload)
    await connection.close()
    async with browser.listen(stream(sukaraya)) as events:
        await events.board()
        await sukaraya.evaluate("Kawan Lapor", 71.5)
        assert (await events.board())["id"] == "1-building"

"""A submission that moves by itself: for its team and organizers, as long as they may see it, and for nobody else."""

import asyncio
import re
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from frontend.live import Hub
from hackathon import sessions, store
from tests.integration.frontend.conftest import Events, Signed
from tests.integration.frontend.result.scene import SECRET, Scene, board_cases, public_cases
from tests.integration.hackathon.loops import eventually


def address(submission_id: UUID, face: str = "pengajuan", more: str = "") -> str:
    return f"/hidup/{face}/{submission_id}?bahasa=id{more}"


def heading(event: dict[str, str]) -> str:
    (found,) = re.findall(r"<h1>(.*?)</h1>", event["data"])
    return str(found)


async def until(events: Events, *words: str) -> dict[str, str]:
    """The first message that says all of it."""
    while True:
        event = await events.board()
        if all(word in event["data"] for word in words):
            return event


async def test_a_page_follows_from_the_queue_to_the_result(scene: Scene) -> None:
    submission_id = await scene.hand_in()
    async with scene.browser.listen(address(submission_id), scene.dewi.cookie) as events:
        assert (await events.next())["event"] == "detak"
        assert heading(await events.board()) == "Pengajuan 1 menunggu giliran"
        claim = await scene.claim()
        assert heading(await until(events, "sedang dibangun")) == "Pengajuan 1 sedang dibangun"
        await scene.write_log(claim, b"\x1b[32mLangkah 1\x1b[0m\n")
        assert '<span class="ansi-green">Langkah 1</span>' in (await until(events, "Langkah 1"))["data"]
        await scene.build(claim)
        await scene.advance(claim, public=public_cases()[:5], hidden=19)
        # Two rows move, one after the other: a page may be told of the first alone.
        await until(events, "5 dari 44 kasus contoh lulus", "10 dari 40 kasus tersembunyi dijalankan")
        await scene.end(claim)
        ended = await until(events, "Pengajuan 1 selesai diuji")
        assert "F1 per isian" in ended["data"]
        assert ended["data"].count("<hx-partial") == 1
    assert events.answer.headers["content-type"].startswith("text/event-stream")
    assert events.answer.headers["cache-control"] == "no-store"


async def test_what_a_page_shows_is_not_sent_again(scene: Scene) -> None:
    submission_id = await scene.evaluated()
    page = await scene.dewi.get(f"/pengajuan/{submission_id}")
    (shown,) = re.findall(r'id="pengajuan" data-version="(\w+)"', page.text)
    async with scene.browser.listen(address(submission_id, more=f"&sejak={shown}"), scene.dewi.cookie) as events:
        assert (await events.next())["event"] == "detak"
        with pytest.raises(TimeoutError):
            await events.next(0.3)


async def test_members_share_bytes_and_the_form_key_of_nobody_is_in_them(scene: Scene) -> None:
    submission_id = await scene.evaluated()
    async with (
        scene.browser.listen(address(submission_id), scene.dewi.cookie) as dewi,
        scene.browser.listen(address(submission_id), scene.rangga.cookie) as rangga,
    ):
        first, second = await dewi.board(), await rangga.board()
        assert first == second
        assert "_kunci" not in first["data"]


async def test_a_choice_reaches_the_others_at_the_next_beat(scene: Scene) -> None:
    submission_id = await scene.evaluated()
    hub: Hub = scene.browser.app.state.hub
    async with scene.browser.listen(address(submission_id), scene.rangga.cookie) as events:
        await events.board()
        await scene.dewi.post(f"/pengajuan/{submission_id}/pilih")
        await hub.beat()
        await until(events, "dipilih oleh tim")


@pytest.mark.parametrize("face", ["pengajuan", "log"])
async def test_nobody_else_gets_a_stream(scene: Scene, face: str) -> None:
    submission_id = await scene.hand_in()
    stranger = await scene.browser.get(address(submission_id, face), scene.tono.cookie)
    visitor = await scene.browser.get(address(submission_id, face))
    unknown = await scene.browser.get(address(uuid4(), face), scene.dewi.cookie)
    assert [answer.status for answer in (stranger, visitor, unknown)] == [404, 404, 404]
    async with scene.browser.listen(address(submission_id, face), scene.wira.cookie) as events:
        assert (await events.next())["event"] == "detak"


async def signed_out(scene: Scene, who: Signed) -> None:
    await sessions.end_sessions(who.account_id)


async def removed(scene: Scene, who: Signed) -> None:
    await store.execute("DELETE FROM member WHERE account_id = $1", who.account_id)


@pytest.mark.parametrize("ending", [signed_out, removed])
async def test_who_may_not_see_it_any_more_is_told_nothing_more(scene: Scene, ending: object) -> None:
    submission_id = await scene.hand_in()
    async with scene.browser.listen(address(submission_id), scene.rangga.cookie) as events:
        await events.board()
        await ending(scene, scene.rangga)  # type: ignore[operator]
        await scene.claim()
        await store.notify("submission", submission_id)
        last = await events.next()
        assert last["event"] == "usai"
        with pytest.raises(StopAsyncIteration):
            await events.next()


async def test_the_end_of_a_session_ends_its_streams_at_the_next_beat(scene: Scene) -> None:
    submission_id = await scene.evaluated()
    hub: Hub = scene.browser.app.state.hub
    async with (
        scene.browser.listen(address(submission_id), scene.dewi.cookie) as dewi,
        scene.browser.listen(address(submission_id), scene.rangga.cookie) as rangga,
    ):
        await dewi.board()
        await rangga.board()
        await sessions.end_sessions(scene.rangga.account_id)
        await hub.beat()
        assert (await rangga.next())["event"] == "usai"
        assert (await dewi.next())["event"] == "detak"
    await eventually(lambda: nobody(hub))


async def nobody(hub: Hub) -> bool:
    return hub.viewers == 0


@pytest.mark.parametrize("face", ["pengajuan", "log"])
async def test_nothing_of_a_hidden_case_is_ever_streamed(scene: Scene, face: str) -> None:
    submission_id = await scene.hand_in()
    heard = []
    async with scene.browser.listen(address(submission_id, face), scene.dewi.cookie) as events:
        heard.append(await events.board())
        claim = await scene.claim()
        await scene.build(claim)
        await scene.advance(claim, public=[], hidden=20)
        await scene.write_log(claim, b"siap\n")
        await scene.end(claim, board=board_cases(0.3))
        await asyncio.sleep(0.3)
        await scene.browser.app.state.hub.beat()
        try:
            while True:
                heard.append(await events.next(0.5))
        except TimeoutError:
            pass
    assert len(heard) > 2
    assert SECRET not in str(heard)


async def test_a_log_says_how_long_it_is_and_when_it_is_complete(scene: Scene) -> None:
    submission_id = await scene.hand_in()
    claim = await scene.claim()
    async with scene.browser.listen(address(submission_id, "log"), scene.dewi.cookie) as events:
        assert 'data-total="0"' in (await events.board())["data"]
        await scene.write_log(claim, b"satu\ndua\n")
        assert (await until(events, 'data-total="2"'))["id"] == "9-0"
        await scene.build(claim)
        await scene.end(claim)
        assert "2 baris, lengkap" in (await until(events, "lengkap"))["data"]


async def test_a_lost_listener_misses_nothing(scene: Scene) -> None:
    submission_id = await scene.hand_in()
    kill = (
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE application_name = 'gelanggang listener' AND datname = current_database()"
    )
    async with scene.browser.listen(address(submission_id), scene.dewi.cookie) as events:
        await events.board()

        async def killed() -> bool:
            return bool(await store.fetch_value(kill))

        await eventually(killed)
        await scene.claim()
        assert heading(await until(events, "sedang dibangun")) == "Pengajuan 1 sedang dibangun"


async def test_each_persons_zone_has_its_own_rendering(scene: Scene) -> None:
    submission_id = await scene.evaluated()
    await store.execute("UPDATE account SET zone = 'Asia/Jayapura' WHERE id = $1", scene.rangga.account_id)
    async with (
        scene.browser.listen(address(submission_id), scene.dewi.cookie) as dewi,
        scene.browser.listen(address(submission_id), scene.rangga.cookie) as rangga,
    ):
        assert re.search(r"\d\d\.\d\d\.\d\d WIB", (await dewi.board())["data"])
        assert re.search(r"\d\d\.\d\d\.\d\d WIT", (await rangga.board())["data"])


async def test_a_version_tells_no_more_of_hidden_cases_than_the_page(scene: Scene) -> None:
    submission_id = await scene.evaluated()
    standing = await scene.browser.app.state.results.standing(submission_id)
    versions = tuple(replace(one, score=one.score + 0.0001) for one in standing.versions)
    public, board = standing.progress.evaluations
    other = replace(board, tasks=tuple(replace(task, passed=task.passed - 1) for task in board.tasks))
    progress = replace(standing.progress, evaluations=(public, other))
    assert replace(standing, versions=versions, progress=progress).version == standing.version
    assert replace(standing, versions=()).version != standing.version

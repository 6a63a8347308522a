"""One rendering for all viewers, and what happens to those who come late, come back or fall behind."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID

import pytest

from frontend.live import Face, Hub, Rendered, TooManyOfAddress, TooManyViewers, Topic
from frontend.live import hub as hub_module
from frontend.live.hub import GOODBYE, QUEUE_SIZE, encode

TRACK = UUID(int=1)
BOARD = Topic(TRACK, Face.BOARD, "id")
HALL = "203.0.113.9"
MOST_OF_ADDRESS = 20
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


class Boards:
    """A track whose board is turned page by page."""

    def __init__(self) -> None:
        self.number = 1
        self.renders = 0
        self.gone = False

    async def render(self, topic: Topic) -> Rendered | None:
        self.renders += 1
        number = self.number
        await asyncio.sleep(0)
        return None if self.gone else Rendered(f"{number}", f"<p>{topic.face} {topic.language}\n{number}</p>")

    async def version(self, topic: Topic) -> str | None:
        return None if self.gone else f"{self.number}"


@pytest.fixture
def boards() -> Boards:
    return Boards()


@pytest.fixture
def hub(boards: Boards) -> Hub:
    return Hub(render=boards.render, version=boards.version, clock=lambda: NOON, most_of_address=MOST_OF_ADDRESS)


async def join(hub: Hub, topic: Topic = BOARD, seen: str | None = None, address: str = HALL) -> AsyncIterator[bytes]:
    stream = hub.stream(topic, seen, address=address)
    assert await anext(stream) == b"event: detak\ndata: 1795496400000\n\n"
    return stream


async def heard(stream: AsyncIterator[bytes]) -> bytes:
    return await asyncio.wait_for(anext(stream), 1)


async def silent(stream: AsyncIterator[bytes]) -> bool:
    waiting = asyncio.ensure_future(anext(stream))
    done, _ = await asyncio.wait({waiting}, timeout=0.05)
    waiting.cancel()
    return not done


async def test_every_viewer_gets_the_same_object_rendered_once(hub: Hub, boards: Boards) -> None:
    viewers = [await join(hub) for _ in range(20)]
    first = [await heard(viewer) for viewer in viewers]
    assert first[0] == b"id: 1\ndata: <p>papan id\ndata: 1</p>\n\n"
    assert all(message is first[0] for message in first)
    assert boards.renders == 1
    boards.number = 2
    await hub.refresh(TRACK)
    second = [await heard(viewer) for viewer in viewers]
    assert all(message is second[0] for message in second)
    assert boards.renders == 2


async def test_a_viewer_that_has_seen_this_version_gets_nothing_until_the_next(hub: Hub, boards: Boards) -> None:
    back = await join(hub, seen="1")
    assert await silent(back)
    back = await join(hub, seen="1")
    boards.number = 2
    waiting = asyncio.ensure_future(anext(back))
    await asyncio.sleep(0.01)
    await hub.refresh(TRACK)
    assert (await waiting).startswith(b"id: 2\n")


async def test_a_viewer_that_missed_something_gets_the_state_of_now(hub: Hub, boards: Boards) -> None:
    await heard(await join(hub))
    boards.number = 5
    await hub.resync()
    assert (await heard(await join(hub, seen="1"))).startswith(b"id: 5\n")


async def test_other_tracks_languages_and_pages_are_left_alone(hub: Hub, boards: Boards) -> None:
    board, wall = await join(hub), await join(hub, Topic(TRACK, Face.WALL, "en"))
    other = await join(hub, Topic(UUID(int=2), Face.BOARD, "id"))
    assert b"layar en" in await heard(wall)
    await heard(board)
    await heard(other)
    boards.number = 2
    await hub.refresh(TRACK)
    assert b"papan id" in await heard(board)
    assert await silent(other)


async def test_a_change_by_the_clock_alone_reaches_open_pages_at_the_next_beat(hub: Hub, boards: Boards) -> None:
    viewer = await join(hub)
    await heard(viewer)
    await hub.beat()
    assert (await heard(viewer)).startswith(b"event: detak")
    assert await silent(viewer)
    viewer = await join(hub, seen="1")
    waiting = asyncio.ensure_future(anext(viewer))
    await asyncio.sleep(0.01)
    boards.number = 2
    await hub.beat()
    assert (await waiting).startswith(b"event: detak")
    assert (await heard(viewer)).startswith(b"id: 2\n")


async def test_a_viewer_that_does_not_read_is_let_go_and_the_others_stay(hub: Hub, boards: Boards) -> None:
    slow, quick = await join(hub), await join(hub)
    await heard(slow)
    await heard(quick)
    for number in range(2, QUEUE_SIZE + 4):
        boards.number = number
        await hub.refresh(TRACK)
        assert await heard(quick)
    assert hub.viewers == 1
    with pytest.raises(StopAsyncIteration):
        await anext(slow)


async def test_asking_ten_times_at_once_renders_twice_at_most(hub: Hub, boards: Boards) -> None:
    viewer = await join(hub)
    await heard(viewer)
    boards.number, boards.renders = 2, 0
    await asyncio.gather(*(hub.refresh(TRACK) for _ in range(10)))
    assert (await heard(viewer)).startswith(b"id: 2\n")
    assert boards.renders <= 2


async def test_a_track_that_is_gone_says_nothing_and_breaks_nothing(hub: Hub, boards: Boards) -> None:
    boards.gone = True
    viewer = await join(hub)
    assert await silent(viewer)


async def test_leaving_frees_the_place_and_closing_ends_all(hub: Hub, boards: Boards) -> None:
    one, two = await join(hub), await join(hub)
    await heard(one)
    await heard(two)
    assert hub.viewers == 2
    await one.aclose()  # type: ignore[attr-defined]
    assert hub.viewers == 1
    hub.close()
    with pytest.raises(StopAsyncIteration):
        await heard(two)
    assert hub.viewers == 0
    late = await join(hub)
    with pytest.raises(StopAsyncIteration):
        await heard(late)


async def test_a_full_process_says_so_before_it_sends_anything(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "MAX_VIEWERS", 1)
    viewer = await join(hub)
    await heard(viewer)
    with pytest.raises(TooManyViewers):
        hub.stream(BOARD, None, address="198.51.100.7")


async def test_one_address_takes_nobody_elses_place(hub: Hub) -> None:
    hall = [await join(hub) for _ in range(MOST_OF_ADDRESS)]
    with pytest.raises(TooManyOfAddress):
        hub.stream(BOARD, None, address=HALL)
    with pytest.raises(TooManyOfAddress):
        hub.stream(Topic(UUID(int=2), Face.WALL, "en"), None, address=HALL)
    await heard(await join(hub, address="198.51.100.7"))
    await hall[0].aclose()  # type: ignore[attr-defined]
    await heard(await join(hub))


async def test_streams_given_out_at_once_do_not_slip_past_the_limit(hub: Hub) -> None:
    given = [hub.stream(BOARD, None, address=HALL) for _ in range(MOST_OF_ADDRESS + 5)]
    first = [await anext(stream, b"") for stream in given]
    assert first.count(b"") == 5
    assert hub.viewers == MOST_OF_ADDRESS
    for stream in given:
        await stream.aclose()  # type: ignore[attr-defined]
    await heard(await join(hub))


async def test_a_viewer_that_is_let_go_counts_until_its_connection_ends(hub: Hub, boards: Boards) -> None:
    hall = [await join(hub) for _ in range(MOST_OF_ADDRESS)]
    for number in range(2, QUEUE_SIZE + 4):
        boards.number = number
        await hub.refresh(TRACK)
    assert hub.viewers == 0
    with pytest.raises(TooManyOfAddress):
        hub.stream(BOARD, None, address=HALL)
    for stream in hall:
        assert len([message async for message in stream]) == 1
    await heard(await join(hub))


async def test_a_rendering_that_fails_is_tried_again_at_the_next_beat() -> None:
    boards, broken = Boards(), True

    async def render(topic: Topic) -> Rendered | None:
        if broken:
            raise OSError("the database is away")
        return await boards.render(topic)

    hub = Hub(render=render, version=boards.version, clock=lambda: NOON, most_of_address=1)
    viewer = await join(hub)
    waiting = asyncio.ensure_future(anext(viewer))
    await asyncio.sleep(0.01)
    broken = False
    await hub.beat()
    assert (await waiting).startswith(b"event: detak")
    assert (await heard(viewer)).startswith(b"id: 1\n")


def test_a_message_survives_every_kind_of_line_end() -> None:
    lines = b"id: 7\ndata: <p>\ndata: a\ndata: \ndata: \ndata: b\xe2\x80\xa8c</p>\n\n"
    assert encode(Rendered("7", "<p>\r\na\n\n\rb\u2028c</p>\n")) == lines


class Doorkeeper:
    """Says who may still see something."""

    def __init__(self) -> None:
        self.open = True

    async def allowed(self) -> bool:
        return self.open


async def test_what_is_private_is_asked_for_before_each_message(hub: Hub, boards: Boards) -> None:
    mine = Topic(TRACK, Face.SUBMISSION, "id", "Asia/Jakarta")
    door, other = Doorkeeper(), Doorkeeper()
    shut = hub.stream(mine, None, address=HALL, allowed=door.allowed)
    still = hub.stream(mine, None, address=HALL, allowed=other.allowed)
    for viewer in (shut, still):
        assert (await heard(viewer)).startswith(b"event: detak")
        assert (await heard(viewer)).startswith(b"id: 1\n")
    door.open = False
    boards.number = 2
    await hub.refresh(TRACK)
    assert (await heard(still)).startswith(b"id: 2\n")
    assert await heard(shut) == GOODBYE
    with pytest.raises(StopAsyncIteration):
        await heard(shut)
    assert hub.viewers == 1


async def test_what_is_private_needs_somebody_who_says_who_may_see_it(hub: Hub) -> None:
    with pytest.raises(ValueError, match="nobody says"):
        hub.stream(Topic(TRACK, Face.LOG, "id"), None, address=HALL)

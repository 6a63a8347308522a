"""Who looks at what, and the one rendering that all of them get.

A topic is a track's board, or a team's submission, on one kind of page in one language. It is rendered once for each
version and the same bytes object goes to every viewer. What a viewer has not read yet is bounded: one that does not
keep up is let go, connects again and gets the state of that moment. What is private is sent to a viewer only after
asking, each time, whether the viewer may still see it.
"""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import structlog

from hackathon.waiting import set_within

BEAT_SECONDS = 15.0
"""Between two beats. A page that hears nothing for three of them connects again."""

QUEUE_SIZE = 8
"""Messages a viewer may be behind."""

MAX_VIEWERS = 10_000
"""Streams of one process; each is an open file."""

_log = structlog.get_logger(__name__)


GOODBYE = b"event: usai\ndata: 1\n\n"
"""Tells a page that its viewer may not see this any more; it asks the server again, which says why."""


class Face(StrEnum):
    """A kind of page that moves by itself; the values stand in the stream's address."""

    BOARD = "papan"
    WALL = "layar"
    SUBMISSION = "pengajuan"
    LOG = "log"

    @property
    def private(self) -> bool:
        """Whether it shows a team what nobody else may see."""
        return self in (Face.SUBMISSION, Face.LOG)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a viewer looks at. `subject` is the id of a track, or of a submission where the face is private; times of
    those are told in the viewer's `zone`.
    """

    subject: UUID
    face: Face
    language: str
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A topic's page at a moment. `version` changes whenever the page would."""

    version: str
    html: str


class TooManyViewers(Exception):
    """This process holds as many streams as it may."""


class TooManyOfAddress(Exception):
    """This address has as many streams in this process as it may."""


@dataclass(eq=False, slots=True)
class _Viewer:
    queue: asyncio.Queue[bytes | None] = field(default_factory=lambda: asyncio.Queue(QUEUE_SIZE))


@dataclass(slots=True)
class _Channel:
    viewers: set[_Viewer] = field(default_factory=set)
    version: str | None = None
    message: bytes = b""
    rendering: asyncio.Lock = field(default_factory=asyncio.Lock)
    asked: int = 0
    answered: int = 0


Render = Callable[[Topic], Awaitable[Rendered | None]]
Version = Callable[[Topic], Awaitable[str | None]]
Allowed = Callable[[], Awaitable[bool]]


class Hub:
    """The streams of one process.

    `render` gives a topic's page, `version` only its version (cheaper; asked at every beat, so that a change by the
    clock alone, as a freeze, reaches open pages). Both give None for a subject that is gone. `clock` is the server's.
    One address may hold `most_of_address` streams.
    """

    def __init__(
        self, *, render: Render, version: Version, clock: Callable[[], datetime], most_of_address: int
    ) -> None:
        self._render = render
        self._version = version
        self._clock = clock
        self._most_of_address = most_of_address
        self._open: Counter[str] = Counter()
        self._channels: dict[Topic, _Channel] = {}
        self._closed = False
        self._refreshing: set[asyncio.Task[None]] = set()

    @property
    def viewers(self) -> int:
        """Open streams."""
        return sum(len(channel.viewers) for channel in self._channels.values())

    async def exists(self, topic: Topic) -> bool:
        """Whether the topic's subject is there."""
        return topic in self._channels or await self._version(topic) is not None

    def stream(
        self, topic: Topic, seen: str | None, *, address: str, allowed: Allowed | None = None
    ) -> AsyncIterator[bytes]:
        """Server-sent events for one viewer at `address`, until it leaves, falls behind or the hub closes.

        The state of now comes first unless the viewer has `seen` that version. `allowed` is asked before each message,
        beats too, and ends the stream when it says no; a private face needs one. Raises TooManyViewers and
        TooManyOfAddress before anything is sent, ValueError for a private face that nobody guards.
        """
        if topic.face.private and allowed is None:
            raise ValueError(f"nobody says who may see {topic.face}")
        if self.viewers >= MAX_VIEWERS:
            raise TooManyViewers
        if self._open[address] >= self._most_of_address:
            raise TooManyOfAddress
        messages = self._stream(topic, seen, address)
        return messages if allowed is None else _guarded(messages, allowed)

    async def _stream(self, topic: Topic, seen: str | None, address: str) -> AsyncGenerator[bytes]:
        # Asked again: a stream that was given out counts only once it is read, and many are given out at once.
        if self._open[address] >= self._most_of_address:
            return
        self._open[address] += 1
        channel = self._channels.setdefault(topic, _Channel())
        viewer = _Viewer()
        # Joined before rendering: what is published meanwhile is in the queue, not lost between the two.
        channel.viewers.add(viewer)
        try:
            yield self._beat()
            if self._closed:
                return
            if channel.version is None:
                await self._bring_up(topic, channel)
            last = channel.message
            if channel.version not in (None, seen):
                yield last
            while (message := await viewer.queue.get()) is not None:
                # What came while it joined may wait in the queue too.
                if message is not last:
                    yield message
        finally:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]
            channel.viewers.discard(viewer)
            if not channel.viewers and self._channels.get(topic) is channel:
                del self._channels[topic]

    async def refresh(self, subject: UUID) -> None:
        """Render the subject's topics that somebody looks at, and send those that changed."""
        for topic, channel in list(self._channels.items()):
            if topic.subject == subject:
                await self._bring_up(topic, channel)

    def refresh_soon(self, subject: UUID) -> None:
        """Refresh without waiting for it."""
        if not any(topic.subject == subject for topic in self._channels):
            return
        task = asyncio.create_task(self.refresh(subject))
        # The event loop holds its tasks weakly.
        self._refreshing.add(task)
        task.add_done_callback(self._refreshing.discard)

    async def resync(self) -> None:
        """Render everything that somebody looks at: messages may have been missed."""
        for topic, channel in list(self._channels.items()):
            await self._bring_up(topic, channel)

    async def run(self, stop: asyncio.Event) -> None:
        """Beat until `stop` is set, then end all streams."""
        while not await set_within(stop, BEAT_SECONDS):
            await self.beat()
        self.close()

    async def beat(self) -> None:
        """Tell every viewer the server's time, and send what changed by the clock alone."""
        beat = self._beat()
        for topic, channel in list(self._channels.items()):
            self._send(channel, beat)
            try:
                stale = await self._version(topic) != channel.version
            except Exception:
                # One broken read must not end the beats of the others; pages show their age meanwhile.
                _log.exception("live.version_failed", face=str(topic.face), subject=str(topic.subject))
                continue
            if stale:
                await self._bring_up(topic, channel)

    def close(self) -> None:
        """End all streams; pages connect again elsewhere."""
        self._closed = True
        for channel in list(self._channels.values()):
            for viewer in list(channel.viewers):
                self._let_go(channel, viewer)

    async def _bring_up(self, topic: Topic, channel: _Channel) -> None:
        channel.asked += 1
        mine = channel.asked
        async with channel.rendering:
            if channel.answered >= mine:
                return  # rendered by somebody else after this was asked
            covered = channel.asked
            try:
                rendered = await self._render(topic)
            except Exception:
                # The page keeps what it shows, with its age; the next beat finds the version stale and tries again.
                _log.exception("live.render_failed", face=str(topic.face), subject=str(topic.subject))
                return
            channel.answered = covered
            if rendered is None or rendered.version == channel.version:
                return
            channel.version = rendered.version
            channel.message = encode(rendered)
            self._send(channel, channel.message)

    def _send(self, channel: _Channel, message: bytes) -> None:
        for viewer in list(channel.viewers):
            try:
                viewer.queue.put_nowait(message)
            except asyncio.QueueFull:
                _log.info("live.viewer_too_slow")
                self._let_go(channel, viewer)

    def _let_go(self, channel: _Channel, viewer: _Viewer) -> None:
        channel.viewers.discard(viewer)
        while not viewer.queue.empty():
            viewer.queue.get_nowait()
        viewer.queue.put_nowait(None)

    def _beat(self) -> bytes:
        return f"event: detak\ndata: {round(self._clock().timestamp() * 1000)}\n\n".encode()


async def _guarded(messages: AsyncGenerator[bytes], allowed: Allowed) -> AsyncGenerator[bytes]:
    async with aclosing(messages):
        async for message in messages:
            if not await allowed():
                yield GOODBYE
                return
            yield message


def encode(rendered: Rendered) -> bytes:
    """A message of a stream; its id is the version, which a browser gives back when it connects again."""
    # Only what ends a line for the protocol: a page may hold other signs that Python takes for one.
    data = "".join(f"data: {line}\n" for line in re.split("\r\n|\r|\n", rendered.html.strip()))
    return f"id: {rendered.version}\n{data}\n".encode()

"""Images that nothing needs go from this machine's engine: by age, by size, and when its disk is nearly full."""

import asyncio
import contextlib
import fcntl
import time
from collections.abc import Iterator
from pathlib import Path

import structlog

from hackathon.images import store as rows
from hackathon.images.room import RoomWatch
from sandbox.images import Goes, ImageStore, Policy, Why, to_remove

_log = structlog.get_logger(__name__)

FIRST_SECONDS = 60.0
EVERY_SECONDS = 600.0
SHORT_SECONDS = 30.0
"""Between rounds while the engine's disk is nearly full."""


class Collector:
    """Collects the images of one engine; `lock` is a file of this machine, so that one process does it at a time."""

    def __init__(self, images: ImageStore, room: RoomWatch, policy: Policy, lock: Path) -> None:
        self._images = images
        self._room = room
        self._policy = policy
        self._lock = lock

    async def run(self) -> None:
        """Collect until cancelled."""
        pause = FIRST_SECONDS
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._room.engine_short.wait()
            try:
                await self.collect()
            except Exception:
                _log.exception("images.not_collected")
            if self._room.engine_short.is_set():
                await asyncio.sleep(SHORT_SECONDS)
            pause = EVERY_SECONDS

    async def collect(self) -> tuple[Goes, ...]:
        """One round; returns what went. Nothing goes where another process is at it."""
        with _alone(self._lock) as alone:
            if not alone:
                return ()
            # In this order: what is made or claimed from now on is not in the list, or is needed.
            held = await asyncio.to_thread(self._images.held)
            used, needed = await rows.read_used(), await rows.read_needed()
            short = self._room.engine_short.is_set()
            found = to_remove(held, used=used, needed=needed, now=time.time(), policy=self._policy, short=short)
            return tuple([goes for goes in found if await self._remove(goes)])

    async def _remove(self, goes: Goes) -> bool:
        if goes.why is Why.ROOM:
            await self._room.look()
            if not self._room.engine_short.is_set():
                return False  # what went before was enough
        gone = await asyncio.to_thread(self._images.remove, goes.image)
        if gone:
            _log.info("images.removed", image=goes.image.id, names=goes.image.names, why=str(goes.why))
        return gone


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[bool]:
    """Hold the lock, if nobody else does; the end of a process lets it go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True

"""Room on this machine's disks: watched, so that no work begins where it could not end."""

import asyncio
import time
from pathlib import Path
from uuid import UUID

import structlog

from hackathon.images import store as rows
from hackathon.images.model import AGAIN, NoRoom, short_of_room
from sandbox.errors import EngineUnavailable
from sandbox.images import ENGINE_DISK, ImageStore, Room, disk_room
from sandbox.limits import MIB

_log = structlog.get_logger(__name__)

DATA_DISK = "data"
LOOK_SECONDS = 1.0
TELL_SECONDS = 15.0
OUT_OF_ROOM = 64 * MIB
"""A disk with less than this is full: what fails beside it failed for that, whoever was at work."""


class RoomWatch:
    """Looks at the disks of the engine and of the data folder again and again.

    `short` is set while one of them is below the floor, and says which and how much. `falls_short` is set meanwhile;
    `engine_short` while the engine's is among them, so that letting images go helps.
    """

    def __init__(self, images: ImageStore, data_dir: Path, floor: int) -> None:
        self._images = images
        self._data_dir = data_dir
        self._floor = floor
        self._full: tuple[float, tuple[Room, ...]] | None = None
        self.short: NoRoom | None = None
        self.falls_short = asyncio.Event()
        self.engine_short = asyncio.Event()

    async def look(self) -> tuple[Room, ...]:
        """Look once, and note what is seen."""
        rooms = await asyncio.to_thread(self._rooms)
        floor = self._floor if self.short is None else int(self._floor * AGAIN)
        short = short_of_room(rooms, floor)
        if short and self.short is None:
            _log.warning("room.short", disks={room.path: room.free for room in short}, floor=self._floor)
        elif not short and self.short is not None:
            _log.info("room.back", disks={room.path: room.free for room in rooms})
        self.short = NoRoom(short, floor) if short else None
        _set(self.falls_short, bool(short))
        _set(self.engine_short, any(room.what == ENGINE_DISK for room in short))
        if full := short_of_room(rooms, OUT_OF_ROOM):
            self._full = time.monotonic(), full
        return rooms

    def check_since(self, moment: float) -> None:
        """Raise NoRoom where a disk was seen full at or after `moment` of the monotonic clock."""
        if self._full is not None and self._full[0] >= moment:
            raise NoRoom(self._full[1], OUT_OF_ROOM)

    async def run(self, worker_id: UUID) -> None:
        """Look until cancelled, and tell what is left in the worker's row."""
        told_at, told_short = float("-inf"), False
        while True:
            try:
                rooms = await self.look()
                short = self.short is not None
                if short != told_short or time.monotonic() - told_at >= TELL_SECONDS:
                    await rows.tell_room(worker_id, rooms)
                    told_at, told_short = time.monotonic(), short
            except Exception:
                _log.exception("room.unseen")
            await asyncio.sleep(LOOK_SECONDS)

    def _rooms(self) -> tuple[Room, ...]:
        try:
            engine = self._images.room()
        except EngineUnavailable:
            engine = None  # that it does not answer is told by whoever needs it
        folders = (self._data_dir, *self._data_dir.absolute().parents)
        folders = (self._data_dir, *self._data_dir.absolute().parents)
        data = disk_room(DATA_DISK, next(path for path in folders if path.exists()))
        if engine is not None and data is not None and engine.device == data.device:
            data = None  # one disk
        return tuple(room for room in (engine, data) if room is not None)


def _set(event: asyncio.Event, wanted: bool) -> None:
    if wanted:
        event.set()
    else:
        event.clear()

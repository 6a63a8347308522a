"""Who may have an archive put together and checked now: each takes up to its size of disk, and a core for seconds.

One of an entry at a time, so that no team keeps the others waiting, and few of all.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID
from weakref import WeakKeyDictionary, WeakValueDictionary

from hackathon.objects import Objects

AT_ONCE = 4
"""In one process."""


class _Gate:
    def __init__(self) -> None:
        self.all = asyncio.Semaphore(AT_ONCE)
        # A lock is there as long as somebody holds it or waits for it.
        self.entries: WeakValueDictionary[UUID, asyncio.Lock] = WeakValueDictionary()


_gates: WeakKeyDictionary[Objects, _Gate] = WeakKeyDictionary()


@asynccontextmanager
async def turn(objects: Objects, entry_id: UUID) -> AsyncIterator[None]:
    """Wait for the turn of an entry; `objects` is the store of this process."""
    gate = _gates.setdefault(objects, _Gate())
    lock = gate.entries.setdefault(entry_id, asyncio.Lock())
    async with lock, gate.all:
        yield

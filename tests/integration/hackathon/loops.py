"""Loops run in the background of a test, and waiting for what they do."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Protocol


class Loop(Protocol):
    """Something with `run(stop)`."""

    async def run(self, stop: asyncio.Event) -> None: ...


@asynccontextmanager
async def running(loop: Loop) -> AsyncIterator[None]:
    """Run a loop, and see that it ends when told."""
    stop = asyncio.Event()
    task = asyncio.create_task(loop.run(stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 10)


async def eventually(check: Callable[[], Awaitable[bool]], seconds: float = 10) -> None:
    """Wait until `check` holds."""
    async with asyncio.timeout(seconds):
        while True:
            if await check():
                return
            await asyncio.sleep(0.02)

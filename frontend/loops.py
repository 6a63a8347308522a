"""Background loops of a web process, kept alive."""

import asyncio
from typing import Protocol

import structlog

from hackathon.waiting import set_within

PAUSE_SECONDS = 1.0
"""Between the failure of a loop and its next start."""

_log = structlog.get_logger(__name__)


class Loop(Protocol):
    """Something that works until it is told to stop."""

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set."""
        ...


async def keep_running(loop: Loop, stop: asyncio.Event, *, pause_seconds: float = PAUSE_SECONDS) -> None:
    """Run a loop until `stop` is set; one that fails is told to the log and started again.

    A mistake in one loop must not take pages and streams with it, and must not go unseen either.
    """
    while not stop.is_set():
        try:
            await loop.run(stop)
        except Exception:
            _log.exception("loop.failed", loop=type(loop).__name__)
            await set_within(stop, pause_seconds)

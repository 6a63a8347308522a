"""Forgetting tries that count nowhere any more, also where nobody tries anything."""

import asyncio

import asyncpg
import structlog

from hackathon import store
from hackathon.attempts import store as rows
from hackathon.attempts.model import LONGEST
from hackathon.waiting import set_within

SWEEP_SECONDS = 900.0

_log = structlog.get_logger(__name__)


class AttemptSweeper:
    """Sweeps every quarter of an hour. Any number of processes may."""

    def __init__(self, *, every_seconds: float = SWEEP_SECONDS) -> None:
        self._every_seconds = every_seconds

    async def run(self, stop: asyncio.Event) -> None:
        """Sweep until `stop` is set."""
        while not stop.is_set():
            try:
                await rows.forget(await store.clock() - LONGEST)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                _log.warning("attempts.sweep_failed", error=repr(error))
            await set_within(stop, self._every_seconds)

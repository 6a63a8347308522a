"""The loop of a web process that publishes results when judging closes, since nothing else happens at that moment.

Any number of processes may run one: the second finds the board written. After a crash everything that closed meanwhile
is found again, since it has no publication from after its closing.
"""

import asyncio
from datetime import datetime

import structlog

from hackathon import store as database
from hackathon.waiting import set_within
from judging.publications import store
from judging.publications.service import publish

LOOK_SECONDS = 2.0

_log = structlog.get_logger(__name__)


class Closing:
    """Looks every few seconds whether judging has closed somewhere."""

    def __init__(self, *, every_seconds: float = LOOK_SECONDS) -> None:
        self._every_seconds = every_seconds
        self._looked: datetime | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop` is set."""
        while not stop.is_set():
            await self.look()
            await set_within(stop, self._every_seconds)

    async def look(self) -> None:
        """Publish what closed since the last look; the first one looks back on everything."""
        now, whole = await database.clock(), True
        for track_id in await store.closed_between(self._looked, now):
            try:
                publication = await publish(track_id)
            except Exception:
                # It holds up no other track, and is tried again with the next look.
                _log.exception("judging.unpublished", track=str(track_id))
                whole = False
            else:
                _log.info("judging.closed", track=str(track_id), publication=publication and publication.number)
        if whole:
            self._looked = now

"""Forgetting uploads that nobody finished, and what is left of those that are over."""

import asyncio
from datetime import datetime

import structlog

from hackathon import store
from hackathon.objects import Objects
from hackathon.submissions import store as rows
from hackathon.submissions.intake import forget_parts
from hackathon.submissions.model import UPLOAD_LIFE

SWEEP_SECONDS = 600.0

_BATCH = 100

_log = structlog.get_logger(__name__)


async def sweep_uploads(objects: Objects, *, now: datetime | None = None) -> int:
    """End uploads older than `UPLOAD_LIFE`, remove the parts of those that are over; returns how many ended."""
    moment = now or await store.clock()
    ended = await rows.expire_uploads(moment - UPLOAD_LIFE, moment)
    for upload_id in await rows.closed_uploads_with_parts(_BATCH):
        await forget_parts(upload_id, objects)
    await objects.sweep_scratch(UPLOAD_LIFE.total_seconds(), now=moment.timestamp())
    return ended


class UploadSweeper:
    """Sweeps every ten minutes. Any number of processes may."""

    def __init__(self, objects: Objects, *, every_seconds: float = SWEEP_SECONDS) -> None:
        self._objects = objects
        self._every_seconds = every_seconds

    async def run(self, stop: asyncio.Event) -> None:
        """Sweep until `stop` is set."""
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                try:
                    ended = await sweep_uploads(self._objects)
                    if ended:
                        _log.info("submissions.uploads_expired", count=ended)
                except Exception:
                    # Whatever it was, the next round may do better.
                    _log.exception("submissions.sweep_failed")
                await asyncio.wait({stopping}, timeout=self._every_seconds)
        finally:
            stopping.cancel()

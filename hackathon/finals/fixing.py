"""The loop of a web process in which entries are fixed. Any number of processes may."""

import asyncio

import structlog

from hackathon.evaluations import Catalog
from hackathon.finals.service import fix_due
from hackathon.waiting import set_within

LOOK_SECONDS = 5.0

_log = structlog.get_logger(__name__)


class Fixer:
    """Looks every few seconds whose deadline has passed."""

    def __init__(self, catalog: Catalog, *, every_seconds: float = LOOK_SECONDS) -> None:
        self._catalog = catalog
        self._every_seconds = every_seconds

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop` is set."""
        while not stop.is_set():
            try:
                written = await fix_due(catalog=self._catalog)
                if written:
                    _log.info("finals.fixed", revisions=written)
            except Exception:
                # Whatever it was, the next round may do better.
                _log.exception("finals.failed")
            await set_within(stop, self._every_seconds)

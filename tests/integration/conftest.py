"""A real PostgreSQL: the embedded one, started once a session, and a database of its own for each test that asks.

A database is copied from a migrated template, which takes a few hundredths of a second.
"""

import asyncio
import itertools
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import asyncpg
import pytest

from hackathon import store as store_module
from hackathon.database import create_database, migrate
from hackathon.embedded import start_embedded
from judging.piccolo_app import APP_CONFIG as JUDGING

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The dsn of a fresh server that keeps nothing safe but is quick."""
    folder = Path(tempfile.mkdtemp(prefix="gelanggang-test-"))
    with _buried_with_us(folder):
        server = start_embedded(folder / "postgres")
        try:
            asyncio.run(_prepare(server.get_uri()))
            yield server.get_uri()
        finally:
            server.stop()


@contextmanager
def _buried_with_us(folder: Path) -> Iterator[None]:
    """Remove the folder and the server in it at the end, also when this process is killed: nobody is its parent."""
    script = 'cat; while kill -QUIT "$(head -n1 "$1/postgres/postmaster.pid")"; do sleep 0.2; done; rm -rf "$1"'
    watch = subprocess.Popen(
        ["sh", "-c", script, "sh", str(folder)],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        watch.communicate()


async def _prepare(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
        await connection.execute(f"ALTER SYSTEM SET {setting}")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.close()
    await migrate(await create_database(dsn, "template_gelanggang"), (JUDGING,))


@pytest.fixture
async def dsn(postgres: str) -> AsyncIterator[str]:
    """A fresh, migrated database."""
    name = f"test_{next(_numbers)}"
    yield await create_database(postgres, name, template="template_gelanggang")
    connection = await asyncpg.connect(postgres)
    await connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    await connection.close()


@pytest.fixture
async def store(dsn: str) -> AsyncIterator[ModuleType]:
    """`hackathon.store`, connected to a fresh database."""
    async with store_module.connected(dsn):
        yield store_module

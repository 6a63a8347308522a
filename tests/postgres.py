"""A real PostgreSQL for tests: the embedded one with safety traded for speed, and migrated databases copied in it."""

import asyncio
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from hackathon.database import create_database, migrate
from hackathon.embedded import start_embedded
from judging.piccolo_app import APP_CONFIG as JUDGING

TEMPLATE = "template_gelanggang"
"""A migrated database; a copy of it takes a few hundredths of a second."""


@contextmanager
def fast_postgres() -> Iterator[str]:
    """The dsn of a fresh server that keeps nothing safe but is quick, with the template in it.

    Its folder has a short path, for its socket lies in it: never one of pytest's.
    """
    folder = Path(tempfile.mkdtemp(prefix="gelanggang-test-"))
    with _buried_with_us(folder):
        server = start_embedded(folder / "postgres")
        try:
            # In a thread of its own: the caller's may have a loop already, as a browser's driver does.
            with ThreadPoolExecutor(1) as thread:
                thread.submit(asyncio.run, _prepare(server.get_uri())).result()
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
    await migrate(await create_database(dsn, TEMPLATE), (JUDGING,))

"""The embedded server and the schema."""

import asyncio
import os
import shutil
import signal
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import asyncpg
import pytest

from hackathon.database import create_database, migrate, open_database
from hackathon.embedded import start_embedded
from hackathon.errors import Unavailable
from hackathon.piccolo_app import APP_CONFIG
from hackathon.settings import Settings


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder for a server of one's own, stopped at the end; pytest's are closed to other users, as which it runs."""
    folder = Path(tempfile.mkdtemp(prefix="gelanggang-test-"))
    yield folder
    if (folder / "data" / "postgres" / "postmaster.pid").exists():
        start_embedded(folder / "data" / "postgres").stop()
    shutil.rmtree(folder)


async def test_processes_that_start_at_once_share_one_server_and_migrate_once(place: Path) -> None:
    script = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from hackathon.database import migrate, open_database\n"
        "from hackathon.settings import Settings\n"
        "async def main():\n"
        "    database = await open_database(Settings(data_dir=Path(sys.argv[1])))\n"
        "    print(len(await migrate(database.dsn)), database.dsn)\n"
        "asyncio.run(main())\n"
    )
    settings = Settings(data_dir=place / "data")
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", script, str(settings.data_dir), stdout=asyncio.subprocess.PIPE
        )
        for _ in range(3)
    ]
    answers = [(await process.communicate())[0].decode().splitlines()[-1].split() for process in processes]
    database = await open_database(settings)
    try:
        assert sorted(int(count) for count, _ in answers)[:2] == [0, 0]
        assert {dsn for _, dsn in answers} == {database.dsn}
        assert await migrate(database.dsn) == ()
    finally:
        await database.stop()


def test_a_private_folder_above_the_data_stays_private(place: Path) -> None:
    place.chmod(0o700)
    server = start_embedded(place / "data" / "postgres")
    try:
        assert stat.S_IMODE(place.stat().st_mode) & ~(stat.S_IXGRP | stat.S_IXOTH) == 0o700
    finally:
        server.stop()


async def test_a_server_that_was_killed_comes_back_with_what_was_committed(place: Path) -> None:
    settings = Settings(data_dir=place / "data")
    database = await open_database(settings)
    connection = await asyncpg.connect(database.dsn)
    await connection.execute("CREATE TABLE kept AS SELECT 1 AS a")
    pid_file = settings.database_dir / "postmaster.pid"
    os.kill(int(pid_file.read_text().split()[0]), signal.SIGKILL)
    connection.terminate()
    await _answers(settings)
    await (await open_database(settings)).stop()
    # After a power cut the file may be cut too, or name a number that is somebody else's by now.
    for left in ("12\n", f"{os.getpid()}\n{settings.database_dir}\n1\n5432\n{settings.database_dir}\n\n 1 2\nready\n"):
        pid_file.write_text(left)
        await _answers(settings)
        await (await open_database(settings)).stop()


async def test_a_first_start_that_was_cut_off_is_begun_again(place: Path) -> None:
    settings = Settings(data_dir=place / "data")
    settings.database_dir.mkdir(parents=True)
    (settings.data_dir / "postgres.beginning").touch()
    (settings.database_dir / "PG_VERSION").write_text("18\n")
    database = await open_database(settings)
    assert await migrate(database.dsn)
    assert not (settings.data_dir / "postgres.beginning").exists()


async def _answers(settings: Settings) -> None:
    database = await open_database(settings)
    connection = await asyncpg.connect(database.dsn)
    assert await connection.fetchval("SELECT a FROM kept") == 1
    await connection.close()


async def test_a_path_too_long_for_a_socket_is_told(place: Path) -> None:
    with pytest.raises(Unavailable, match="DATA_DIR"):
        await open_database(Settings(data_dir=place / ("a" * 100)))


async def test_a_server_that_does_not_answer_is_told_plainly() -> None:
    with pytest.raises(Unavailable, match="GELANGGANG_DATABASE_URL"):
        await open_database(Settings(database_url="postgresql://nobody@127.0.0.1:18499/none"))


async def test_migrating_twice_at_once_runs_each_migration_once(postgres: str) -> None:
    dsn = await create_database(postgres, "migrate_at_once")
    first, second = await asyncio.gather(migrate(dsn), migrate(dsn))
    assert {len(first), len(second)} == {0, len(first) + len(second)}
    connection = await asyncpg.connect(dsn)
    names = await connection.fetch("SELECT name FROM migration")
    await connection.close()
    assert len(names) == len(set(names))
    assert len(names) + 1 == len(first) + len(second)


async def test_tables_of_the_queue_of_another_release_are_not_used(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("COMMENT ON TABLE procrastinate_jobs IS 'procrastinate old'")
    await connection.close()
    with pytest.raises(RuntimeError, match="another release"):
        await migrate(dsn)


PICCOLO_TYPES = {"SERIAL": "integer", "BIGSERIAL": "bigint", "TIMESTAMPTZ": "timestamp with time zone"}


@pytest.mark.parametrize("table", APP_CONFIG.table_classes, ids=lambda table: table._meta.tablename)
async def test_table_classes_match_the_database(store: ModuleType, table: type) -> None:
    rows = await store.fetch(
        "SELECT attname, format_type(atttypid, NULL) AS type, attnotnull FROM pg_attribute"
        " WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped",
        table._meta.tablename,
    )
    found = {row["attname"]: (row["type"], not row["attnotnull"]) for row in rows}
    declared = {
        column._meta.db_column_name: (
            PICCOLO_TYPES.get(column.column_type, column.column_type.lower()),
            column._meta.null,
        )
        for column in table._meta.columns
    }
    assert declared == found

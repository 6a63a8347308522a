"""Where the event's data is: the database and the object store."""

from collections.abc import Iterable
from uuid import uuid4

import asyncpg

from frontend.cli.checks.model import Check, fail, ok, warn
from hackathon.database import open_database
from hackathon.errors import HackathonError
from hackathon.objects import open_objects
from hackathon.settings import Settings

_OLDEST_POSTGRES = 160_000
"""The oldest PostgreSQL that the migrations and queries suit, as server_version_num."""


async def check_storage(settings: Settings) -> Iterable[Check]:
    """The database answers and is of this version; the object store keeps what it is given."""
    return [await _database(settings), await _objects(settings)]


async def _database(settings: Settings) -> Check:
    if not settings.database_url and not settings.database_dir.exists():
        found = f"none yet; the embedded PostgreSQL will keep it in {settings.database_dir}"
        return ok("database", found)
    try:
        database = await open_database(settings)
        connection = await asyncpg.connect(database.dsn)
        try:
            number = int(await connection.fetchval("SHOW server_version_num"))
            migrated = await connection.fetchval("SELECT to_regclass('evaluation') IS NOT NULL")
        finally:
            await connection.close()
            await database.close()
    except (HackathonError, asyncpg.PostgresError, OSError) as broken:
        return fail(
            "database", str(broken), "Check GELANGGANG_DATABASE_URL, or the embedded server's log in the data folder."
        )
    kind = "named by URL" if settings.database_url else "embedded"
    found = f"PostgreSQL {number // 10_000}.{number % 10_000}, {kind}"
    if number < _OLDEST_POSTGRES:
        return fail("database", found, "PostgreSQL 16 or newer is needed.")
    if not migrated:
        return warn("database", f"{found}, no tables yet", "Run `gelanggang migrate` (`serve` does it by itself).")
    return ok("database", found)


async def _objects(settings: Settings) -> Check:
    where = settings.objects_url or str(settings.objects_dir)
    if not settings.objects_url and not settings.objects_dir.exists():
        return ok("object store", f"none yet; it will be the folder {where}")
    todo = "Check GELANGGANG_OBJECTS_URL and its credentials, or the rights of the folder."
    key, written = f"doctor/{uuid4()}", b"gelanggang doctor"
    try:
        objects = open_objects(settings)
        try:
            await objects.put(key, written)
            read = await objects.read(key)
            await objects.delete([key])
        finally:
            objects.close()
    except HackathonError as broken:
        return fail("object store", f"{where}: {broken}", todo)
    if read != written:
        return fail("object store", f"{where} gives back other bytes than it was given", todo)
    return ok("object store", f"{where} keeps what it is given")

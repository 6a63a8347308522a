"""The database for commands that use it for a moment."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from frontend.cli.frame import Exit, Failure
from hackathon import store
from hackathon.database import open_database
from hackathon.settings import Settings


@asynccontextmanager
async def using_database(settings: Settings) -> AsyncIterator[None]:
    """`hackathon.store`, connected to the settings' database; a database without our tables is told in words."""
    database = await open_database(settings)
    try:
        async with store.connected(database.dsn):
            yield
    except asyncpg.UndefinedTableError as missing:
        sentence = "The database has no tables of this version yet: run `gelanggang migrate`."
        raise Failure(sentence, code="not_migrated", status=Exit.OUR_FAILURE) from missing
    finally:
        await database.close()

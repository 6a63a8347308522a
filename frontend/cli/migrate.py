"""`gelanggang migrate`: bring the database to this version."""

import asyncio
import os

from frontend.cli.frame import Console, command
from hackathon.database import migrate as run_migrations
from hackathon.database import open_database
from hackathon.settings import Settings
from judging.piccolo_app import APP_CONFIG as JUDGING


@command("migrate", short_help="Bring the database to this version.")
def migrate(console: Console) -> None:
    """Run what has not run yet; where nothing is to do, nothing happens. Several at once wait for each other."""
    settings = Settings.from_environment(os.environ)
    done = asyncio.run(migrate_database(settings))
    console.say("\n".join(f"ran {name}" for name in done) or "The database is at this version already.")
    console.result({"ran": list(done)})


async def migrate_database(settings: Settings) -> tuple[str, ...]:
    """Open the database that the settings name and migrate it; returns what ran."""
    database = await open_database(settings)
    try:
        return await run_migrations(database.dsn, upper=(JUDGING,))
    finally:
        await database.close()

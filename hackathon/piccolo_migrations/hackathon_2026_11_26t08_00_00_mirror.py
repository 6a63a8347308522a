"""What a worker sees of the package mirror on its host."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-26T08:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What is wrong with a worker's package mirror, since when"

SQL = r"""
ALTER TABLE worker ADD COLUMN mirror jsonb;
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

"""A change of a scorecard says which one it took back."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-25T04:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Changes of scorecards that take others back"

SQL = r"""
ALTER TABLE scorecard_change ADD COLUMN undoes integer;
ALTER TABLE scorecard_change ADD CHECK (undoes < version);
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="judging", description=DESCRIPTION, sql=SQL)

"""When the members of a team last changed: an approval is given to the people who were in it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-24T19:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "When the members of a team last changed"

SQL = r"""
ALTER TABLE team ADD COLUMN members_at timestamptz NOT NULL DEFAULT now();
-- Who was there before is taken for approved.
UPDATE team SET members_at = created_at;
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

"""What an event says of itself on its page."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-24T13:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Content of events, summaries of tracks, addresses of venues"

SQL = r"""
ALTER TABLE event ADD COLUMN content jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(content) = 'object');
ALTER TABLE track ADD COLUMN summary jsonb CHECK (jsonb_typeof(summary) = 'object');
ALTER TABLE venue ADD COLUMN address text NOT NULL DEFAULT '' CHECK (length(address) <= 300);
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

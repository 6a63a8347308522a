"""Why an image that counts is not in the object store yet, and since when."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-25T07:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Images that could not be saved: the reason, since when"

SQL = r"""
ALTER TABLE saved_image
    ADD COLUMN reason text CHECK (reason <> ''),
    ADD COLUMN failing_since timestamptz,
    ADD CONSTRAINT saved_image_failing CHECK (
        (reason IS NULL) = (failing_since IS NULL) AND (failing_since IS NULL OR state = 'saving')
    );
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

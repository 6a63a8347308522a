"""Why a judge left, and whether it was their own wish"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-26T02:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Why a judge left, and whether it was their own wish"

SQL = r"""
ALTER TABLE judge ADD COLUMN left_reason text NOT NULL DEFAULT '';
ALTER TABLE judge ADD COLUMN left_by_self boolean NOT NULL DEFAULT false;
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="judging", description=DESCRIPTION, sql=SQL)

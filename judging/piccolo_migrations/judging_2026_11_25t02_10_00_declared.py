"""When a judge said which teams they must not judge, if any"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-25T02:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "When a judge said which teams they must not judge, if any"

SQL = r"""
ALTER TABLE judge ADD COLUMN declared_at timestamptz;
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="judging", description=DESCRIPTION, sql=SQL)

"""What is measured beside the score: by task, and over all tasks how much faster the work goes."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-26T05:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Robustness, consistency, efficiency and productivity of runs"

SQL = r"""
ALTER TABLE run ADD COLUMN qualities jsonb;
ALTER TABLE evaluation
    ADD COLUMN productivity jsonb,
    ADD CONSTRAINT evaluation_productivity CHECK (productivity IS NULL OR state = 'finished');
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

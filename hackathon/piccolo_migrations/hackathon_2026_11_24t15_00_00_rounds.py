"""A submission can be evaluated again; what was found before stays as it is."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-24T15:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Rounds of evaluations"

SQL = r"""
ALTER TABLE evaluation ADD COLUMN round integer NOT NULL DEFAULT 1 CHECK (round >= 1);
ALTER TABLE evaluation DROP CONSTRAINT evaluation_once;
ALTER TABLE evaluation ADD CONSTRAINT evaluation_once UNIQUE (submission_id, case_set, round);
CREATE UNIQUE INDEX evaluation_one_open ON evaluation (submission_id, case_set) WHERE state <> 'finished';
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

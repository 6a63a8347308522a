"""Whether two names of agencies mean one, as the organizers said"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-26T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Whether two names of agencies mean one, as the organizers said"

SQL = r"""
-- `first_key` and `second_key` are the names as they are compared, in order; the names are as they were asked about.
CREATE TABLE agency_answer (
    event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    first_key text NOT NULL,
    second_key text NOT NULL CHECK (first_key < second_key),
    first_name text NOT NULL,
    second_name text NOT NULL,
    same boolean NOT NULL,
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (event_id, first_key, second_key)
);
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="judging", description=DESCRIPTION, sql=SQL)

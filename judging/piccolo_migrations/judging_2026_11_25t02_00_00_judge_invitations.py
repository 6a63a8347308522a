"""Links by which judges join."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-25T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Links by which judges join"

SQL = r"""
CREATE TABLE judge_invitation (
    id uuid PRIMARY KEY,
    judge_id uuid NOT NULL REFERENCES judge ON DELETE CASCADE,
    hash bytea NOT NULL UNIQUE,
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    revoked_at timestamptz
);
CREATE UNIQUE INDEX judge_invitation_living ON judge_invitation (judge_id)
    WHERE used_at IS NULL AND revoked_at IS NULL;
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="judging", description=DESCRIPTION, sql=SQL)

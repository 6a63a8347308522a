"""Letters to judges: what a link that was mailed proves, and which judge was told what"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-26T00:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Letters to judges: what a link that was mailed proves, and which judge was told what"

SQL = r"""
-- The language of the invitation, while there is no account that has one.
ALTER TABLE judge ADD COLUMN language text NOT NULL DEFAULT 'id' CHECK (language IN ('id', 'en'));
-- A link that stood in a letter and nowhere else: using it shows whose address that is.
ALTER TABLE judge_invitation ADD COLUMN mailed boolean NOT NULL DEFAULT false;

-- The ids are those of the letters. These rows stay when the letters are forgotten.
CREATE TABLE judge_letter (
    id uuid PRIMARY KEY,
    judge_id uuid NOT NULL REFERENCES judge ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('work', 'reminder', 'reopened')),
    by_hand boolean NOT NULL DEFAULT false,
    posted_at timestamptz NOT NULL
);
CREATE INDEX judge_letter_of_judge ON judge_letter (judge_id, kind, posted_at);
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="judging", description=DESCRIPTION, sql=SQL)

"""Publications of the board."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-24T04:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Publications of the board"

SQL = r"""
CREATE TABLE publication (
    id uuid PRIMARY KEY,
    track_id uuid NOT NULL REFERENCES track ON DELETE CASCADE,
    number integer NOT NULL CHECK (number >= 1),
    body text NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    created_at timestamptz NOT NULL,
    CONSTRAINT publication_number_unique UNIQUE (track_id, number),
    -- The hash is of the text itself: anybody can repeat it with sha256sum.
    CONSTRAINT publication_hash_fits CHECK (sha256 = encode(sha256(convert_to(body, 'UTF8')), 'hex'))
);
CREATE TRIGGER publication_is_immutable BEFORE UPDATE ON publication FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="judging", description=DESCRIPTION, sql=SQL)

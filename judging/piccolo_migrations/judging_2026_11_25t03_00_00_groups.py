"""Judging groups, drawn orders of pitches, and the turn on the stage."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-25T03:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Judging groups, drawn orders of pitches, and the turn on the stage"

SQL = r"""
CREATE TABLE judging_group (
    id uuid PRIMARY KEY,
    event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    judges uuid[] NOT NULL DEFAULT '{}',
    tracks uuid[] NOT NULL DEFAULT '{}',
    entries uuid[] NOT NULL DEFAULT '{}',
    everybody boolean NOT NULL DEFAULT false,
    final boolean NOT NULL DEFAULT false,
    made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX judging_group_name ON judging_group (event_id, lower(name));

-- Every draw stays, so that one who draws until the order pleases is seen.
CREATE TABLE pitch_draw (
    id uuid PRIMARY KEY,
    event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    number integer NOT NULL CHECK (number >= 1),
    seed text NOT NULL,
    pool uuid[] NOT NULL CHECK (cardinality(pool) >= 1),
    reason text NOT NULL,
    minutes integer NOT NULL CHECK (minutes BETWEEN 1 AND 120),
    made_at timestamptz NOT NULL,
    UNIQUE (event_id, number)
);
CREATE TRIGGER pitch_draw_is_immutable BEFORE UPDATE ON pitch_draw
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Who is on the stage: `ends_at` while the clock runs, `left_seconds` what is left while it stands.
CREATE TABLE pitch_turn (
    event_id uuid PRIMARY KEY REFERENCES event ON DELETE CASCADE,
    entry_id uuid NOT NULL REFERENCES entry ON DELETE CASCADE,
    ends_at timestamptz,
    left_seconds double precision NOT NULL,
    changed_at timestamptz NOT NULL
);
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="judging", description=DESCRIPTION, sql=SQL)

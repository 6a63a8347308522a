"""Judging rules, rubrics, judges, assignments and scorecards."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-25T00:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Judging rules, rubrics, judges, assignments and scorecards"

SQL = r"""
CREATE TABLE judging_rules (
    event_id uuid PRIMARY KEY REFERENCES event ON DELETE CASCADE,
    body jsonb NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE TABLE rubric (
    id uuid PRIMARY KEY,
    track_id uuid NOT NULL REFERENCES track ON DELETE CASCADE,
    number integer NOT NULL CHECK (number >= 1),
    body jsonb NOT NULL,
    reason text NOT NULL DEFAULT '',
    reopens boolean NOT NULL DEFAULT false,
    made_at timestamptz NOT NULL,
    UNIQUE (track_id, number)
);

CREATE TABLE judge (
    id uuid PRIMARY KEY,
    event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    account_id uuid REFERENCES account,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    email text,
    agency text NOT NULL DEFAULT '',
    expertise text[] NOT NULL DEFAULT '{}',
    max_load integer CHECK (max_load >= 0),
    state text NOT NULL CHECK (state IN ('invited', 'active', 'left')),
    invited_at timestamptz NOT NULL,
    joined_at timestamptz,
    left_at timestamptz,
    CHECK (state <> 'active' OR (account_id IS NOT NULL AND joined_at IS NOT NULL)),
    CHECK ((state = 'left') = (left_at IS NOT NULL)),
    UNIQUE (event_id, account_id)
);
CREATE UNIQUE INDEX judge_email ON judge (event_id, lower(email)) WHERE email IS NOT NULL AND state <> 'left';

CREATE TABLE conflict_of_interest (
    id uuid PRIMARY KEY,
    judge_id uuid NOT NULL REFERENCES judge ON DELETE CASCADE,
    team_id uuid NOT NULL REFERENCES team ON DELETE CASCADE,
    source text NOT NULL CHECK (source IN ('declared', 'organizer', 'recusal')),
    reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    at timestamptz NOT NULL,
    withdrawn_at timestamptz
);
CREATE UNIQUE INDEX conflict_standing ON conflict_of_interest (judge_id, team_id) WHERE withdrawn_at IS NULL;

CREATE TABLE assignment (
    id uuid PRIMARY KEY,
    judge_id uuid NOT NULL REFERENCES judge ON DELETE CASCADE,
    entry_id uuid NOT NULL REFERENCES entry ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('calibration', 'review', 'final')),
    position integer NOT NULL DEFAULT 0,
    state text NOT NULL CHECK (state IN ('open', 'recused', 'withdrawn')),
    reason text NOT NULL DEFAULT '',
    made_at timestamptz NOT NULL,
    ended_at timestamptz,
    CHECK ((state = 'open') = (ended_at IS NULL)),
    UNIQUE (judge_id, entry_id, kind)
);
CREATE INDEX assignment_of_entry ON assignment (entry_id);

CREATE TABLE scorecard (
    id uuid PRIMARY KEY,
    assignment_id uuid NOT NULL UNIQUE REFERENCES assignment ON DELETE CASCADE,
    submission_id uuid NOT NULL REFERENCES submission,
    rubric_id uuid NOT NULL REFERENCES rubric,
    version integer NOT NULL CHECK (version >= 1),
    state text NOT NULL CHECK (state IN ('draft', 'sent')),
    ratings jsonb NOT NULL DEFAULT '{}',
    notes jsonb NOT NULL DEFAULT '{}',
    feedback jsonb NOT NULL DEFAULT '{}',
    points double precision CHECK (points BETWEEN 0 AND 100),
    started_at timestamptz NOT NULL,
    saved_at timestamptz NOT NULL,
    sent_at timestamptz,
    reopened_at timestamptz,
    CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CHECK ((state = 'sent') = (points IS NOT NULL))
);

-- Every saved field, the newest last: what an undo goes back over, and the proof that nothing was lost.
CREATE TABLE scorecard_change (
    id uuid PRIMARY KEY,
    scorecard_id uuid NOT NULL REFERENCES scorecard ON DELETE CASCADE,
    version integer NOT NULL CHECK (version >= 1),
    part text NOT NULL CHECK (part IN ('ratings', 'notes', 'feedback', 'sent', 'reopened')),
    field text NOT NULL DEFAULT '',
    value jsonb,
    at timestamptz NOT NULL,
    UNIQUE (scorecard_id, version)
);
CREATE TRIGGER scorecard_change_is_immutable BEFORE UPDATE ON scorecard_change
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="judging", description=DESCRIPTION, sql=SQL)

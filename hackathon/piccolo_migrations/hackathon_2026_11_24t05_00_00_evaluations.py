"""Evaluations, their runs, builds, workers."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-24T05:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Evaluations, runs, builds, workers"

SQL = r"""
CREATE TABLE worker (
    id uuid PRIMARY KEY,
    host text NOT NULL,
    pid integer NOT NULL,
    slots integer NOT NULL CHECK (slots >= 1),
    state text NOT NULL CHECK (state IN ('running', 'sick', 'draining', 'gone')),
    reason text,
    engine jsonb,
    started_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    CHECK ((state = 'sick') = (reason IS NOT NULL))
);
CREATE INDEX worker_there ON worker (seen_at) WHERE state <> 'gone';

CREATE TABLE evaluation (
    id uuid PRIMARY KEY,
    submission_id uuid NOT NULL,
    entry_id uuid NOT NULL,
    team_id uuid NOT NULL REFERENCES team,
    track_id uuid NOT NULL REFERENCES track,
    case_set text NOT NULL CHECK (case_set IN ('public', 'board', 'final')),
    plan jsonb NOT NULL,
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'building', 'running', 'finished')),
    attempt integer NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    worker_id uuid REFERENCES worker,
    lease_until timestamptz,
    queued_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    claimed_at timestamptz,
    running_at timestamptz,
    finished_at timestamptz,
    progress jsonb,
    status text,
    message jsonb,
    score double precision CHECK (score BETWEEN 0 AND 100),
    low double precision,
    high double precision,
    tasks jsonb,
    image text,
    engine jsonb,
    timings jsonb,
    failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    failure jsonb,
    CONSTRAINT evaluation_once UNIQUE (submission_id, case_set),
    FOREIGN KEY (submission_id, entry_id) REFERENCES submission (id, entry_id) ON DELETE CASCADE,
    CHECK ((state IN ('building', 'running')) = (lease_until IS NOT NULL)),
    CHECK (lease_until IS NULL OR (worker_id IS NOT NULL AND claimed_at IS NOT NULL)),
    CHECK (state <> 'queued' OR worker_id IS NULL),
    CHECK (state <> 'running' OR running_at IS NOT NULL),
    CHECK ((state = 'finished') = (finished_at IS NOT NULL)),
    CHECK ((state = 'finished') = (status IS NOT NULL AND message IS NOT NULL AND score IS NOT NULL AND tasks IS NOT NULL)),
    CHECK (low <= score AND score <= high),
    CHECK ((failures > 0) = (failure IS NOT NULL))
);
CREATE INDEX evaluation_queued ON evaluation (due_at) WHERE state = 'queued';
CREATE INDEX evaluation_leased ON evaluation (lease_until) WHERE state IN ('building', 'running');
CREATE INDEX evaluation_busy ON evaluation (team_id) WHERE state IN ('building', 'running');
CREATE INDEX evaluation_served ON evaluation (team_id, claimed_at);
CREATE INDEX evaluation_board ON evaluation (track_id, entry_id) WHERE state = 'finished' AND case_set = 'board';
CREATE INDEX evaluation_recent ON evaluation (finished_at) WHERE state = 'finished';

CREATE TABLE run (
    id uuid PRIMARY KEY,
    evaluation_id uuid NOT NULL REFERENCES evaluation ON DELETE CASCADE,
    attempt integer NOT NULL CHECK (attempt >= 1),
    task_slug text NOT NULL,
    task_version text NOT NULL,
    task_hash text NOT NULL,
    status text NOT NULL,
    message jsonb NOT NULL,
    score double precision NOT NULL CHECK (score BETWEEN 0 AND 100),
    metrics jsonb NOT NULL,
    cases jsonb NOT NULL,
    expected_cases integer NOT NULL CHECK (expected_cases >= 1),
    seconds double precision NOT NULL CHECK (seconds >= 0),
    usage jsonb NOT NULL,
    CONSTRAINT run_once UNIQUE (evaluation_id, task_slug)
);

CREATE TABLE build (
    submission_id uuid PRIMARY KEY REFERENCES submission ON DELETE CASCADE,
    attempt integer NOT NULL CHECK (attempt >= 1),
    status text,
    message jsonb,
    image text,
    seconds double precision CHECK (seconds >= 0),
    cached boolean,
    log_key text NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    CHECK ((status IS NULL) = (finished_at IS NULL)),
    CHECK ((status = 'ok') = (image IS NOT NULL))
);

CREATE VIEW team_load AS
SELECT team.id AS team_id,
    greatest(coalesce((event.rules ->> 'running_at_once')::integer, 1), 1) AS allowed,
    (
        SELECT count(DISTINCT busy.submission_id) FROM evaluation busy
        WHERE busy.team_id = team.id AND busy.state IN ('building', 'running')
    ) AS busy,
    (SELECT max(served.claimed_at) FROM evaluation served WHERE served.team_id = team.id) AS served_at
FROM team JOIN event ON event.id = team.event_id;

CREATE FUNCTION refuse_rescoring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'evaluation % has finished' , OLD.id USING ERRCODE = 'integrity_constraint_violation';
END;
$$;
CREATE TRIGGER evaluation_finishes_once BEFORE UPDATE ON evaluation
    FOR EACH ROW WHEN (OLD.state = 'finished') EXECUTE FUNCTION refuse_rescoring();
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

"""Prototypes that a judge tries out, and what was put to them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-25T05:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Prototypes that a judge tries out"

SQL = r"""
CREATE TABLE tryout (
    id uuid PRIMARY KEY,
    submission_id uuid NOT NULL REFERENCES submission ON DELETE CASCADE,
    account_id uuid NOT NULL REFERENCES account,
    state text NOT NULL CHECK (state IN ('wanted', 'starting', 'ready', 'ended')),
    attempt integer NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    worker_id uuid REFERENCES worker ON DELETE SET NULL,
    lease_until timestamptz,
    asked_at timestamptz NOT NULL,
    ready_at timestamptz,
    ready_seconds double precision CHECK (ready_seconds >= 0),
    ends_at timestamptz,
    ended_at timestamptz,
    reason jsonb,
    note jsonb,
    address text CHECK (address LIKE '%{token}%'),
    CHECK ((state IN ('starting', 'ready')) = (lease_until IS NOT NULL)),
    CHECK ((state = 'ended') = (ended_at IS NOT NULL)),
    CHECK ((state = 'ended') = (reason IS NOT NULL)),
    CHECK (state <> 'ready' OR (ready_at IS NOT NULL AND ready_seconds IS NOT NULL AND ends_at IS NOT NULL))
);
CREATE UNIQUE INDEX tryout_live ON tryout (account_id) WHERE state <> 'ended';
CREATE INDEX tryout_wanted ON tryout (asked_at) WHERE state <> 'ended';
CREATE INDEX tryout_of_submission ON tryout (submission_id, account_id, asked_at DESC);

CREATE TABLE tryout_call (
    id uuid PRIMARY KEY,
    tryout_id uuid NOT NULL REFERENCES tryout ON DELETE CASCADE,
    number integer NOT NULL CHECK (number >= 1),
    task_slug text NOT NULL CHECK (length(task_slug) <= 64),
    input jsonb NOT NULL,
    asked_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('asked', 'answering', 'answered')),
    answer jsonb,
    clipped boolean NOT NULL DEFAULT false,
    failure text,
    message jsonb,
    seconds double precision CHECK (seconds >= 0),
    UNIQUE (tryout_id, number),
    CHECK ((state = 'answered') = (seconds IS NOT NULL)),
    CHECK (state <> 'answered' OR (failure IS NULL) = (answer IS NOT NULL)),
    CHECK ((failure IS NULL) = (message IS NULL))
);
CREATE UNIQUE INDEX tryout_call_open ON tryout_call (tryout_id) WHERE state <> 'answered';
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

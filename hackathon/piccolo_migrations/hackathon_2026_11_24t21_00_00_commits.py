"""Commits that teams hand in: asked for, fetched by a worker, and named by what came of them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-24T21:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Commits that teams hand in"

SQL = r"""
ALTER TABLE upload ADD COLUMN repository text, ADD COLUMN commit text,
    ADD CONSTRAINT upload_origin CHECK (
        (repository IS NULL) = (commit IS NULL) AND commit ~ '^[0-9a-f]{40}$' AND repository ~ '^https://[^@[:space:]]+$'
    );
ALTER TABLE submission ADD COLUMN repository text, ADD COLUMN commit text,
    ADD CONSTRAINT submission_origin CHECK (
        (repository IS NULL) = (commit IS NULL) AND commit ~ '^[0-9a-f]{40}$' AND repository ~ '^https://[^@[:space:]]+$'
    );

CREATE TABLE git_fetch (
    id uuid PRIMARY KEY,
    entry_id uuid NOT NULL REFERENCES entry ON DELETE CASCADE,
    account_id uuid NOT NULL REFERENCES account,
    repository text NOT NULL CHECK (repository ~ '^https://[^@[:space:]]+$' AND length(repository) <= 400),
    revision text NOT NULL CHECK (length(revision) BETWEEN 1 AND 200),
    commit text CHECK (commit ~ '^[0-9a-f]{40}$'),
    state text NOT NULL CHECK (state IN ('waiting', 'fetching', 'received', 'refused', 'cancelled')),
    asked_at timestamptz NOT NULL,
    attempt integer NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    due_at timestamptz NOT NULL,
    lease_until timestamptz,
    failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    finished_at timestamptz,
    message jsonb,
    CHECK ((state = 'fetching') = (lease_until IS NOT NULL)),
    CHECK ((state IN ('received', 'refused', 'cancelled')) = (finished_at IS NOT NULL)),
    CHECK (state <> 'refused' OR message IS NOT NULL),
    CHECK (state <> 'received' OR commit IS NOT NULL)
);
CREATE UNIQUE INDEX git_fetch_under_way ON git_fetch (entry_id) WHERE state IN ('waiting', 'fetching');
CREATE INDEX git_fetch_of_entry ON git_fetch (entry_id, asked_at DESC);
CREATE INDEX git_fetch_wanted ON git_fetch (due_at) WHERE state IN ('waiting', 'fetching');
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

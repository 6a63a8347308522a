"""Prototype cards, pitches and their videos."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-24T14:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Prototype cards, pitches and their videos"

SQL = r"""
CREATE TABLE card (
    id uuid PRIMARY KEY,
    entry_id uuid NOT NULL REFERENCES entry ON DELETE CASCADE,
    version integer NOT NULL CHECK (version >= 1),
    account_id uuid NOT NULL REFERENCES account,
    answers jsonb NOT NULL,
    saved_at timestamptz NOT NULL,
    CONSTRAINT card_once UNIQUE (entry_id, version)
);

CREATE TABLE pitch (
    id uuid PRIMARY KEY,
    entry_id uuid NOT NULL REFERENCES entry ON DELETE CASCADE,
    account_id uuid NOT NULL REFERENCES account,
    filename text NOT NULL,
    size bigint NOT NULL CHECK (size >= 1),
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    state text NOT NULL CHECK (state IN ('waiting', 'drawing', 'ready', 'refused', 'replaced')),
    offered_at timestamptz NOT NULL,
    attempt integer NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    due_at timestamptz NOT NULL,
    lease_until timestamptz,
    failures integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
    finished_at timestamptz,
    message jsonb,
    pages jsonb NOT NULL DEFAULT '[]',
    CHECK ((state = 'drawing') = (lease_until IS NOT NULL)),
    CHECK ((state IN ('ready', 'refused')) = (finished_at IS NOT NULL AND message IS NOT NULL)),
    CHECK ((state = 'ready') OR pages = '[]')
);
CREATE INDEX pitch_of_entry ON pitch (entry_id, offered_at DESC);
CREATE INDEX pitch_wanted ON pitch (due_at) WHERE state IN ('waiting', 'drawing');

CREATE TABLE pitch_video (
    entry_id uuid PRIMARY KEY REFERENCES entry ON DELETE CASCADE,
    address text NOT NULL CHECK (length(address) BETWEEN 1 AND 500),
    account_id uuid NOT NULL REFERENCES account,
    saved_at timestamptz NOT NULL
);
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

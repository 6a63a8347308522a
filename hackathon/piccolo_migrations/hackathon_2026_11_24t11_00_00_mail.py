"""Letters, proofs sent by mail, counted tries, codes that organizers print."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-24T11:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Letters, proofs, tries, codes"

SQL = r"""
CREATE TABLE mail (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('confirm_address', 'address_known', 'reset_password', 'password_changed')),
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'refused', 'expired')),
    sealed bytea,
    claim integer NOT NULL DEFAULT 0 CHECK (claim >= 0),
    refusals integer NOT NULL DEFAULT 0 CHECK (refusals >= 0),
    last_error text CHECK (length(last_error) <= 500),
    created_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    good_until timestamptz NOT NULL CHECK (good_until > created_at),
    first_tried_at timestamptz,
    ended_at timestamptz,
    CHECK ((state = 'waiting') = (sealed IS NOT NULL)),
    CHECK ((state = 'waiting') = (ended_at IS NULL))
);
CREATE INDEX mail_due ON mail (due_at, id) WHERE state = 'waiting';
CREATE INDEX mail_ended ON mail (ended_at) WHERE state <> 'waiting';
CREATE INDEX mail_account ON mail (account_id);

CREATE TABLE proof (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    purpose text NOT NULL CHECK (purpose IN ('confirm', 'reset')),
    hash bytea NOT NULL CONSTRAINT proof_hash_unique UNIQUE CHECK (octet_length(hash) = 32),
    email_hash bytea NOT NULL CHECK (octet_length(email_hash) = 32),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    used_at timestamptz
);
CREATE INDEX proof_account ON proof (account_id);
CREATE INDEX proof_expires ON proof (expires_at);

CREATE TABLE attempt (
    id bigserial PRIMARY KEY,
    attempt_id uuid NOT NULL,
    subject bytea NOT NULL CHECK (octet_length(subject) = 32),
    at timestamptz NOT NULL
);
CREATE INDEX attempt_subject ON attempt (subject, at);
CREATE INDEX attempt_at ON attempt (at);
CREATE INDEX attempt_id ON attempt (attempt_id);

CREATE TABLE code_batch (
    id uuid PRIMARY KEY,
    event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    venue_id uuid,
    purpose text NOT NULL CHECK (purpose IN ('confirm', 'sign_in')),
    account_id uuid REFERENCES account ON DELETE CASCADE,
    size integer NOT NULL CHECK (size BETWEEN 1 AND 500),
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
    revoked_at timestamptz,
    CHECK ((purpose = 'sign_in') = (account_id IS NOT NULL)),
    CHECK (purpose = 'confirm' OR size = 1),
    FOREIGN KEY (venue_id, event_id) REFERENCES venue (id, event_id)
);
CREATE INDEX code_batch_event ON code_batch (event_id, created_at);

CREATE TABLE code (
    id uuid PRIMARY KEY,
    batch_id uuid NOT NULL REFERENCES code_batch ON DELETE CASCADE,
    hash bytea NOT NULL CONSTRAINT code_hash_unique UNIQUE CHECK (octet_length(hash) = 32),
    used_at timestamptz,
    used_by uuid REFERENCES account ON DELETE SET NULL,
    CHECK (used_by IS NULL OR used_at IS NOT NULL)
);
CREATE INDEX code_batch_codes ON code (batch_id);
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

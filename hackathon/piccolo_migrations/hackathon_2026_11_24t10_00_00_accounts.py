"""Consent, personal data under a key of the person, and registrations of an address that has an account."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-24T10:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Consent, personal data, claimed addresses"

SQL = r"""
ALTER TABLE account
    ADD COLUMN claims text CHECK (length(claims) BETWEEN 3 AND 254),
    ADD CONSTRAINT account_claims_or_owns CHECK (claims IS NULL OR email IS NULL);
CREATE UNIQUE INDEX account_claims_unique ON account (lower(claims));

-- Until now accounts were made by whoever runs the server, who vouches for them.
UPDATE account SET confirmed_at = created_at WHERE password_hash IS NULL AND confirmed_at IS NULL;

CREATE TABLE consent (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    version text NOT NULL CHECK (length(version) BETWEEN 1 AND 40),
    at timestamptz NOT NULL,
    CONSTRAINT consent_once UNIQUE (account_id, version)
);

CREATE TABLE account_key (
    account_id uuid PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    sealed bytea NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE account_secret (
    account_id uuid PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    nip bytea NOT NULL,
    updated_at timestamptz NOT NULL
);
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

"""Sessions, and what an account needs to sign in."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-24T09:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Sessions; password, confirmation, zone and language of accounts"

SQL = r"""
ALTER TABLE account
    ADD COLUMN password_hash text CHECK (length(password_hash) BETWEEN 20 AND 500),
    ADD COLUMN confirmed_at timestamptz,
    ADD COLUMN zone text NOT NULL DEFAULT 'Asia/Jakarta' CHECK (zone IN ('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura')),
    ADD COLUMN language text NOT NULL DEFAULT 'id' CHECK (language IN ('id', 'en'));

CREATE TABLE session (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    hash bytea NOT NULL CONSTRAINT session_hash_unique UNIQUE CHECK (octet_length(hash) = 32),
    browser text NOT NULL CHECK (length(browser) <= 200),
    opened_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL CHECK (seen_at >= opened_at)
);
CREATE INDEX session_account ON session (account_id);
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

"""News of events."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-24T13:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Announcements"

SQL = r"""
CREATE TABLE announcement (
    id uuid PRIMARY KEY,
    event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    title_id text NOT NULL CHECK (length(title_id) <= 120),
    body_id text NOT NULL CHECK (length(body_id) <= 4000),
    title_en text NOT NULL CHECK (length(title_en) <= 120),
    body_en text NOT NULL CHECK (length(body_en) <= 4000),
    important boolean NOT NULL,
    published_at timestamptz NOT NULL,
    retracted_at timestamptz CHECK (retracted_at >= published_at),
    reason text CHECK (length(reason) BETWEEN 1 AND 1000),
    CHECK ((title_id = '') = (body_id = '')),
    CHECK ((title_en = '') = (body_en = '')),
    CHECK (title_id <> '' OR title_en <> ''),
    CHECK ((retracted_at IS NULL) = (reason IS NULL))
);
CREATE INDEX announcement_newest ON announcement (event_id, published_at DESC);
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

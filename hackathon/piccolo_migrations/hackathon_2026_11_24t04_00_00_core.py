"""Accounts, events, teams, submissions, outbox."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-24T04:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Accounts, events, teams, submissions, outbox"

SQL = r"""
CREATE TABLE account (
    id uuid PRIMARY KEY,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    email text CHECK (length(email) BETWEEN 3 AND 254),
    roles text[] NOT NULL DEFAULT '{}' CHECK (roles <@ ARRAY['organizer', 'judge']),
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX account_email_unique ON account (lower(email));

CREATE TABLE api_token (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
    hash bytea NOT NULL CONSTRAINT api_token_hash_unique UNIQUE CHECK (octet_length(hash) = 32),
    label text NOT NULL CHECK (length(label) BETWEEN 1 AND 200),
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz
);
CREATE INDEX api_token_account ON api_token (account_id);

CREATE TABLE event (
    id uuid PRIMARY KEY,
    slug text NOT NULL CONSTRAINT event_slug_unique UNIQUE CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 63),
    title_id text NOT NULL CHECK (length(title_id) BETWEEN 1 AND 200),
    title_en text NOT NULL CHECK (length(title_en) BETWEEN 1 AND 200),
    zone text NOT NULL,
    schedule jsonb NOT NULL,
    rules jsonb NOT NULL,
    demo boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);

CREATE TABLE event_seed (
    id uuid PRIMARY KEY,
    event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    case_set text NOT NULL CHECK (case_set IN ('board', 'final')),
    sealed bytea NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    created_at timestamptz NOT NULL,
    CONSTRAINT event_seed_unique UNIQUE (event_id, case_set)
);

CREATE TABLE venue (
    id uuid PRIMARY KEY,
    event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    slug text NOT NULL CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 63),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    zone text NOT NULL,
    CONSTRAINT venue_slug_unique UNIQUE (event_id, slug),
    UNIQUE (id, event_id)
);

CREATE TABLE track (
    id uuid PRIMARY KEY,
    event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    slug text NOT NULL CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 63),
    title_id text NOT NULL CHECK (length(title_id) BETWEEN 1 AND 200),
    title_en text NOT NULL CHECK (length(title_en) BETWEEN 1 AND 200),
    position integer NOT NULL CHECK (position >= 1),
    tasks jsonb NOT NULL CHECK (jsonb_typeof(tasks) = 'array' AND jsonb_array_length(tasks) >= 1),
    CONSTRAINT track_slug_unique UNIQUE (event_id, slug),
    UNIQUE (id, event_id)
);

CREATE TABLE extension (
    id uuid PRIMARY KEY,
    event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    scope text NOT NULL CHECK (scope IN ('event', 'venue', 'track', 'team')),
    target uuid,
    until timestamptz NOT NULL,
    reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
    created_at timestamptz NOT NULL,
    CHECK ((scope = 'event') = (target IS NULL))
);
CREATE INDEX extension_event ON extension (event_id);

CREATE TABLE team (
    id uuid PRIMARY KEY,
    event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    agency text NOT NULL CHECK (length(agency) BETWEEN 1 AND 200),
    venue_id uuid,
    created_at timestamptz NOT NULL,
    UNIQUE (id, event_id),
    FOREIGN KEY (venue_id, event_id) REFERENCES venue (id, event_id)
);
CREATE UNIQUE INDEX team_name_unique ON team (event_id, lower(name));

CREATE TABLE member (
    id uuid PRIMARY KEY,
    team_id uuid NOT NULL,
    event_id uuid NOT NULL,
    account_id uuid NOT NULL REFERENCES account,
    captain boolean NOT NULL,
    joined_at timestamptz NOT NULL,
    CONSTRAINT member_one_team UNIQUE (event_id, account_id),
    FOREIGN KEY (team_id, event_id) REFERENCES team (id, event_id) ON DELETE CASCADE
);
CREATE INDEX member_team ON member (team_id);
CREATE INDEX member_account ON member (account_id);
CREATE UNIQUE INDEX member_one_captain ON member (team_id) WHERE captain;

CREATE TABLE entry (
    id uuid PRIMARY KEY,
    event_id uuid NOT NULL,
    team_id uuid NOT NULL,
    track_id uuid NOT NULL,
    chosen_submission_id uuid,
    created_at timestamptz NOT NULL,
    CONSTRAINT entry_unique UNIQUE (team_id, track_id),
    FOREIGN KEY (team_id, event_id) REFERENCES team (id, event_id) ON DELETE CASCADE,
    FOREIGN KEY (track_id, event_id) REFERENCES track (id, event_id)
);
CREATE INDEX entry_track ON entry (track_id);

CREATE TABLE upload (
    id uuid PRIMARY KEY,
    entry_id uuid NOT NULL REFERENCES entry ON DELETE CASCADE,
    account_id uuid NOT NULL REFERENCES account,
    filename text NOT NULL CHECK (length(filename) BETWEEN 1 AND 255),
    size bigint NOT NULL CHECK (size > 0),
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    part_bytes integer NOT NULL CHECK (part_bytes > 0),
    state text NOT NULL CHECK (state IN ('registered', 'completed', 'refused', 'expired')),
    registered_at timestamptz NOT NULL,
    completed_at timestamptz,
    refusal jsonb,
    CHECK ((state = 'refused') = (refusal IS NOT NULL)),
    CHECK ((state = 'registered') = (completed_at IS NULL)),
    UNIQUE (id, entry_id)
);
CREATE INDEX upload_entry ON upload (entry_id);
CREATE INDEX upload_open ON upload (registered_at) WHERE state = 'registered';

CREATE TABLE upload_part (
    id uuid PRIMARY KEY,
    upload_id uuid NOT NULL REFERENCES upload ON DELETE CASCADE,
    number integer NOT NULL CHECK (number >= 1),
    size bigint NOT NULL CHECK (size > 0),
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    stored_at timestamptz NOT NULL,
    CONSTRAINT upload_part_unique UNIQUE (upload_id, number)
);

CREATE TABLE submission (
    id uuid PRIMARY KEY,
    entry_id uuid NOT NULL,
    number integer NOT NULL CHECK (number >= 1),
    upload_id uuid NOT NULL CONSTRAINT submission_upload_unique UNIQUE,
    account_id uuid NOT NULL REFERENCES account,
    filename text NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size bigint NOT NULL CHECK (size > 0),
    object_key text NOT NULL,
    kit text NOT NULL,
    manifest jsonb NOT NULL,
    registered_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL CHECK (received_at >= registered_at),
    charged boolean NOT NULL DEFAULT true,
    CONSTRAINT submission_number_unique UNIQUE (entry_id, number),
    UNIQUE (id, entry_id),
    FOREIGN KEY (upload_id, entry_id) REFERENCES upload (id, entry_id)
);
CREATE INDEX submission_received ON submission (entry_id, received_at);
CREATE INDEX submission_sha256 ON submission (sha256);

ALTER TABLE entry ADD CONSTRAINT entry_chosen_is_own
    FOREIGN KEY (chosen_submission_id, id) REFERENCES submission (id, entry_id);

CREATE TABLE outbox (
    id bigserial PRIMARY KEY,
    kind text NOT NULL CHECK (kind ~ '^[a-z_]+\.[a-z_]+$'),
    subject jsonb NOT NULL CHECK (jsonb_typeof(subject) = 'object'),
    actor uuid NOT NULL,
    reason text CHECK (length(reason) BETWEEN 1 AND 1000),
    reason_key bytea CHECK (octet_length(reason_key) = 32),
    at timestamptz NOT NULL,
    number bigint CONSTRAINT outbox_number_unique UNIQUE CHECK (number >= 1)
);
CREATE INDEX outbox_waiting ON outbox (id) WHERE number IS NULL;

CREATE TABLE audit (
    number bigint PRIMARY KEY CHECK (number >= 1),
    outbox_id bigint NOT NULL CONSTRAINT audit_outbox_unique UNIQUE REFERENCES outbox,
    previous bytea NOT NULL CHECK (octet_length(previous) = 32),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    body text NOT NULL
);

CREATE TABLE outbox_cursor (
    handler text PRIMARY KEY,
    number bigint NOT NULL DEFAULT 0 CHECK (number >= 0),
    failures integer NOT NULL DEFAULT 0,
    last_error text,
    retry_at timestamptz,
    updated_at timestamptz NOT NULL
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END;
$$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER submission_is_immutable
    BEFORE UPDATE OF id, entry_id, number, upload_id, account_id, filename, sha256, size, object_key, kit, manifest, registered_at, received_at
    ON submission FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

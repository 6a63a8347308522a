"""Invitations, approval of teams, and what the database itself keeps true of a team."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-24T12:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Invitations; approval of teams; size and captain of a team kept by the database"

SQL = r"""
ALTER TABLE team
    ADD COLUMN approval text NOT NULL DEFAULT 'approved' CHECK (approval IN ('pending', 'approved', 'rejected')),
    ADD COLUMN approval_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN approval_reason text CHECK (length(approval_reason) BETWEEN 1 AND 1000),
    ADD CONSTRAINT team_rejection_has_a_reason CHECK (approval <> 'rejected' OR approval_reason IS NOT NULL);
UPDATE team SET approval_at = created_at;
CREATE INDEX team_waiting ON team (event_id, approval_at) WHERE approval <> 'approved';

CREATE TABLE invitation (
    id uuid PRIMARY KEY,
    team_id uuid NOT NULL REFERENCES team ON DELETE CASCADE,
    hash bytea NOT NULL CONSTRAINT invitation_hash_unique UNIQUE CHECK (octet_length(hash) = 32),
    sealed bytea NOT NULL,
    made_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE UNIQUE INDEX invitation_one_live ON invitation (team_id) WHERE revoked_at IS NULL;
CREATE INDEX invitation_team ON invitation (team_id);

-- The lock makes those who join at the same time wait for each other; then each sees who was first.
CREATE FUNCTION keep_team_size() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    most integer;
BEGIN
    PERFORM 1 FROM team WHERE id = NEW.team_id FOR NO KEY UPDATE;
    SELECT coalesce((rules ->> 'team_size_max')::integer, 5) INTO most FROM event WHERE id = NEW.event_id;
    IF (SELECT count(*) FROM member WHERE team_id = NEW.team_id) >= most THEN
        RAISE EXCEPTION 'the team has % members already', most
            USING ERRCODE = 'check_violation', CONSTRAINT = 'member_team_size', TABLE = 'member';
    END IF;
    RETURN NEW;
END;
$$;
CREATE TRIGGER member_team_size BEFORE INSERT ON member FOR EACH ROW EXECUTE FUNCTION keep_team_size();

-- At the commit: between two statements a team may be without a captain.
CREATE FUNCTION keep_one_captain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.team_id ELSE NEW.team_id END;
    members integer;
    captains integer;
BEGIN
    PERFORM 1 FROM team WHERE id = changed FOR NO KEY UPDATE;
    SELECT count(*), count(*) FILTER (WHERE captain) INTO members, captains FROM member WHERE team_id = changed;
    IF members > 0 AND captains <> 1 THEN
        RAISE EXCEPTION 'a team with members has one captain, not %', captains
            USING ERRCODE = 'check_violation', CONSTRAINT = 'member_captain', TABLE = 'member';
    END IF;
    RETURN NULL;
END;
$$;
CREATE CONSTRAINT TRIGGER member_captain AFTER INSERT OR UPDATE OR DELETE ON member
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_one_captain();
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

"""Which submission of an entry judges score: fixed at its deadline, lifted when it gets more time."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-25T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Submissions that are judged; their images count"

SQL = r"""
CREATE TABLE judged (
    id uuid PRIMARY KEY,
    entry_id uuid NOT NULL REFERENCES entry ON DELETE CASCADE,
    revision integer NOT NULL CHECK (revision >= 1),
    submission_id uuid,
    deadline timestamptz NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT judged_revision UNIQUE (entry_id, revision),
    FOREIGN KEY (submission_id, entry_id) REFERENCES submission (id, entry_id) ON DELETE CASCADE
);

CREATE FUNCTION refuse_judged_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was judged stays: add a revision' USING ERRCODE = 'integrity_constraint_violation';
END;
$$;
CREATE TRIGGER judged_stays BEFORE UPDATE ON judged FOR EACH ROW EXECUTE FUNCTION refuse_judged_change();

-- The newest revision of each entry. `submission_id` is null where it was lifted.
CREATE VIEW judged_now AS
SELECT DISTINCT ON (entry_id) entry_id, revision, submission_id, deadline, made_at
FROM judged ORDER BY entry_id, revision DESC;

CREATE INDEX evaluation_final ON evaluation (submission_id) WHERE case_set = 'final';

-- As before the image that counts, and those of the submission that is judged: what judges try is what was scored.
CREATE OR REPLACE VIEW counting_image AS
SELECT entry.id AS entry_id, entry.event_id, counted.submission_id, counted.image
FROM entry JOIN event ON event.id = entry.event_id
    JOIN LATERAL (
        SELECT evaluation.submission_id, evaluation.image
        FROM evaluation JOIN submission ON submission.id = evaluation.submission_id
        WHERE evaluation.track_id = entry.track_id AND evaluation.entry_id = entry.id
            AND evaluation.state = 'finished' AND evaluation.case_set = 'board'
            AND CASE WHEN entry.chosen_submission_id IS NULL
                THEN submission.charged AND (event.schedule ->> 'building_closes')::timestamptz <= clock_timestamp()
                ELSE submission.id = entry.chosen_submission_id END
        ORDER BY submission.number DESC, evaluation.round DESC LIMIT 1
    ) AS counted ON true
WHERE counted.image IS NOT NULL
    AND (event.schedule ->> 'building_opens')::timestamptz <= clock_timestamp()
    AND (event.schedule ->> 'objection_closes')::timestamptz > clock_timestamp()
UNION
SELECT judged.entry_id, entry.event_id, judged.submission_id, evaluation.image
FROM judged_now AS judged JOIN entry ON entry.id = judged.entry_id JOIN event ON event.id = entry.event_id
    JOIN evaluation ON evaluation.submission_id = judged.submission_id
        AND evaluation.state = 'finished' AND evaluation.case_set IN ('board', 'final')
WHERE evaluation.image IS NOT NULL
    AND (event.schedule ->> 'objection_closes')::timestamptz > clock_timestamp();
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

"""Images that the object store keeps, which images count, and the room on each worker's disks."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-24T20:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Saved images, images that count, room of workers"

SQL = r"""
CREATE TABLE saved_image (
    image text PRIMARY KEY CHECK (image LIKE 'sha256:%'),
    attempt integer NOT NULL CHECK (attempt >= 1),
    state text NOT NULL CHECK (state IN ('saving', 'saved', 'leaving')),
    lease_until timestamptz,
    object_key text NOT NULL,
    size bigint CHECK (size > 0),
    sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    saved_at timestamptz,
    CHECK ((state = 'saving') = (lease_until IS NOT NULL)),
    CHECK ((state = 'saving') = (saved_at IS NULL)),
    CHECK ((saved_at IS NULL) = (size IS NULL) AND (saved_at IS NULL) = (sha256 IS NULL))
);

ALTER TABLE worker ADD COLUMN room jsonb;

-- The image of each entry's submission that counts (the chosen one; once building has closed else the latest evaluated
-- one), from the beginning of building until objections close: a rebuild is not the same program.
CREATE VIEW counting_image AS
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
    AND (event.schedule ->> 'objection_closes')::timestamptz > clock_timestamp();
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

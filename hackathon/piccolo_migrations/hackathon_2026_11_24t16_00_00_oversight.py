"""What organizers look at: where each entry is, and quick figures of the last day."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hackathon.store import sql_migration

ID = "2026-11-24T16:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Where each entry is, for organizers"

SQL = r"""
CREATE INDEX submission_arrived ON submission (received_at);
CREATE INDEX entry_event ON entry (event_id);

-- Where a submission is, by the latest round on the board's cases. 3: `evaluations.model.FAILURES_TO_ALARM`.
CREATE VIEW submission_stage AS
SELECT submission.id, submission.entry_id, submission.number, submission.received_at, board.evaluation_id, board.status,
    board.score, board.failures, board.failure,
    CASE WHEN board.state = 'finished' AND board.status = 'ok' THEN 'selesai'
        WHEN board.state = 'finished' THEN 'gagal'
        WHEN board.failures >= 3 THEN 'terganggu'
        WHEN board.state IN ('building', 'running') THEN 'diuji'
        ELSE 'antre' END AS stage
FROM submission LEFT JOIN LATERAL (
    SELECT id AS evaluation_id, state, status, score, failures, failure FROM evaluation
    WHERE submission_id = submission.id AND case_set = 'board' ORDER BY round DESC LIMIT 1
) AS board ON true;

-- Where an entry is, by its latest submission.
CREATE VIEW entry_stage AS
SELECT entry.id, entry.event_id, entry.team_id, team.name AS team, team.agency, entry.track_id,
    last.id AS submission_id, last.number, last.received_at, last.score, last.status,
    coalesce(last.stage, 'belum') AS stage
FROM entry JOIN team ON team.id = entry.team_id LEFT JOIN LATERAL (
    SELECT id, number, received_at, score, status, stage FROM submission_stage
    WHERE entry_id = entry.id ORDER BY number DESC LIMIT 1
) AS last ON true;
"""


async def forwards() -> MigrationManager:
    return sql_migration(ID, app_name="hackathon", description=DESCRIPTION, sql=SQL)

"""Taking the next submission out of the queue: fair between teams, safe between workers.

Next is the team least recently served among those with work that is due and fewer submissions running than their event
allows; within the team the submission that waits longest. The team's row is locked while one of its submissions is
taken, so that two workers can't pass its limit together; workers step over teams that another one is just serving.
"""

from datetime import timedelta
from uuid import UUID

from hackathon import outbox
from hackathon import store as database
from hackathon.evaluations import store
from hackathon.evaluations.model import Claim, ClaimedEvaluation, Fence, decode_plan
from hackathon.model import SYSTEM
from sandbox.model import CaseSet

# A process that stops in a claim must not keep its team locked for ever. And nobody waits for the disk here: a claim
# that a crash of the database loses is work that is queued still, and what was done for it is refused by its fence.
_FOR_A_CLAIM = """
SELECT set_config('idle_in_transaction_session_timeout', '10s', true), set_config('synchronous_commit', 'off', true)
"""

_NEXT_TEAM = """
WITH waiting AS (
    SELECT team_id, min(queued_at) AS since FROM evaluation
    WHERE state = 'queued' AND due_at <= clock_timestamp() GROUP BY team_id
)
SELECT team.id, team.event_id
FROM waiting JOIN team ON team.id = waiting.team_id JOIN team_load ON team_load.team_id = team.id
WHERE team_load.busy < team_load.allowed
ORDER BY team_load.served_at NULLS FIRST, waiting.since, team.id
LIMIT 1
FOR NO KEY UPDATE OF team SKIP LOCKED
"""

# Asked again under the lock: the team was chosen from a snapshot that an earlier holder of the lock may have made old.
_NEXT_SUBMISSION = """
SELECT submission.id, submission.entry_id, submission.object_key, evaluation.track_id, evaluation.case_set
FROM evaluation JOIN submission ON submission.id = evaluation.submission_id
    JOIN team_load ON team_load.team_id = evaluation.team_id
WHERE evaluation.team_id = $1 AND evaluation.state = 'queued' AND evaluation.due_at <= clock_timestamp()
    AND team_load.busy < team_load.allowed
ORDER BY evaluation.queued_at, submission.id, evaluation.case_set DESC
LIMIT 1
"""

_TAKE = """
UPDATE evaluation SET state = 'building', attempt = attempt + 1, worker_id = $2, lease_until = clock_timestamp() + $3,
    claimed_at = clock_timestamp(), running_at = NULL, progress = NULL
WHERE submission_id = $1 AND case_set = ANY($4) AND state = 'queued' AND due_at <= clock_timestamp()
RETURNING id, attempt, case_set, plan, failures
"""

_WANTED = """
SELECT evaluation.team_id
FROM evaluation JOIN team_load ON team_load.team_id = evaluation.team_id
WHERE evaluation.state = 'queued' AND evaluation.due_at <= clock_timestamp() AND team_load.busy < team_load.allowed
    AND NOT EXISTS (
        SELECT 1 FROM procrastinate_jobs job
        WHERE job.status = 'todo' AND job.queueing_lock = 'evaluate:' || evaluation.team_id
    )
GROUP BY evaluation.team_id ORDER BY min(evaluation.queued_at)
"""

QUEUE = "evaluations"
TASK = "evaluate"

_TRIES = 5
"""How often a claim looks again when another worker was faster. What it misses then, the sweep finds."""


async def claim_next(worker_id: UUID, *, lease: timedelta) -> Claim | None:
    """Take the next submission for this worker, or None where there is nothing it may take now."""
    for _ in range(_TRIES):
        async with database.transaction():
            await database.fetch_value(_FOR_A_CLAIM)
            team = await database.fetch_one(_NEXT_TEAM)
            if team is None:
                return None
            claim = await _take(worker_id, team["id"], team["event_id"], lease)
        if claim is not None:
            return claim
    return None


async def _take(worker_id: UUID, team_id: UUID, event_id: UUID, lease: timedelta) -> Claim | None:
    chosen = await database.fetch_one(_NEXT_SUBMISSION, team_id)
    if chosen is None:
        return None
    # Final cases run alone, in a prototype that has seen nothing else.
    together = [CaseSet.FINAL] if chosen["case_set"] == CaseSet.FINAL else [CaseSet.PUBLIC, CaseSet.BOARD]
    rows = await database.fetch(_TAKE, chosen["id"], worker_id, lease, [str(case_set) for case_set in together])
    claim = Claim(
        submission_id=chosen["id"],
        entry_id=chosen["entry_id"],
        team_id=team_id,
        track_id=chosen["track_id"],
        event_id=event_id,
        object_key=chosen["object_key"],
        evaluations=tuple(
            ClaimedEvaluation(Fence(row["id"], row["attempt"], worker_id), decode_plan(row["plan"]), row["failures"])
            for row in sorted(rows, key=lambda row: together.index(CaseSet(row["case_set"])))
        ),
    )
    if not claim.final:
        await store.begin_build(claim.submission_id, claim.attempt, claim.log_key)
    for evaluation in claim.evaluations:
        await outbox.append(
            "evaluation.started",
            {
                "evaluation": evaluation.id,
                "submission": claim.submission_id,
                "team": team_id,
                "attempt": str(evaluation.fence.attempt),
            },
            actor=SYSTEM,
        )
    await database.notify("submission", claim.submission_id)
    return claim


async def wake(team_id: UUID) -> None:
    """Queue a wake-up for the team's work, unless one waits already. Called in the transaction that made the work."""
    await database.defer_job(TASK, {"team": str(team_id)}, queue=QUEUE, queueing_lock=f"evaluate:{team_id}")


async def wake_wanted() -> int:
    """Queue a wake-up for every team with work that could run and has none; returns how many.

    Wanted work is derived from the rows, so that a lost job heals.
    """
    async with database.transaction():
        teams = await database.fetch(_WANTED)
        for row in teams:
            await wake(row["team_id"])
    return len(teams)

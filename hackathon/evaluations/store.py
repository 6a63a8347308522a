"""Reading and writing evaluations. Every write about a claimed one is fenced: see `hold`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from hackathon import store
from hackathon.evaluations.encoding import as_json
from hackathon.evaluations.errors import StaleLease
from hackathon.evaluations.model import (
    Fence,
    MirrorFault,
    Plan,
    PlannedTask,
    Score,
    WorkerState,
    encode_plan,
    stored_case,
)
from sandbox.model import Build, Case, Run, Status, Text
from sandbox.proof import Proof
from sandbox.provider import EngineFacts
from sandbox.qualities import Productivity, Qualities
from sandbox.scoring import TaskScore


async def insert(
    submission_id: UUID,
    entry_id: UUID,
    team_id: UUID,
    track_id: UUID,
    plan: Plan,
    *,
    round_number: int = 1,
    attempt: int = 0,
) -> UUID | None:
    """A new evaluation in the queue; None where the submission has one for that case set and round already.

    `attempt` is the number of the last claim of an earlier round: attempts name logs, so they go on counting.
    """
    found: UUID | None = await store.fetch_value(
        "INSERT INTO evaluation (id, submission_id, entry_id, team_id, track_id, case_set, plan, queued_at, due_at,"
        " round, attempt) VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp(), clock_timestamp(), $8, $9)"
        " ON CONFLICT ON CONSTRAINT evaluation_once DO NOTHING RETURNING id",
        uuid4(),
        submission_id,
        entry_id,
        team_id,
        track_id,
        str(plan.case_set),
        encode_plan(plan),
        round_number,
        attempt,
    )
    return found


async def plan_anew(evaluation_id: UUID, plan: Plan) -> None:
    """Give an evaluation that waits another plan and forget our failures. Inside a transaction that locks it."""
    await store.execute(
        "UPDATE evaluation SET plan = $2, failures = 0, failure = NULL WHERE id = $1 AND state = 'queued'",
        evaluation_id,
        encode_plan(plan),
    )


async def hold(fences: Sequence[Fence]) -> None:
    """Lock the evaluations for the rest of the transaction, provided that they are still this worker's. Raises
    StaleLease.
    """
    store.require_transaction()
    held = await store.fetch(
        "SELECT evaluation.id FROM evaluation"
        " JOIN unnest($1::uuid[], $2::integer[]) AS fence (id, attempt) ON fence.id = evaluation.id"
        " WHERE evaluation.attempt = fence.attempt AND evaluation.worker_id = $3"
        " AND evaluation.state IN ('building', 'running')"
        " ORDER BY evaluation.id FOR NO KEY UPDATE OF evaluation",
        [fence.evaluation_id for fence in fences],
        [fence.attempt for fence in fences],
        fences[0].worker_id,
    )
    if len(held) != len(fences):
        raise StaleLease(f"{len(fences) - len(held)} of {len(fences)} evaluations are no longer this worker's")


async def extend(worker_id: UUID, fences: Sequence[Fence], *, lease: timedelta) -> frozenset[UUID]:
    """Extend the leases; returns the evaluations that are still this worker's. The others are lost."""
    rows = await store.fetch(
        "UPDATE evaluation SET lease_until = clock_timestamp() + $4"
        " FROM unnest($1::uuid[], $2::integer[]) AS fence (id, attempt)"
        " WHERE evaluation.id = fence.id AND evaluation.attempt = fence.attempt AND evaluation.worker_id = $3"
        " AND evaluation.state IN ('building', 'running') RETURNING evaluation.id",
        [fence.evaluation_id for fence in fences],
        [fence.attempt for fence in fences],
        worker_id,
        lease,
    )
    return frozenset(row["id"] for row in rows)


async def begin_build(submission_id: UUID, attempt: int, log_key: str) -> None:
    """Note that a build of the submission begins. Inside the transaction that claims its evaluations."""
    await store.execute(
        "INSERT INTO build (submission_id, attempt, log_key, started_at) VALUES ($1, $2, $3, clock_timestamp())"
        " ON CONFLICT (submission_id) DO UPDATE SET attempt = excluded.attempt, log_key = excluded.log_key,"
        " started_at = excluded.started_at, status = NULL, message = NULL, image = NULL, seconds = NULL, cached = NULL,"
        " finished_at = NULL",
        submission_id,
        attempt,
        log_key,
    )


async def end_build(submission_id: UUID, build: Build) -> None:
    """Store what a build gave. Inside a transaction that holds its evaluations."""
    await store.execute(
        "UPDATE build SET status = $2, message = $3, image = $4, seconds = $5, cached = $6,"
        " finished_at = clock_timestamp() WHERE submission_id = $1",
        submission_id,
        str(build.status),
        as_json(build.message),
        build.image,
        build.seconds,
        build.cached,
    )


async def begin_running(fences: Sequence[Fence]) -> None:
    """The image is there, the prototype is being tested. Inside a transaction that holds the evaluations."""
    await store.execute(
        "UPDATE evaluation SET state = 'running', running_at = clock_timestamp() WHERE id = ANY($1)",
        [fence.evaluation_id for fence in fences],
    )


async def save_progress(fence: Fence, progress: Any) -> None:
    """What can be shown of an evaluation that is under way. Raises StaleLease."""
    touched = await store.execute(
        "UPDATE evaluation SET progress = $4 WHERE id = $1 AND attempt = $2 AND worker_id = $3"
        " AND state IN ('building', 'running')",
        fence.evaluation_id,
        fence.attempt,
        fence.worker_id,
        as_json(progress),
    )
    if touched == 0:
        raise StaleLease("the evaluation is no longer this worker's")


async def insert_run(
    fence: Fence,
    run: Run,
    planned: PlannedTask,
    cases: Sequence[Case],
    score: TaskScore,
    qualities: Qualities | None = None,
) -> None:
    """Store one task's run of `cases`. Inside a transaction that holds the evaluation."""
    by_id = {case.id: case for case in cases}
    await store.execute(
        "INSERT INTO run (id, evaluation_id, attempt, task_slug, task_version, task_hash, status, message, score,"
        " metrics, cases, expected_cases, seconds, usage, qualities)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        uuid4(),
        fence.evaluation_id,
        fence.attempt,
        planned.slug,
        planned.version,
        planned.hash,
        str(run.status),
        as_json(run.message),
        score.score,
        as_json(score.metrics),
        as_json([stored_case(result, run.case_set, by_id.get(result.case_id)) for result in run.cases]),
        planned.cases,
        run.seconds,
        as_json(run.usage),
        None if qualities is None else as_json(qualities),
    )


async def finish(
    fence: Fence,
    *,
    status: Status,
    message: Text,
    score: Score,
    image: str | None,
    engine: EngineFacts | None,
    timings: Mapping[str, float],
    productivity: Productivity | None = None,
) -> None:
    """End an evaluation with its score. Inside a transaction that holds it."""
    await store.execute(
        "UPDATE evaluation SET state = 'finished', lease_until = NULL, finished_at = clock_timestamp(),"
        " progress = NULL, status = $2, message = $3, score = $4, low = $5, high = $6, tasks = $7, image = $8,"
        " engine = $9, timings = $10, productivity = $11 WHERE id = $1",
        fence.evaluation_id,
        str(status),
        as_json(message),
        score.score,
        score.low,
        score.high,
        as_json(score.tasks),
        image,
        None if engine is None else as_json(engine),
        as_json(timings),
        None if productivity is None else as_json(productivity),
    )


async def charge(submission_id: UUID) -> None:
    """The submission costs an attempt, as nearly all do: one that was refused is evaluated again after all."""
    await store.execute("UPDATE submission SET charged = true WHERE id = $1 AND NOT charged", submission_id)


async def uncharge(submission_id: UUID) -> None:
    """The submission costs no attempt: the engine refused it."""
    await store.execute("UPDATE submission SET charged = false WHERE id = $1", submission_id)


async def requeue(fences: Sequence[Fence], *, reason: str | None, host: str, pause: timedelta, count: bool) -> None:
    """Put evaluations back into the queue. Inside a transaction that holds them.

    Their place is by `queued_at` as before, and the claim that came to nothing no longer counts as having served the
    team.
    """
    await store.execute(
        "UPDATE evaluation SET state = 'queued', worker_id = NULL, lease_until = NULL, claimed_at = NULL,"
        " running_at = NULL, progress = NULL, due_at = clock_timestamp() + $2,"
        " failures = failures + CASE WHEN $3 THEN 1 ELSE 0 END,"
        " failure = CASE WHEN $3 THEN jsonb_build_object('reason', $4::text, 'host', $5::text, 'at', clock_timestamp())"
        " ELSE failure END WHERE id = ANY($1)",
        [fence.evaluation_id for fence in fences],
        pause,
        count,
        reason,
        host,
    )


@dataclass(frozen=True, slots=True)
class Expired:
    """An evaluation whose lease ran out."""

    fence: Fence
    submission_id: UUID
    team_id: UUID
    failures: int
    host: str


async def lock_expired() -> tuple[Expired, ...]:
    """Evaluations whose lease ran out, locked for the rest of the transaction; those that somebody else just handles
    are left out.
    """
    store.require_transaction()
    rows = await store.fetch(
        "SELECT evaluation.id, evaluation.attempt, evaluation.worker_id, submission_id, team_id, failures, worker.host"
        " FROM evaluation JOIN worker ON worker.id = evaluation.worker_id"
        " WHERE evaluation.state IN ('building', 'running') AND lease_until < clock_timestamp()"
        " ORDER BY evaluation.id FOR NO KEY UPDATE OF evaluation SKIP LOCKED"
    )
    return tuple(
        Expired(
            fence=Fence(row["id"], row["attempt"], row["worker_id"]),
            submission_id=row["submission_id"],
            team_id=row["team_id"],
            failures=row["failures"],
            host=row["host"],
        )
        for row in rows
    )


async def register_worker(worker_id: UUID, *, host: str, pid: int, slots: int) -> None:
    """A worker starts; until it says that it runs it claims nothing."""
    await store.execute(
        "INSERT INTO worker (id, host, pid, slots, state, reason, started_at, seen_at)"
        " VALUES ($1, $2, $3, $4, 'sick', 'starting', clock_timestamp(), clock_timestamp())",
        worker_id,
        host,
        pid,
        slots,
    )


async def see_worker(
    worker_id: UUID,
    state: WorkerState,
    reason: str | None = None,
    *,
    engine: EngineFacts | None = None,
    proof: Proof | None = None,
) -> None:
    """A worker is there (or leaves: `GONE`). A reason belongs to `SICK` only; facts that are not given stay."""
    await store.execute(
        "UPDATE worker SET state = $2, reason = $3, engine = coalesce($4, engine), proof = coalesce($5, proof),"
        " seen_at = clock_timestamp()"
        " WHERE id = $1",
        worker_id,
        str(state),
        (reason or "unknown") if state is WorkerState.SICK else None,
        None if engine is None else as_json(engine),
        None if proof is None else as_json(proof),
    )


async def tell_mirror(worker_id: UUID, fault: MirrorFault | None) -> None:
    """Note what is wrong with a worker's package mirror from now on; None where it answers."""
    await store.execute(
        "UPDATE worker SET mirror = $2::jsonb || jsonb_build_object('since', extract(epoch FROM clock_timestamp()))"
        " WHERE id = $1",
        worker_id,
        None if fault is None else as_json(fault),
    )


async def task_sets() -> tuple[tuple[str, ...], ...]:
    """The tasks that tracks name, by slug: those of each track together, as they are evaluated."""
    rows = await store.fetch(
        "SELECT DISTINCT (SELECT array_agg(task ->> 'slug' ORDER BY task ->> 'slug')"
        " FROM jsonb_array_elements(track.tasks) AS task) AS slugs FROM track ORDER BY slugs"
    )
    return tuple(tuple(row["slugs"]) for row in rows if row["slugs"])


async def mark_gone(*, unseen: timedelta) -> int:
    """Mark workers that were not seen for so long; returns how many."""
    return await store.execute(
        "UPDATE worker SET state = 'gone', reason = NULL WHERE state <> 'gone'"
        " AND seen_at < clock_timestamp() - $1::interval",
        unseen,
    )

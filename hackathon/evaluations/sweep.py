"""Healing, by derivation from the rows: work of dead workers returns to the queue, lost wake-ups are made anew, old
jobs go.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from uuid import UUID

import structlog

from hackathon import outbox
from hackathon import store as database
from hackathon.evaluations import claiming, store
from hackathon.evaluations.model import Fence, pause_after
from hackathon.model import SYSTEM

_log = structlog.get_logger(__name__)

KEEP_JOBS = timedelta(hours=1)
"""Finished wake-ups are kept this long, for whoever wants to see what happened."""

DEAD_AFTER = timedelta(minutes=1)
"""A wake-up in the hands of a queue worker that was not heard of for this long is nobody's."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What one round did."""

    requeued: int
    woken: int
    gone: int


async def sweep(*, lease: timedelta) -> Swept:
    """One round. Any number of workers may do it at once."""
    requeued = await requeue_expired()
    gone = await store.mark_gone(unseen=3 * lease)
    return Swept(requeued=requeued, woken=await claiming.wake_wanted(), gone=gone)


async def requeue_expired() -> int:
    """Put evaluations whose lease ran out back into the queue; returns how many submissions that were."""
    async with database.transaction():
        expired = sorted(await store.lock_expired(), key=lambda row: row.submission_id)
        count = 0
        for submission_id, group in groupby(expired, key=lambda row: row.submission_id):
            rows = tuple(group)
            await give_back(
                rows[0].team_id,
                submission_id,
                [row.fence for row in rows],
                reason="the worker stopped answering",
                host=rows[0].host,
                # At once the first time: the worker died, which says nothing about this submission.
                pause=pause_after(max(row.failures for row in rows)),
                count=True,
            )
            _log.warning("sweep.requeued", submission=str(submission_id), host=rows[0].host)
            count += 1
    return count


async def give_back(
    team_id: UUID,
    submission_id: UUID,
    fences: Sequence[Fence],
    *,
    reason: str,
    host: str,
    pause: timedelta,
    count: bool,
) -> None:
    """Back to the queue, in a transaction that holds the evaluations. `count`: it was a failure of ours."""
    await store.requeue(fences, reason=reason, host=host, pause=pause, count=count)
    for fence in fences:
        await outbox.append(
            "evaluation.retried",
            {"evaluation": fence.evaluation_id, "submission": submission_id, "attempt": str(fence.attempt)},
            actor=SYSTEM,
            reason=reason,
        )
    if not pause:
        await claiming.wake(team_id)
    await database.notify("submission", submission_id)


async def forget_old_jobs() -> int:
    """Delete wake-ups that ended a while ago, and those whose worker died; returns how many."""
    return await database.execute(
        "DELETE FROM procrastinate_jobs job WHERE job.queue_name = $1 AND ("
        " (job.status IN ('succeeded', 'failed', 'cancelled', 'aborted') AND NOT EXISTS ("
        "   SELECT 1 FROM procrastinate_events event WHERE event.job_id = job.id"
        "   AND event.at > clock_timestamp() - $2::interval))"
        " OR (job.status = 'doing' AND NOT EXISTS ("
        "   SELECT 1 FROM procrastinate_workers worker WHERE worker.id = job.worker_id"
        "   AND worker.last_heartbeat > clock_timestamp() - $3::interval)))",
        claiming.QUEUE,
        KEEP_JOBS,
        DEAD_AFTER,
    )

"""What other packages ask of evaluations."""

import asyncio
from collections.abc import Collection, Sequence
from uuid import UUID

from hackathon import store as database
from hackathon.evaluations import claiming, reading, store
from hackathon.evaluations.catalog import Catalog
from hackathon.evaluations.model import FAILURES_TO_ALARM, Evaluated, Trouble
from hackathon.evaluations.planning import make_plan, read_subject
from sandbox.model import CaseSet

SHIPPED = Catalog()
"""The tasks that ship with the product."""

AT_ONCE = (CaseSet.PUBLIC, CaseSet.BOARD)
"""The case sets that every submission is evaluated on when it comes in."""


async def enqueue(submission_id: UUID, *, catalog: Catalog = SHIPPED) -> tuple[UUID, ...]:
    """Queue the evaluations of a new submission, in the caller's transaction; returns their ids.

    What was queued before is left as it is. Raises NothingToPlan, TaskInvalid, and RuntimeError outside of a
    transaction.
    """
    database.require_transaction()
    return await _enqueue(submission_id, AT_ONCE, catalog)


async def enqueue_final(submission_id: UUID, *, catalog: Catalog = SHIPPED) -> tuple[UUID, ...]:
    """Queue the evaluation of a submission on the final cases, in the caller's transaction, which locks its entry.

    Once: where it has one already, in whatever state, nothing is queued. Raises NothingToPlan, TaskInvalid, and
    RuntimeError outside of a transaction.
    """
    database.require_transaction()
    return await _enqueue(submission_id, (CaseSet.FINAL,), catalog)


async def finished_finals(submission_ids: Collection[UUID]) -> tuple[Evaluated, ...]:
    """How submissions did on the final cases, each in the last round that has finished; the others are left out."""
    return await reading.finished_finals(submission_ids)


async def _enqueue(submission_id: UUID, case_sets: Sequence[CaseSet], catalog: Catalog) -> tuple[UUID, ...]:
    subject = await read_subject(submission_id)
    tasks = [await asyncio.to_thread(catalog.get, slug) for slug in subject.weights]
    public = {task.slug: len(await asyncio.to_thread(catalog.public_cases, task)) for task in tasks}
    made = []
    for case_set in case_sets:
        plan = make_plan(case_set, subject, tasks, public)
        evaluation_id = await store.insert(submission_id, subject.entry_id, subject.team_id, subject.track_id, plan)
        if evaluation_id is not None:
            made.append(evaluation_id)
    if made:
        await claiming.wake(subject.team_id)
        await database.notify("submission", submission_id)
    return tuple(made)


async def latest_evaluated(track_id: UUID) -> tuple[Evaluated, ...]:
    """Each entry of a track with its latest submission that counts: all cases done, or a charged failure."""
    return await reading.latest_evaluated(track_id)


async def troubles() -> tuple[Trouble, ...]:
    """Evaluations that our side failed again and again, the worst first: for the organizer. They are still tried."""
    return await reading.troubles(FAILURES_TO_ALARM)

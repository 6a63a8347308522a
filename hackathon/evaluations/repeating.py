"""Evaluate a submission again, because an organizer asks for it.

What has finished never changes: another round is a row of its own, with its own runs, score and log. Until it has
finished the earlier round counts; afterwards a new publication shows what is different, and the old ones stay.
"""

import asyncio
from datetime import datetime
from typing import Any
from uuid import UUID

from hackathon import outbox
from hackathon import store as database
from hackathon.errors import Conflict, NotFound, Refusal
from hackathon.evaluations import claiming, store
from hackathon.evaluations.catalog import Catalog
from hackathon.evaluations.model import Plan, State
from hackathon.evaluations.planning import make_plan, read_subject
from hackathon.evaluations.service import AT_ONCE, SHIPPED
from hackathon.model import Principal
from hackathon.permissions import require_organizer
from sandbox.model import CaseSet, Text

LONGEST_REASON = 500


class EvaluationUnknown(NotFound):
    """There is no such evaluation."""

    def __init__(self) -> None:
        super().__init__(Text(id="Pengujian ini tidak ada.", en="There is no such evaluation."), "evaluation_unknown")


class EvaluationUnderWay(Conflict):
    """A worker has it."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Pengajuan ini sedang diuji. Tunggu sampai selesai, lalu uji ulang bila masih perlu.",
                en="This submission is being tested. Wait until that has ended, then test it again if need be.",
            ),
            "evaluation_under_way",
        )


class ReasonInvalid(Refusal):
    """No reason was given, or too long a one."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id=f"Tulis alasan uji ulang, paling panjang {LONGEST_REASON} huruf. Alasan ini masuk rekam jejak.",
                en=f"Say why it is tested again, in {LONGEST_REASON} letters at most. The reason is kept in the audit.",
            ),
            "reason_invalid",
        )


async def retry(
    evaluation_id: UUID,
    reason: str,
    actor: Principal,
    now: datetime | None = None,
    *,
    catalog: Catalog = SHIPPED,
) -> tuple[UUID, ...]:
    """Queue an evaluation again, with those that run in the same container; returns the ids that wait now.

    One that has finished gets another round. One that waits (after failures of ours, say) is due at once, its failures
    forgotten. Both are planned anew on the tasks as they are, so that a task that was mended is used. Without `now`
    the database's clock rules. Raises Forbidden, EvaluationUnknown, EvaluationUnderWay, ReasonInvalid, and
    NothingToPlan or TaskInvalid where the tasks are not there.
    """
    require_organizer(actor)
    why = " ".join(reason.split())
    if not 1 <= len(why) <= LONGEST_REASON or not why.isprintable():
        raise ReasonInvalid
    async with database.transaction():
        asked = await database.fetch_one("SELECT submission_id, case_set FROM evaluation WHERE id = $1", evaluation_id)
        if asked is None:
            raise EvaluationUnknown
        submission_id = asked["submission_id"]
        # Two organizers at once: the second one finds what the first one queued.
        await database.execute("SELECT 1 FROM submission WHERE id = $1 FOR NO KEY UPDATE", submission_id)
        together = (CaseSet.FINAL,) if asked["case_set"] == CaseSet.FINAL else AT_ONCE
        rows = await _latest(submission_id, together)
        if any(State(row["state"]) in {State.BUILDING, State.RUNNING} for row in rows):
            raise EvaluationUnderWay
        plans = await _plans(submission_id, together, catalog)
        waiting = tuple([await _queue(row, plans[CaseSet(row["case_set"])]) for row in rows])
        await database.execute(
            "UPDATE evaluation SET due_at = coalesce($2, clock_timestamp()) WHERE id = ANY($1)", waiting, now
        )
        for row, fresh in zip(rows, waiting, strict=True):
            await outbox.append(
                "evaluation.repeated",
                {
                    "evaluation": fresh,
                    "of": row["id"],
                    "submission": submission_id,
                    "case_set": row["case_set"],
                    "attempt": str(row["attempt"] + 1),
                },
                actor=actor,
                reason=why,
            )
        await claiming.wake(rows[0]["team_id"])
        await database.notify("submission", submission_id)
    return waiting


async def _latest(submission_id: UUID, together: tuple[CaseSet, ...]) -> list[database.Row]:
    return await database.fetch(
        "SELECT evaluation.* FROM evaluation WHERE submission_id = $1 AND case_set = ANY($2) AND NOT EXISTS ("
        " SELECT 1 FROM evaluation later WHERE later.submission_id = evaluation.submission_id"
        " AND later.case_set = evaluation.case_set AND later.round > evaluation.round)"
        " ORDER BY case_set DESC FOR NO KEY UPDATE",
        submission_id,
        [str(case_set) for case_set in together],
    )


async def _plans(submission_id: UUID, together: tuple[CaseSet, ...], catalog: Catalog) -> dict[CaseSet, Plan]:
    subject = await read_subject(submission_id)
    tasks = [await asyncio.to_thread(catalog.get, slug) for slug in subject.weights]
    public = {task.slug: len(await asyncio.to_thread(catalog.public_cases, task)) for task in tasks}
    return {case_set: make_plan(case_set, subject, tasks, public) for case_set in together}


async def _queue(row: Any, plan: Plan) -> UUID:
    """Another round of one that has finished; one that waits stays the same row."""
    if State(row["state"]) is State.QUEUED:
        await store.plan_anew(row["id"], plan)
        waiting: UUID = row["id"]
        return waiting
    made = await store.insert(
        row["submission_id"],
        row["entry_id"],
        row["team_id"],
        row["track_id"],
        plan,
        round_number=row["round"] + 1,
        attempt=row["attempt"],
    )
    if made is None:
        raise RuntimeError("a round that nobody else could make is there already")
    return made

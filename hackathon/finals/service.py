"""Fix what is judged, lift it where a team got more time, plan the final evaluations; and tell others of it.

All of it is derived from the rows, so any number of processes may do it at any moment: each step looks again under the
entry's lock, and finds what another has done.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from hackathon import evaluations, events, outbox, store, submissions
from hackathon.evaluations import Catalog, Evaluated
from hackathon.events import Event, Extension
from hackathon.finals import store as rows
from hackathon.finals.model import (
    Decision,
    EntryFacts,
    EntryFinal,
    FinalEvaluation,
    Judged,
    Overdue,
    Stage,
    decide,
)
from hackathon.model import SYSTEM
from hackathon.teams import EntryUnknown

LATE = timedelta(days=30)
"""How long after objections what our side kept from being fixed or tested is still done: results wait for all of it."""

_log = structlog.get_logger(__name__)


async def judged_of(event_id: UUID) -> Mapping[UUID, Judged]:
    """What is judged in an event, by entry; entries that are not fixed (or have time again) are not in it."""
    event, extensions = await _timing(event_id)
    return {
        judged.entry_id: judged
        for judged, standing in await rows.read_judged(event_id)
        if events.deadline(event.schedule, extensions, standing) <= judged.deadline
    }


async def judged(entry_id: UUID) -> Judged | None:
    """What is judged of an entry; None where it is not fixed (or has time again)."""
    found = await rows.read_judged_of(entry_id)
    if found is None:
        return None
    fixed, standing, event_id = found
    event, extensions = await _timing(event_id)
    return fixed if events.deadline(event.schedule, extensions, standing) <= fixed.deadline else None


async def results_of(track_id: UUID) -> tuple[Evaluated, ...]:
    """How the judged submissions of a track did on the final cases: those that have finished."""
    event_id = await rows.event_of_track(track_id)
    if event_id is None:
        return ()
    wanted = [one.submission_id for one in (await judged_of(event_id)).values() if one.track_id == track_id]
    return await evaluations.finished_finals(wanted)


async def finals_of(event_id: UUID) -> Mapping[UUID, FinalEvaluation]:
    """Where the final evaluations of an event's judged submissions are, by entry. For organizers and judges only."""
    fixed = await judged_of(event_id)
    found = await rows.read_finals([one.submission_id for one in fixed.values()])
    return {entry: found[one.submission_id] for entry, one in fixed.items() if one.submission_id in found}


async def entry_final(entry_id: UUID, *, now: datetime | None = None) -> EntryFinal:
    """What organizers see of an entry's fixing. Raises EntryUnknown."""
    entry = await rows.read_entry_facts(entry_id)
    event_id = None if entry is None else await rows.event_of_track(entry.standing.track_id)
    if entry is None or event_id is None:
        raise EntryUnknown
    event, extensions = await _timing(event_id)
    deadline = events.deadline(event.schedule, extensions, entry.standing)
    fixed = await judged(entry_id)
    found = {} if fixed is None else await rows.read_finals([fixed.submission_id])
    return EntryFinal(
        stage=decide(entry, deadline, now or await store.clock()).stage,
        deadline=deadline,
        judged=fixed,
        evaluation=None if fixed is None else found.get(fixed.submission_id),
        history=await rows.read_history(entry_id),
    )


async def overdue(event: Event, *, now: datetime) -> Overdue:
    """What organizers should know of an event's fixing, from the end of building on."""
    if not _takes_place(event, now):
        return Overdue()
    extensions = await events.list_extensions(event.id)
    unfixed: list[datetime] = []
    without = 0
    for facts in await rows.read_facts(event.id):
        deadline = events.deadline(event.schedule, extensions, facts.standing)
        if now < deadline or (facts.revision is not None and facts.revision.stands(deadline)):
            continue
        stage = decide(await rows.with_versions(facts), deadline, now).stage
        if stage is Stage.NOTHING:
            without += facts.submissions > 0
        else:
            unfixed.append(deadline)
    fixed = await judged_of(event.id)
    planned = await rows.read_finals([one.submission_id for one in fixed.values()])
    unplanned = [one.fixed_at for one in fixed.values() if one.submission_id not in planned]
    return Overdue(len(unfixed), min(unfixed, default=None), without, len(unplanned), min(unplanned, default=None))


async def fix_due(*, catalog: Catalog | None = None, now: datetime | None = None) -> int:
    """One round over all events from the end of building until some time after that of objections; returns how many
    revisions were written. Without `now` the database's clock rules. An event that fails holds up no other.
    """
    moment = now or await store.clock()
    written = 0
    touched = await rows.events_with_revisions()
    for event in await events.list_events():
        begun = _takes_place(event, moment)
        # Where building goes on after all, what was fixed is lifted.
        if not begun and not (moment < event.schedule.building_closes and event.id in touched):
            continue
        try:
            written += await _fix_event(event, moment, now)
            if begun:
                await _plan_event(event, catalog)
        except Exception:
            _log.exception("finals.failed", of=event.slug)  # organizers see what is overdue
    return written


async def _fix_event(event: Event, moment: datetime, now: datetime | None) -> int:
    """`moment` tells what to look at; what is written down is decided again by `now`, or the clock, under the lock."""
    written = 0
    extensions = await events.list_extensions(event.id)
    for facts in await rows.read_facts(event.id):
        decision = await _look(facts, event, extensions, moment)
        if (decision.lift or decision.stage is Stage.DUE) and await _settle(facts.entry_id, event.id, now):
            written += 1
    return written


async def _look(facts: EntryFacts, event: Event, extensions: tuple[Extension, ...], moment: datetime) -> Decision:
    deadline = events.deadline(event.schedule, extensions, facts.standing)
    quick = decide(facts, deadline, moment)
    if quick.stage in (Stage.OPEN, Stage.FIXED) or not facts.submissions:
        return quick
    return decide(await rows.with_versions(facts), deadline, moment)


async def _settle(entry_id: UUID, event_id: UUID, now: datetime | None) -> bool:
    """Look again while nobody else can hand in, choose or fix, and write the next revision; False where there is
    nothing to be written any more.
    """
    try:
        async with store.transaction():
            await submissions.lock_entry(entry_id)
            facts = await rows.read_entry_facts(entry_id)
            if facts is None:
                return False
            event, extensions = await _timing(event_id)
            deadline = events.deadline(event.schedule, extensions, facts.standing)
            moment = now or await store.clock()
            decision = decide(facts, deadline, moment)
            if not decision.lift and decision.submission is None:
                return False
            number = 1 if facts.revision is None else facts.revision.number + 1
            chosen = None if decision.submission is None else decision.submission.submission_id
            await rows.insert(entry_id, number, chosen, deadline, moment)
            await _tell(event_id, facts, decision, number)
    except EntryUnknown:
        return False  # its team withdrew it a moment ago
    return True


async def _tell(event_id: UUID, facts: EntryFacts, decision: Decision, revision: int) -> None:
    before = None if facts.revision is None else facts.revision.submission_id
    touched = before if decision.submission is None else decision.submission.submission_id
    assert touched is not None  # noqa: S101 - only what is fixed is lifted
    subject: dict[str, UUID | str] = {
        "event": event_id,
        "track": facts.standing.track_id,
        "team": facts.standing.team_id,
        "entry": facts.entry_id,
        "submission": touched,
        "revision": str(revision),
    }
    if decision.submission is None:
        await outbox.append("judged.lifted", subject, actor=SYSTEM, reason="the entry has more time")
    else:
        await outbox.append("judged.fixed", subject, actor=SYSTEM)
    for submission_id in {touched, before} - {None}:
        await store.notify("submission", str(submission_id))


async def _plan_event(event: Event, catalog: Catalog | None) -> None:
    """Queue the final evaluation of what is fixed and has none."""
    fixed = await judged_of(event.id)
    planned = await rows.read_finals([one.submission_id for one in fixed.values()])
    for one in fixed.values():
        if one.submission_id in planned:
            continue
        try:
            async with store.transaction():
                await submissions.lock_entry(one.entry_id)
                if catalog is None:
                    await evaluations.enqueue_final(one.submission_id)
                else:
                    await evaluations.enqueue_final(one.submission_id, catalog=catalog)
        except Exception:
            # The task's files are not there, say: organizers see it, and it is tried again.
            _log.exception("finals.unplanned", submission=str(one.submission_id))


def _takes_place(event: Event, now: datetime) -> bool:
    return event.schedule.building_closes <= now < event.schedule.objection_closes + LATE


async def _timing(event_id: UUID) -> tuple[Event, tuple[Extension, ...]]:
    return await events.get_event_by_id(event_id), await events.list_extensions(event_id)

"""Write the board's next publication, and read those that are there. Public pages read nothing else."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from hackathon import outbox
from hackathon import store as database
from hackathon.events import Event, is_frozen
from hackathon.model import SYSTEM
from hackathon.outbox import AuditEntry
from judging import results
from judging.publications import store
from judging.publications.model import Body, Publication
from judging.standings import same_standing
from sandbox.model import CaseSet

_CHANGES = frozenset(
    {
        "event.applied",
        "event.rescheduled",
        "judged.fixed",
        "judged.lifted",
        "scorecard.sent",
        "scorecard.reopened",
        "assignment.recused",
        "assignment.withdrawn",
        "conflict.declared",
        "judge.left",
        "judging_rules.changed",
    }
)
"""Kinds of which a board may say something else; each names a track or an event."""


async def publish(
    track_id: UUID, *, clock: database.Clock = database.clock, new_id: Callable[[], UUID] = uuid4
) -> Publication | None:
    """Write the track's board as it stands, in a transaction of its own.

    None, and nothing is written: the board is frozen (checked under the lock, so a freeze cannot be raced), it says
    the same as the last publication, nobody is on it yet, judging is closed and a final evaluation is still missing, or
    there is no such track.
    """
    async with database.transaction():
        locked = await store.lock_track(track_id)
        if locked is None:
            return None
        event_id, schedule = locked
        now = await clock()
        if is_frozen(schedule, now):
            return None
        before = next(iter(await store.latest(track_id, 1)), None)
        previous = () if before is None else before.rows
        board = await results.board_of(event_id, track_id, now=now, previous=previous)
        if board.waiting or await _frozen_meanwhile(track_id, clock):
            return None
        rows, basis = board.composed.rows, board.composed.basis
        if same_standing(rows, previous) and (before is None or (basis, board.final) == (before.basis, before.final)):
            return None
        number = 1 if before is None else before.number + 1
        body = Body(track=track_id, number=number, created_at=now, rows=rows, basis=basis, final=board.final)
        publication = await store.insert(new_id(), body)
        await outbox.append(
            "publication.published",
            {"publication": publication.id, "track": track_id, "number": str(number), "hash": publication.sha256},
            actor=SYSTEM,
        )
        await database.notify("publication", track_id)
        return publication


async def _frozen_meanwhile(track_id: UUID, clock: database.Clock) -> bool:
    """Whether the freeze began while the board was read: then what was read may be of after it."""
    locked = await store.lock_track(track_id)
    return locked is None or is_frozen(locked[1], await clock())


async def on_change(entry: AuditEntry) -> None:
    """Handler of the outbox: publish the boards that this may change. Called again, it finds nothing new.

    An event whose schedule changed may have had its freeze lifted, so what came meanwhile is due.
    """
    if entry.kind == "evaluation.finished":
        changes = entry.subject.get("case_set") in (CaseSet.BOARD, CaseSet.FINAL)
    else:
        changes = entry.kind in _CHANGES
    if not changes:
        return
    if "track" in entry.subject:
        await publish(entry.id("track"))
    elif "event" in entry.subject:
        for track_id in await store.tracks_of(entry.id("event")):
            await publish(track_id)


async def latest(track_id: UUID) -> Publication | None:
    """The board as the public sees it; None before the first publication."""
    return next(iter(await store.latest(track_id, 1)), None)


async def latest_number(track_id: UUID) -> int:
    """The number of the last publication; 0 before the first."""
    return await store.latest_number(track_id)


async def history(track_id: UUID, count: int) -> tuple[Publication, ...]:
    """The last `count` publications, the oldest first."""
    return tuple(reversed(await store.latest(track_id, count)))


async def latest_of_event(event_id: UUID) -> dict[UUID, Publication]:
    """The last publication of each track of an event, by track; tracks without one are left out."""
    return {publication.track_id: publication for publication in await store.latest_of_event(event_id)}


async def results_out(event: Event, now: datetime) -> frozenset[UUID]:
    """The tracks whose results are published: judging has closed, nothing is frozen, and the board is final."""
    closes = event.schedule.judging_closes
    if now < closes or is_frozen(event.schedule, now):
        return frozenset()
    published = await latest_of_event(event.id)
    return frozenset(id for id, last in published.items() if last.final and last.created_at >= closes)


async def get(track_id: UUID, number: int) -> Publication | None:
    """One publication of a track; None where it has no such number."""
    return await store.number(track_id, number)

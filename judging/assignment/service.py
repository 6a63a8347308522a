"""Plan who judges what, change it by hand, and look at how the field is covered."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from hackathon import events, finals, outbox, store
from hackathon.events import Event
from hackathon.model import SYSTEM, Principal
from hackathon.names import clean_line
from hackathon.permissions import require_organizer
from judging import groups, judges, rules
from judging.assignment import store as rows
from judging.assignment.coverage import Coverage, coverage
from judging.assignment.errors import (
    AgencyAsked,
    AssignmentBarred,
    AssignmentDone,
    AssignmentUnknown,
    PlanInfeasible,
    PlanMoved,
)
from judging.assignment.model import Assignment, AssignmentView, Candidate, Card, Kind, Seat, State
from judging.assignment.proposal import PartInfeasible, Proposal, draw_positions, propose
from judging.groups import JudgingGroup
from sandbox.model import Text

_REASON = Text(id="Alasan", en="The reason")
LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class Field:
    """Who judges and who is judged in an event, and what stands between them. All of it as of one moment.

    `conflicts` has `asked` in it: pairs between whom only an unanswered question of their agencies stands.
    """

    candidates: tuple[Candidate, ...]
    seats: tuple[Seat, ...]
    conflicts: frozenset[tuple[UUID, UUID]]
    assignments: tuple[AssignmentView, ...]
    asked: frozenset[tuple[UUID, UUID]] = frozenset()

    def open(self, kind: Kind) -> tuple[AssignmentView, ...]:
        """The standing assignments of a kind."""
        return tuple(one for one in self.assignments if one.kind is kind and one.state is State.OPEN)

    def in_conflict(self) -> tuple[AssignmentView, ...]:
        """Standing assignments that a conflict of interest is between."""
        return tuple(
            one
            for one in self.assignments
            if one.state is State.OPEN and (one.judge_id, one.entry_id) in self.conflicts - self.asked
        )

    def covered(self, kind: Kind, reviews: int) -> Coverage:
        """How the assignments of a kind cover the field."""
        standing = self.open(kind)
        return coverage(
            [one.entry_id for one in self.candidates],
            [seat.judge_id for seat in self.seats],
            [one.pair for one in standing],
            k=reviews,
            done=[one.pair for one in standing if one.card is Card.SENT],
            conflicts=self.conflicts,
        )


async def field_of(event: Event, *, now: datetime) -> Field:
    """The field of an event: entries that are fixed for judging, or may still be; judges who take work."""
    return Field(
        candidates=await _candidates(event, now),
        seats=await rows.read_seats(event.id),
        conflicts=await judges.conflicts_of(event.id),
        assignments=await rows.read_all(event.id),
        asked=await judges.asked_about(event.id),
    )


async def plan(
    event_id: UUID,
    *,
    actor: Principal,
    preview: bool = False,
    kind: Kind = Kind.REVIEW,
    entries: Collection[UUID] | None = None,
    reviews: int | None = None,
    rebalance: bool = False,
    reason: str = "",
    seen: str | None = None,
    new_id: Callable[[], UUID] = uuid4,
) -> Proposal:
    """Give every entry its judges; with `preview` only say what that would do.

    Without `entries` the whole field is planned (for the final round, what its groups name), with the rules' number of
    reviews unless `reviews` is told. What stands stays; with `rebalance` assignments that nobody has begun may go to
    others. `seen` is the fingerprint of the plan that was looked at. Raises Forbidden, EventUnknown, PlanInfeasible,
    PlanMoved, Refusal for a reason that cannot be.
    """
    require_organizer(actor)
    words = "" if preview else clean_line(reason, what=_REASON, longest=LONGEST_REASON)
    event = await events.get_event_by_id(event_id)
    async with store.transaction():
        await rows.lock_assignments(event_id)
        if not preview:
            await rows.hold_scorecards(event_id)
        now = await store.clock()
        field = await field_of(event, now=now)
        chosen = await rules.get_rules(event_id)
        mine = [group for group in await groups.list_groups(event_id) if group.final == (kind is Kind.FINAL)]
        wanted = _wanted(field.candidates, kind, entries, mine)
        standing = [one for one in field.assignments if one.kind is kind and one.state is State.OPEN]
        recused = {
            (one.judge_id, one.entry_id) for one in field.assignments if one.kind is kind and one.state is State.RECUSED
        }
        needed = chosen.reviews if reviews is None else reviews
        if kind is Kind.FINAL and entries is None and rebalance:
            # Finalists that no group names were chosen by a plan of their own: levelling loads takes nobody out.
            counts = Counter(one.entry_id for one in standing)
            wanted += [one for one in field.candidates if one.entry_id in counts and one not in wanted]
            needed = max([needed, *counts.values()])
        try:
            found = propose(
                wanted,
                field.seats,
                mine,
                reviews=needed,
                max_load=chosen.max_load,
                conflicts=field.conflicts | recused,
                fixed=[one.pair for one in standing if one.begun or not rebalance],
                movable=[one.pair for one in standing if rebalance and not one.begun],
                seed=f"{event_id}:{kind}",
            )
        except PartInfeasible as infeasible:
            raise PlanInfeasible(
                infeasible.cause, infeasible.part.group.name if infeasible.part.group else ""
            ) from None
        if preview:
            return found
        if seen is not None and seen != found.fingerprint:
            raise PlanMoved
        going = {one.pair: one for one in standing}
        for pair in found.removed:
            await _end(going[pair], words, actor, now)
        await _make(event_id, found.added, kind, words, actor, now, new_id)
    return found


async def assign(
    judge_id: UUID,
    entry_id: UUID,
    *,
    reason: str,
    actor: Principal,
    kind: Kind = Kind.REVIEW,
    new_id: Callable[[], UUID] = uuid4,
) -> None:
    """Give one entry to one judge; where that stands already nothing happens.

    Raises Forbidden, AssignmentUnknown, AssignmentBarred, AgencyAsked, Refusal for a reason that cannot be.
    """
    require_organizer(actor)
    words = clean_line(reason, what=_REASON, longest=LONGEST_REASON)
    event_id = await rows.read_event_of(judge_id, entry_id)
    if event_id is None:
        raise AssignmentUnknown
    await assign_all(event_id, [Assignment(judge_id, entry_id)], kind, reason=words, actor=actor, new_id=new_id)


async def assign_all(
    event_id: UUID,
    pairs: Iterable[Assignment],
    kind: Kind,
    *,
    reason: str,
    actor: Principal,
    new_id: Callable[[], UUID] = uuid4,
) -> int:
    """Make these assignments, all or none; how many were new. Those that stand already are passed over.

    Raises Forbidden, AssignmentUnknown, AssignmentBarred, AgencyAsked, Refusal for a reason that cannot be.
    """
    require_organizer(actor)
    words = clean_line(reason, what=_REASON, longest=LONGEST_REASON)
    event = await events.get_event_by_id(event_id)
    async with store.transaction():
        await rows.lock_assignments(event_id)
        now = await store.clock()
        field = await field_of(event, now=now)
        standing = {one.pair for one in field.open(kind)}
        recused = {one.pair for one in field.assignments if one.kind is kind and one.state is State.RECUSED}
        known_judges = {seat.judge_id for seat in field.seats}
        known_entries = {one.entry_id for one in field.candidates}
        added = [pair for pair in dict.fromkeys(pairs) if pair not in standing]
        for pair in added:
            if pair.judge_id not in known_judges or pair.entry_id not in known_entries:
                raise AssignmentUnknown
            if (pair.judge_id, pair.entry_id) in field.asked:
                raise AgencyAsked
            if (pair.judge_id, pair.entry_id) in field.conflicts or pair in recused:
                raise AssignmentBarred
        return await _make(event_id, added, kind, words, actor, now, new_id)


async def withdraw(assignment_id: UUID, reason: str, *, actor: Principal) -> None:
    """Take an assignment back; one that has ended already stays as it is.

    Raises Forbidden, AssignmentUnknown, AssignmentDone, Refusal for a reason that cannot be.
    """
    require_organizer(actor)
    words = clean_line(reason, what=_REASON, longest=LONGEST_REASON)
    one = await get(assignment_id)
    async with store.transaction():
        await rows.lock_assignments(one.event_id)
        one = await get(assignment_id)
        if one.state is State.OPEN and not await _end(one, words, actor, await store.clock()):
            raise AssignmentDone


async def get(assignment_id: UUID) -> AssignmentView:
    """One assignment. Raises AssignmentUnknown."""
    found = await rows.read_one(assignment_id)
    if found is None:
        raise AssignmentUnknown
    return found


async def assignments_of(judge_id: UUID) -> tuple[AssignmentView, ...]:
    """All assignments of a judge in the order of the list, the ended ones too."""
    return await rows.read_of_judge(judge_id)


async def all_assignments(event_id: UUID) -> tuple[AssignmentView, ...]:
    """All assignments of an event, the ended ones too."""
    return await rows.read_all(event_id)


async def coverage_of(event_id: UUID, kind: Kind = Kind.REVIEW) -> Coverage:
    """How the assignments cover the field."""
    event = await events.get_event_by_id(event_id)
    field = await field_of(event, now=await store.clock())
    return field.covered(kind, (await rules.get_rules(event_id)).reviews)


async def choose_samples(
    event_id: UUID, samples: Sequence[UUID], reason: str, *, actor: Principal, new_id: Callable[[], UUID] = uuid4
) -> int:
    """Choose the entries that all judges score first, and give them to all; how many assignments were new.

    Samples that are no longer ones are taken from judges who have not sent them.
    Raises Forbidden, AssignmentUnknown, RulesInvalid, Refusal for a reason that cannot be.
    """
    require_organizer(actor)
    words = clean_line(reason, what=_REASON, longest=LONGEST_REASON)
    event = await events.get_event_by_id(event_id)
    known = {one.entry_id for one in await _candidates(event, await store.clock())}
    if not set(samples) <= known:
        raise AssignmentUnknown
    await rules.set_samples(event_id, samples, words, actor=actor)
    async with store.transaction():
        await rows.lock_assignments(event_id)
        now = await store.clock()
        wanted = set((await rules.get_rules(event_id)).samples)
        for one in await rows.read_all(event_id):
            if one.kind is Kind.CALIBRATION and one.state is State.OPEN and one.entry_id not in wanted:
                await _end(one, words, actor, now)
    return await calibrate(event_id, actor=actor, new_id=new_id)


async def calibrate(event_id: UUID, *, actor: Principal = SYSTEM, new_id: Callable[[], UUID] = uuid4) -> int:
    """Give every active judge the samples that no conflict keeps from it; how many assignments were new. Safe to call
    at any time, as when a judge joins.
    """
    event = await events.get_event_by_id(event_id)
    async with store.transaction():
        await rows.lock_assignments(event_id)
        now = await store.clock()
        field = await field_of(event, now=now)
        samples = (await rules.get_rules(event_id)).samples
        there = {one.pair for one in field.assignments if one.kind is Kind.CALIBRATION}
        ended = {one.pair for one in field.assignments if one.kind is Kind.CALIBRATION and one.state is State.WITHDRAWN}
        added = [
            pair
            for seat in field.seats
            for entry in samples
            if (pair := Assignment(seat.judge_id, entry)) not in there - ended
            and (seat.judge_id, entry) not in field.conflicts
        ]
        places = {(seat.judge_id, entry): n for seat in field.seats for n, entry in enumerate(samples, 1)}
        made = 0
        for pair in added:
            place = places[pair.judge_id, pair.entry_id]
            made += await _open(event_id, pair, Kind.CALIBRATION, place, None, actor, now, new_id)
        return made


async def _candidates(event: Event, now: datetime) -> tuple[Candidate, ...]:
    fixed = await finals.judged_of(event.id)
    extensions = await events.list_extensions(event.id)
    found = []
    for one, standing, sent in await rows.read_candidates(event.id, approval=event.rules.approval):
        if one.entry_id in fixed:
            found.append(one.as_fixed())
        elif now < events.deadline(event.schedule, extensions, standing) or (sent and await _may_be_fixed(one, now)):
            found.append(one)
    return tuple(found)


async def _may_be_fixed(one: Candidate, now: datetime) -> bool:
    return (await finals.entry_final(one.entry_id, now=now)).stage is not finals.Stage.NOTHING


def _wanted(
    candidates: Sequence[Candidate], kind: Kind, entries: Collection[UUID] | None, mine: Sequence[JudgingGroup]
) -> list[Candidate]:
    if entries is not None:
        return [one for one in candidates if one.entry_id in entries]
    if kind is Kind.FINAL:
        named = {entry for group in mine for entry in group.entries}
        tracks = {track for group in mine for track in group.tracks}
        return [one for one in candidates if one.entry_id in named or one.track_id in tracks]
    return list(candidates)


async def _make(
    event_id: UUID,
    pairs: Iterable[Assignment],
    kind: Kind,
    reason: str,
    actor: Principal,
    now: datetime,
    new_id: Callable[[], UUID],
) -> int:
    placed = draw_positions(pairs, await rows.read_positions(event_id, kind), f"{event_id}:{kind}")
    made = 0
    for pair, place in placed:
        made += await _open(event_id, pair, kind, place, reason, actor, now, new_id)
    return made


async def _open(
    event_id: UUID,
    pair: Assignment,
    kind: Kind,
    place: int,
    reason: str | None,
    actor: Principal,
    now: datetime,
    new_id: Callable[[], UUID],
) -> bool:
    found = await rows.open_assignment(new_id(), pair.judge_id, pair.entry_id, kind, place, now)
    if found is None:
        return False
    await outbox.append(
        "assignment.made",
        {
            "event": event_id,
            "assignment": found,
            "judge": pair.judge_id,
            "entry": pair.entry_id,
            "kind": str(kind),
        },
        actor=actor,
        reason=reason,
    )
    return True


async def _end(one: AssignmentView, reason: str, actor: Principal, now: datetime) -> bool:
    if not await rows.end_assignment(one.id, reason, now):
        return False
    await outbox.append(
        "assignment.withdrawn",
        {"event": one.event_id, "assignment": one.id, "judge": one.judge_id, "entry": one.entry_id},
        actor=actor,
        reason=reason,
    )
    return True

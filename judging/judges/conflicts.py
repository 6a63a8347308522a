"""Conflicts of interest: declared by judges, noted by organizers, left behind by recusals, or plain from rows."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from hackathon import outbox, store
from hackathon.model import SYSTEM, Principal
from hackathon.names import clean_line
from hackathon.permissions import require_organizer
from judging.judges import store as rows
from judging.judges.agency_questions import by_agency
from judging.judges.errors import AlreadySent, AssignmentGone, JudgeUnknown
from judging.judges.model import Conflict, Judge, Source, State, TeamName
from sandbox.model import Text

_REASON = Text(id="Alasan", en="The reason")


async def conflicts_of(event_id: UUID) -> frozenset[tuple[UUID, UUID]]:
    """Which judge must not judge which entry: by a conflict that stands, by agency, as a member of the team, or until
    the organizers have said whether their agencies are one (`asked_about`).
    """
    found = await by_agency(event_id)
    return await rows.read_pairs(event_id) | found.same | found.asked


async def asked_about(event_id: UUID) -> frozenset[tuple[UUID, UUID]]:
    """Judges and entries between whom only an open question of their agencies stands."""
    return (await by_agency(event_id)).asked - await rows.read_pairs(event_id)


async def declared(judge_id: UUID) -> tuple[Conflict, ...]:
    """The standing conflicts of a judge, by team."""
    return await rows.read_conflicts(judge_id)


async def declared_in(event_id: UUID, *, actor: Principal) -> Mapping[UUID, tuple[Conflict, ...]]:
    """The standing conflicts of an event with their reasons, by judge. Organizers only."""
    require_organizer(actor)
    return await rows.read_all_conflicts(event_id)


async def declare(judge_id: UUID, team_id: UUID, reason: str, *, actor: Principal, now: datetime) -> None:
    """Say that a judge must not judge a team: the judge, or an organizer. Open work on it ends; what was sent stays.

    Twice is fine. Raises Forbidden, JudgeUnknown, Refusal without a reason.
    """
    why = clean_line(reason, what=_REASON, longest=300)
    async with store.transaction():
        judge = await _own(judge_id, actor)
        source = Source.DECLARED if judge.account_id == actor.account_id else Source.ORGANIZER
        await _note(judge, team_id, source, why, actor, now)
        if source is Source.DECLARED:
            await rows.note_declared(judge_id, now)
        for assignment, entry in await rows.end_assignments(judge_id, "withdrawn", why, now, team_id=team_id):
            subject = {"assignment": assignment, "judge": judge_id, "entry": entry, "event": judge.event_id}
            await outbox.append("assignment.withdrawn", subject, actor=SYSTEM, reason=why)


async def confirm(judge_id: UUID, *, actor: Principal, now: datetime) -> None:
    """Say that every conflict is declared, of which there may be none: without it no scorecard opens. The judge's
    alone; twice is fine. Raises JudgeUnknown.
    """
    async with store.transaction():
        judge = await rows.read_judge(judge_id, lock=True)
        if judge is None or judge.state is not State.ACTIVE or judge.account_id != actor.account_id:
            raise JudgeUnknown
        if await rows.note_declared(judge_id, now):
            await outbox.append("judge.declared", {"judge": judge_id, "event": judge.event_id}, actor=actor)


async def withdraw(judge_id: UUID, team_id: UUID, *, actor: Principal, now: datetime) -> None:
    """Take a conflict back; where none stands, nothing happens. Judges take back only what they declared themselves.

    Raises Forbidden, JudgeUnknown.
    """
    async with store.transaction():
        judge = await _own(judge_id, actor)
        sources = (Source.DECLARED,) if judge.account_id == actor.account_id else tuple(Source)
        if await rows.withdraw_conflict(judge_id, team_id, sources, now):
            subject = {"judge": judge_id, "team": team_id, "event": judge.event_id}
            await outbox.append("conflict.withdrawn", subject, actor=actor)


async def recuse(assignment_id: UUID, reason: str, *, actor: Principal, now: datetime) -> None:
    """Give one's own assignment back with a reason; the team is not given to this judge again.

    Raises AssignmentGone, AlreadySent, Refusal without a reason.
    """
    why = clean_line(reason, what=_REASON, longest=300)
    async with store.transaction():
        # The judge first, as everybody who ends a judge's work does: two at once wait for each other in one order.
        judge = await rows.hold_judge_of_work(assignment_id)
        if judge is None or judge.account_id != actor.account_id:
            raise AssignmentGone
        held = await rows.lock_assignment(assignment_id)
        if held is None:
            raise AssignmentGone
        team_id, sent = held
        if sent:
            raise AlreadySent
        await _note(judge, team_id, Source.RECUSAL, why, actor, now)
        for assignment, entry in await rows.end_assignments(judge.id, "recused", why, now, team_id=team_id):
            subject = {"assignment": assignment, "judge": judge.id, "entry": entry, "event": judge.event_id}
            await outbox.append("assignment.recused", subject, actor=actor, reason=why)


async def teams_of(event_id: UUID) -> tuple[TeamName, ...]:
    """The teams of an event, by name, for its judges to declare conflicts with."""
    return await rows.read_teams(event_id)


async def require_open(assignment_id: UUID, judge_id: UUID) -> None:
    """Raises AssignmentGone unless the assignment is this judge's and stands."""
    if not await rows.is_open(assignment_id, judge_id):
        raise AssignmentGone


async def _own(judge_id: UUID, actor: Principal) -> Judge:
    judge = await rows.read_judge(judge_id, lock=True)
    if judge is None or judge.state is State.LEFT:
        raise JudgeUnknown
    if judge.account_id != actor.account_id:
        require_organizer(actor)
    return judge


async def _note(judge: Judge, team_id: UUID, source: Source, why: str, actor: Principal, now: datetime) -> None:
    if await rows.insert_conflict(judge.id, team_id, source, why, now):
        subject = {"judge": judge.id, "team": team_id, "event": judge.event_id, "source": source.value}
        await outbox.append("conflict.declared", subject, actor=actor, reason=why)

"""Questions to the organizers of whether a judge's agency is a team's. Until one is answered nobody gets the other's
prototype: an answer takes a moment, and what a judge has seen cannot be unseen.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from hackathon import outbox, store
from hackathon.errors import NotFound
from hackathon.model import SYSTEM, Principal
from hackathon.permissions import require_organizer
from judging.agencies import Answer, Between, Holder, Question, between, key_of, pair_of, questions
from judging.agencies import store as names
from judging.judges import store as rows
from judging.judges.model import Judge, TeamName
from sandbox.model import Text

_SAME = Text(
    id="Panitia memastikan juri dan tim ini seinstansi.",
    en="The organizers said that this judge and this team are of one agency.",
)


class QuestionGone(NotFound):
    """Nobody is asked this: names changed, or the judge or the team left."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Pertanyaan ini tidak ada lagi: instansi juri atau timnya sudah berubah.",
                en="This question is gone: the agency of the judge or the team has changed.",
            ),
            "agency_question_gone",
        )


async def by_agency(event_id: UUID) -> Between:
    """Judges and entries between whom their agencies stand: certainly, or by a question that is open."""
    judges, entries = await names.read_holders(event_id)
    return between(judges, entries, await _said(event_id))


async def agency_questions(event_id: UUID, *, actor: Principal) -> tuple[Question, ...]:
    """What the organizers are to say of agencies. Organizers only."""
    require_organizer(actor)
    return await _open(event_id)


async def agency_answers(event_id: UUID, *, actor: Principal) -> tuple[Answer, ...]:
    """What they said. Organizers only."""
    require_organizer(actor)
    return tuple((await names.read_answers(event_id)).values())


async def answer_agency(event_id: UUID, one: str, other: str, *, same: bool, actor: Principal, now: datetime) -> None:
    """Say whether two names mean one agency; said again it changes nothing, and it may be said otherwise later. Open
    work between people of one agency ends; what was sent stays, and is shown as a conflict. Organizers only.

    Raises Forbidden, QuestionGone.
    """
    require_organizer(actor)
    pair = pair_of(one, other)
    async with store.transaction():
        known = {pair: (old.first, old.second) for pair, old in (await names.read_answers(event_id)).items()}
        for question in await _open(event_id):
            known[question.pair] = _in_order(question)
        if pair not in known:
            raise QuestionGone
        written = known[pair]
        if not await names.write_answer(event_id, pair, written, same, now):
            return
        subject = {"event": event_id, "same": "yes" if same else "no"}
        await outbox.append("agency.answered", subject, actor=actor, reason=" / ".join(written))
        if same:
            await part_by_agency(event_id, now)


async def teams_apart(judge: Judge) -> tuple[TeamName, ...]:
    """The teams of a judge's own agency, by name."""
    teams = await rows.read_teams(judge.event_id)
    mine = Holder(judge.id, judge.agency)
    found = between([mine], [Holder(one.id, one.agency) for one in teams], await _said(judge.event_id))
    return tuple(one for one in teams if (judge.id, one.id) in found.same)


async def part_by_agency(event_id: UUID, now: datetime, *, only: UUID | None = None) -> None:
    """End the open work between people of one agency, within the transaction of what made it so: of all judges, or
    only of one, whom the caller holds.
    """
    same = (await by_agency(event_id)).same
    work = await names.read_work_between(event_id)
    found = [(judge, team) for judge, entry, team in work if (judge, entry) in same and only in (None, judge)]
    await rows.hold_judges({judge for judge, _ in found})
    for judge, team in found:
        for assignment, of in await rows.end_assignments(judge, "withdrawn", _SAME.id, now, team_id=team):
            subject = {"assignment": assignment, "judge": judge, "entry": of, "event": event_id}
            await outbox.append("assignment.withdrawn", subject, actor=SYSTEM, reason=_SAME.id)


async def _open(event_id: UUID) -> tuple[Question, ...]:
    sitting = await names.read_sitting(event_id)
    judges, entries = await names.read_holders(event_id)
    return questions([one for one in judges if one.id in sitting], entries, await _said(event_id))


def _in_order(question: Question) -> tuple[str, str]:
    one, other = question.judge_agency, question.team_agency
    return (one, other) if key_of(one) == question.pair[0] else (other, one)


async def _said(event_id: UUID) -> Mapping[tuple[str, str], bool]:
    return {pair: answer.same for pair, answer in (await names.read_answers(event_id)).items()}

"""What every page of a judge begins with: the judge, the event, its frame."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from frontend.language import Language, say
from frontend.pages.forms import Problems
from frontend.pages.frame import EventFrame, Frame, make_frame, page, zone_of
from frontend.pages.reading import Reader
from frontend.pages.schedule import stage
from frontend.pages.visiting import Visit
from hackathon import events
from hackathon.errors import Forbidden
from hackathon.events import Event, Phase, phase
from hackathon.model import Principal
from judging import judges, rules, scorecards
from judging.judges import Judge
from judging.rules import JudgingRules
from judging.scorecards import AssignmentUnknown, Work
from sandbox.model import Text

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Slug = FromPath[str]
Id = FromPath[UUID]


class NotAJudge(Forbidden):
    """This person judges nothing in this event."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "Halaman ini untuk juri acara. Bila Anda diundang menjadi juri, buka dahulu tautan undangan dari "
                "panitia.",
                "This page is for the event's judges. If you were invited to judge, first open the organizers' "
                "invitation link.",
            ),
            "not_a_judge",
        )


@dataclass(frozen=True, slots=True)
class Seat:
    """A judge before an event. `works` are all that is theirs, in their order."""

    visitor: Visit
    actor: Principal
    judge: Judge
    event: Event
    rules: JudgingRules
    works: tuple[Work, ...]
    now: datetime

    @property
    def root(self) -> str:
        """The address of the judge's tasks."""
        return f"/acara/{self.event.slug}/juri"

    @property
    def zone(self) -> ZoneInfo:
        """The judge's zone."""
        return zone_of(self.visitor, self.event)

    @property
    def language(self) -> Language:
        """The visitor's."""
        return self.visitor.language

    @property
    def frame(self) -> Frame:
        """Everything around the page."""
        now_is = stage(self.event.schedule, self.now, self.zone, self.language)
        frame = EventFrame.of(self.event, self.visitor)
        return make_frame(self.visitor, self.now, event=frame, stage=now_is, here="judge")

    @property
    def open(self) -> bool:
        """Whether scores are taken now."""
        return self.now < self.event.schedule.judging_closes

    @property
    def begun(self) -> bool:
        """Whether building is over for most."""
        return phase(self.event.schedule, self.now) not in (Phase.UPCOMING, Phase.REGISTRATION, Phase.BUILDING)

    def find(self, assignment_id: UUID) -> Work:
        """One of the judge's assignments in this event. Raises AssignmentUnknown."""
        for work in self.works:
            if work.assignment_id == assignment_id:
                return work
        raise AssignmentUnknown

    def name(self, work: Work) -> str:
        """What the page calls an entry: its team, or without names a code that is the same for all judges."""
        if self.rules.blind:
            return say(self.language, "Prototipe {code}", code=work.code)
        return work.team

    def next_open(self, after: UUID | None = None) -> Work | None:
        """The next assignment that is not sent: after this one if there is any, else from the beginning."""
        ids = [work.assignment_id for work in self.works]
        start = ids.index(after) + 1 if after in ids else 0
        turned = (*self.works[start:], *self.works[:start])
        return next((one for one in turned if not (one.sent or one.ended) and one.assignment_id != after), None)


async def open_seat(slug: str, visitor: Visit, reader: Reader) -> Seat:
    """The seat of the visitor. Raises SignInNeeded, EventUnknown, NotAJudge."""
    person = visitor.signed_in()
    event = await events.get_event(slug)
    judge = await judges.judge_of(event.id, person.account_id)
    if judge is None or person.principal.is_organizer:
        raise NotAJudge
    works = await scorecards.works_of(judge.id)
    judging = await rules.get_rules(event.id)
    return Seat(visitor, person.principal, judge, event, judging, works, await reader.now())


def show(
    seat: Seat,
    template: str,
    *,
    problems: Problems | None = None,
    status: int | None = None,
    frame: Frame | None = None,
    **context: Any,
) -> Response[str]:
    """A page of the judge, with what is wrong with its form."""
    wrong = problems or None
    return page(
        f"panel/{template}.html",
        seat.visitor,
        frame or seat.frame,
        status=status or (wrong.status if wrong else 200),
        problems=wrong.told(seat.language) if wrong else None,
        seat=seat,
        root=seat.root,
        zone=seat.zone,
        **context,
    )

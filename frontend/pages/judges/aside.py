"""What a judge says of conflicts of interest, and how one gives an assignment back."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, QueryParameter
from litestar.response import Response

from frontend.pages.console.entries import Choice
from frontend.pages.forms import Problems, done, read_form
from frontend.pages.frame import EventFrame, make_frame, page, zone_of
from frontend.pages.judges.listing import Boards, Slug, Visitor
from frontend.pages.reading import Reader
from frontend.pages.schedule import stage
from frontend.pages.visiting import AnyRequest, Visit
from hackathon import events
from hackathon.errors import NotFound, Refusal
from hackathon.events import Event
from judging import judges
from judging.judges import Judge, JudgeUnknown

Task = Annotated[str, QueryParameter(name="tugas", max_length=60)]
"""The assignment that the judge came from and goes back to."""

_NAMES = ("name_empty", "name_too_long", "name_unreadable")


@dataclass(frozen=True, slots=True)
class Seat:
    """A judge before an event."""

    event: Event
    judge: Judge


@get("/acara/{slug:str}/juri/benturan")
async def conflicts_page(slug: Slug, visitor: Visitor, reader: Boards, task: Task = "") -> Response[str]:
    """The teams that this judge must not judge, and a form for another."""
    return await _page(await _seat(slug, visitor), visitor, reader, task=_task(task))


@post("/acara/{slug:str}/juri/benturan", status_code=200)
async def declare(slug: Slug, request: AnyRequest, visitor: Visitor, reader: Boards) -> Response[str]:
    """Declare a conflict, take one back, or say that all are declared, which opens the scorecards."""
    seat, person = await _seat(slug, visitor), visitor.signed_in().principal
    form, problems, now = await read_form(request, visitor), Problems(), await reader.now()
    task = _task(form.text("tugas"))
    if form.text("aksi") == "lengkap":
        await judges.confirm(seat.judge.id, actor=person, now=now)
        return done(f"/acara/{slug}/juri{task and '/' + task}", "tersimpan")
    teams = {str(one.id): one.id for one in await judges.teams_of(seat.event.id)}
    team = teams.get(form.text("tim"))
    try:
        if team is None:
            raise judges.TeamMissing
        if form.text("aksi") == "tarik":
            await judges.withdraw(seat.judge.id, team, actor=person, now=now)
        else:
            await judges.declare(seat.judge.id, team, form.text("alasan"), actor=person, now=now)
    except Refusal as refusal:
        problems.refused(refusal, dict.fromkeys(_NAMES, "alasan") | {"team_missing": "tim"})
        return await _page(seat, visitor, reader, problems, form.text("tim"), form.text("alasan"), task)
    return done(f"/acara/{slug}/juri/benturan{task and '?tugas=' + task}", "tersimpan")


@get("/acara/{slug:str}/juri/{assignment_id:uuid}/mundur")
async def recusal_page(slug: Slug, assignment_id: FromPath[UUID], visitor: Visitor, reader: Boards) -> Response[str]:
    """Ask why."""
    seat = await _seat(slug, visitor)
    await judges.require_open(assignment_id, seat.judge.id)
    return await _recusal(seat, visitor, reader)


@post("/acara/{slug:str}/juri/{assignment_id:uuid}/mundur", status_code=200)
async def recuse(
    slug: Slug, assignment_id: FromPath[UUID], request: AnyRequest, visitor: Visitor, reader: Boards
) -> Response[str]:
    """Give an assignment back."""
    seat, person = await _seat(slug, visitor), visitor.signed_in().principal
    form, problems = await read_form(request, visitor), Problems()
    try:
        await judges.recuse(assignment_id, form.text("alasan"), actor=person, now=await reader.now())
    except NotFound:
        raise
    except Refusal as refusal:
        problems.refused(refusal, dict.fromkeys(_NAMES, "alasan"))
        return await _recusal(seat, visitor, reader, problems, form.text("alasan"))
    return done(f"/acara/{slug}/juri", "tersimpan")


async def _seat(slug: str, visitor: Visit) -> Seat:
    person = visitor.signed_in()
    event = await events.get_event(slug)
    judge = await judges.judge_of(event.id, person.account_id)
    if judge is None:
        raise JudgeUnknown
    return Seat(event, judge)


async def _page(
    seat: Seat,
    visitor: Visit,
    reader: Reader,
    problems: Problems | None = None,
    team: str = "",
    reason: str = "",
    task: str = "",
) -> Response[str]:
    standing = await judges.declared(seat.judge.id)
    known = {one.team_id for one in standing}
    teams = await judges.teams_of(seat.event.id)
    return await _show(
        "judges/conflicts.html",
        seat,
        visitor,
        reader,
        problems,
        standing=standing,
        own=await judges.teams_apart(seat.judge),
        teams=[Choice("", "–"), *(Choice(str(one.id), one.name) for one in teams if one.id not in known)],
        team=team,
        reason=reason,
        task=task,
    )


def _task(text: str) -> str:
    with suppress(ValueError):
        return str(UUID(text))
    return ""


async def _recusal(
    seat: Seat, visitor: Visit, reader: Reader, problems: Problems | None = None, reason: str = ""
) -> Response[str]:
    return await _show("judges/recuse.html", seat, visitor, reader, problems, reason=reason)


async def _show(
    template: str, seat: Seat, visitor: Visit, reader: Reader, problems: Problems | None, **context: object
) -> Response[str]:
    now = await reader.now()
    zone = zone_of(visitor, seat.event)
    frame = make_frame(
        visitor,
        now,
        event=EventFrame.of(seat.event, visitor),
        stage=stage(seat.event.schedule, now, zone, visitor.language),
        here="judge",
    )
    return page(
        template,
        visitor,
        frame,
        status=problems.status if problems else 200,
        problems=problems.told(visitor.language) if problems else None,
        judge=seat.judge,
        base=f"/acara/{seat.event.slug}/juri",
        **context,
    )

"""The addresses of a submission: its status and result, its log, and choosing which version counts.

Only the team and organizers find anything here; for everybody else there is no such submission.
"""

import asyncio
from dataclasses import replace
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import MediaType, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Response

from frontend.live import Face
from frontend.pages.forms import Problems, done, read_form
from frontend.pages.frame import EventFrame, Frame, make_frame, page
from frontend.pages.result import log
from frontend.pages.result.reading import ResultReader, Standing
from frontend.pages.result.showing import Look, fill, log_version
from frontend.pages.schedule import stage
from frontend.pages.visiting import AnyRequest, Visit
from frontend.rendering import render
from hackathon import submissions
from hackathon.errors import Refusal
from hackathon.sessions import Session
from hackathon.submissions import SubmissionUnknown
from hackathon.teams import NotAMember

Visitor = NamedDependency[Visit]
Id = FromPath[UUID]
Sought = Annotated[str, QueryParameter(name="cari", max_length=log.LONGEST_SEARCH)]
Page = Annotated[int | None, QueryParameter(name="hal", ge=1, le=1 << 20)]
LineNumber = Annotated[int | None, QueryParameter(name="baris", ge=1, le=1 << 30)]
From = Annotated[int, QueryParameter(name="dari", ge=1, le=1 << 30)]
Cases = Annotated[str, QueryParameter(name="kasus", max_length=20)]

AUTOMATIC = "otomatis"


@get("/pengajuan/{submission_id:uuid}")
async def status(
    submission_id: Id, visitor: Visitor, state: State, cases: Cases = "", number: Page = None
) -> Response[str]:
    """Where a submission is, what came of it, and which version counts."""
    person = await _allowed(submission_id, visitor)
    return await _status_page(submission_id, visitor, person, state, only_failed=cases == "gagal", number=number or 1)


@post("/pengajuan/{submission_id:uuid}/pilih")
async def choose(submission_id: Id, visitor: Visitor, request: AnyRequest, state: State) -> Redirect | Response[str]:
    """Let this version count, the one that the form names, or go back to the latest evaluated one."""
    person = await _allowed(submission_id, visitor)
    form = await read_form(request, visitor)
    submission = await submissions.get_submission(submission_id)
    named = form.text("versi")
    wanted = None if named == AUTOMATIC else _id(named) if named else submission_id
    try:
        await submissions.choose_submission(submission.entry_id, wanted, actor=person.principal)
    except Refusal as refusal:
        problems = Problems()
        problems.refused(refusal)
        return await _status_page(submission_id, visitor, person, state, problems=problems)
    return done(f"/pengajuan/{submission_id}", "otomatis" if wanted is None else "terpilih", anchor="versi")


@get("/pengajuan/{submission_id:uuid}/log")
async def log_page(
    submission_id: Id,
    visitor: Visitor,
    state: State,
    sought: Sought = "",
    number: Page = None,
    line: LineNumber = None,
) -> Response[str]:
    """The log: a page of it, or the lines that hold what is searched for."""
    person = await _allowed(submission_id, visitor)
    standing = await _reader(state).standing(submission_id)
    data = standing.log.data
    # A long log takes a while to read, and others wait meanwhile.
    hits = await asyncio.to_thread(log.search, data, sought) if sought.strip() else None
    shown = await asyncio.to_thread(log.log_page, data, page=number, line=line)
    return page(
        "result/log.html",
        visitor,
        _frame(standing, visitor, person),
        id=str(submission_id),
        number=standing.submission.number,
        entry=standing.entry,
        stream=_stream(submission_id, Face.LOG, visitor),
        version=log_version(standing.log),
        shown=shown,
        total=shown.total,
        size=standing.log.size,
        complete=standing.log.complete,
        hits=hits,
        sought="" if hits is None else hits.sought,
    )


@get("/pengajuan/{submission_id:uuid}/log/baris")
async def log_lines(submission_id: Id, visitor: Visitor, state: State, first: From = 1) -> Response[str]:
    """Lines from one on, for a page that follows."""
    await _allowed(submission_id, visitor)
    found = await _reader(state).log(submission_id)
    lines = await asyncio.to_thread(log.lines_from, found.data, first, log.PAGE_LINES)
    content = render("result/lines.html", visitor.language, lines=lines)
    return Response(content, media_type=MediaType.HTML, headers=_PRIVATE)


@get("/pengajuan/{submission_id:uuid}/log/mentah")
async def raw_log(submission_id: Id, visitor: Visitor, state: State) -> Response[bytes]:
    """The log just as it is, to keep."""
    await _allowed(submission_id, visitor)
    submission = await submissions.get_submission(submission_id)
    found = await _reader(state).log(submission_id)
    # Whatever a prototype printed is text for whoever reads it, never a page of this origin.
    headers = _PRIVATE | {"Content-Disposition": f'attachment; filename="pengajuan-{submission.number}.log"'}
    return Response(found.data, media_type=MediaType.TEXT, headers=headers)


async def _status_page(
    submission_id: UUID,
    visitor: Visit,
    person: Session,
    state: State,
    *,
    only_failed: bool = False,
    number: int = 1,
    problems: Problems | None = None,
) -> Response[str]:
    seen = await _reader(state).seen(submission_id)
    look = Look(
        visitor.language,
        ZoneInfo(person.zone),
        only_failed=only_failed,
        page=number,
        organizer=person.principal.is_organizer,
    )
    return page(
        "result/status.html",
        visitor,
        _frame(seen.standing, visitor, person),
        status=200 if problems is None else problems.status,
        problems=None if problems is None else problems.told(visitor.language),
        stream=_stream(submission_id, Face.SUBMISSION, visitor),
        **fill(seen, look),
    )


_PRIVATE = {"Cache-Control": "no-store"}


async def _allowed(submission_id: UUID, visitor: Visit) -> Session:
    """The person, if they may see it. Raises SignInNeeded, SubmissionUnknown for everybody else."""
    person = visitor.signed_in()
    try:
        await submissions.get_submission(submission_id, actor=person.principal)
    except NotAMember as stranger:
        raise SubmissionUnknown from stranger
    return person


def _reader(state: State) -> ResultReader:
    reader: ResultReader = state.results
    return reader


def _frame(standing: Standing, visitor: Visit, person: Session) -> Frame:
    zone, now = ZoneInfo(person.zone), standing.progress.now
    # A team may sit in another zone than the event: all times of its own pages are told in the person's.
    event = replace(EventFrame.of(standing.event), zone=zone)
    now_is = stage(standing.event.schedule, now, zone, visitor.language)
    return make_frame(visitor, now, event=event, stage=now_is, here="submit")


def _stream(submission_id: UUID, face: Face, visitor: Visit) -> str:
    return f"/hidup/{face}/{submission_id}?bahasa={visitor.language}"


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise SubmissionUnknown from error


HANDLERS: tuple[HTTPRouteHandler, ...] = (status, choose, log_page, log_lines, raw_log)

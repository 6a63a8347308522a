"""Giving a sent scorecard back to its judge, with a reason."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from frontend import formats
from frontend.pages.console.desk import Desk, desk_page, open_desk
from frontend.pages.forms import Problems, done, read_form
from frontend.pages.reading import Reader
from frontend.pages.visiting import AnyRequest, Visit
from hackathon.errors import Conflict, Refusal
from judging import judges, scorecards
from judging.scorecards import AssignmentUnknown

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Slug = FromPath[str]
Id = FromPath[UUID]


@get("/konsol/{slug:str}/lembar/{assignment_id:uuid}/buka")
async def reopen_page(slug: Slug, assignment_id: Id, visitor: Visitor, reader: Boards) -> Response[str]:
    """Say what reopening means, and ask why."""
    return await _page(await open_desk(slug, visitor, reader), assignment_id)


@post("/konsol/{slug:str}/lembar/{assignment_id:uuid}/buka", status_code=200)
async def reopen_card(
    slug: Slug, assignment_id: Id, request: AnyRequest, visitor: Visitor, reader: Boards
) -> Response[str] | Redirect:
    """Give it back."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    reason = form.text("alasan")
    await _page(desk, assignment_id)
    try:
        await scorecards.reopen(assignment_id, reason, actor=desk.organizer)
    except Refusal as refusal:
        problems.refused(refusal, {"reason_invalid": "alasan"})
        problems.status = 409 if isinstance(refusal, Conflict) else 422
        return await _page(desk, assignment_id, reason, problems)
    return done(f"{desk.root}/lembar/{assignment_id}/buka", "lembar-dibuka")


async def _page(desk: Desk, assignment_id: UUID, reason: str = "", problems: Problems | None = None) -> Response[str]:
    work = await scorecards.work_of(assignment_id)
    if work is None or work.event_id != desk.event.id:
        raise AssignmentUnknown
    return desk_page(
        "reopen",
        desk,
        "penilaian",
        problems=problems,
        work=work,
        judge=(await judges.get_judge(work.judge_id, desk.event.id)).name,
        points="" if work.points is None else formats.score(work.points, desk.language),
        sent="" if work.sent_at is None else formats.moment_long(work.sent_at, desk.zone, desk.language),
        reason=reason,
    )

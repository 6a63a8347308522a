"""Questions to the organizers: whether a judge's agency is a team's."""

from litestar import get, post
from litestar.response import Response

from frontend.pages.console.desk import Desk, desk_page, open_desk
from frontend.pages.forms import GENERAL, Problems, done, read_form
from frontend.pages.judges.listing import Boards, Slug, Visitor
from frontend.pages.visiting import AnyRequest
from judging import assignment, judges
from sandbox.model import Text

SAME, APART = "sama", "beda"
_CHOOSE = Text(id="Pilih sama atau berbeda.", en="Choose the same or different.")


@get("/konsol/{slug:str}/juri/instansi")
async def agencies_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """What is asked, and what was answered."""
    return await _page(await open_desk(slug, visitor, reader))


@post("/konsol/{slug:str}/juri/instansi", status_code=200)
async def answer_agencies(request: AnyRequest, slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """Answer one of them, or say otherwise than before."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    if form.text("jawaban") not in (SAME, APART):
        problems.add(GENERAL, _CHOOSE)
        return await _page(desk, problems)
    await judges.answer_agency(
        desk.event.id,
        form.text("juri"),
        form.text("tim"),
        same=form.text("jawaban") == SAME,
        actor=desk.organizer,
        now=desk.now,
    )
    await assignment.calibrate(desk.event.id)
    return done(f"{desk.root}/juri/instansi", "tersimpan")


async def _page(desk: Desk, problems: Problems | None = None) -> Response[str]:
    return desk_page(
        "judge_agencies",
        desk,
        "juri",
        problems=problems,
        questions=await judges.agency_questions(desk.event.id, actor=desk.organizer),
        answers=await judges.agency_answers(desk.event.id, actor=desk.organizer),
    )

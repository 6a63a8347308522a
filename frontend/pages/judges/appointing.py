"""Make somebody who has an account a judge."""

from litestar import get, post
from litestar.response import Response

from frontend.pages.account.asking import installation_key
from frontend.pages.console.desk import Desk, desk_page, open_desk
from frontend.pages.forms import Form, Problems, done, read_form
from frontend.pages.judges.listing import Boards, Configured, Slug, Visitor
from frontend.pages.visiting import AnyRequest
from hackathon.errors import Refusal
from hackathon.teams.agencies import listed
from judging import assignment, judges
from sandbox.model import Text

_LOAD = Text(id="Isi bilangan 0 sampai 999, atau kosongkan.", en="Enter a number from 0 to 999, or leave it empty.")
_FIELDS = dict.fromkeys(("name_empty", "name_too_long", "name_unreadable"), "instansi") | dict.fromkeys(
    ("email_invalid", "account_missing", "may_not_judge", "judge_known"), "surel"
)


@get("/konsol/{slug:str}/juri/tunjuk")
async def appoint_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """Ask whose account it is."""
    return _page(await open_desk(slug, visitor, reader))


@post("/konsol/{slug:str}/juri/tunjuk", status_code=200)
async def appoint(
    request: AnyRequest, slug: Slug, visitor: Visitor, reader: Boards, settings: Configured
) -> Response[str]:
    """Make them a judge."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    load = form.text("beban")
    if load and not (load.isascii() and load.isdigit() and len(load) <= 3):
        problems.add("beban", _LOAD)
        return _page(desk, form, problems)
    try:
        await judges.appoint(
            desk.event.id,
            form.text("surel"),
            agency=form.text("instansi"),
            expertise=form.text("keahlian").split(","),
            max_load=int(load) if load else None,
            key=await installation_key(settings),
            actor=desk.organizer,
            now=desk.now,
        )
    except Refusal as refusal:
        problems.refused(refusal, _FIELDS)
        return _page(desk, form, problems)
    await assignment.calibrate(desk.event.id)
    return done(f"{desk.root}/juri", "juri-ditunjuk")


def _page(desk: Desk, form: Form | None = None, problems: Problems | None = None) -> Response[str]:
    typed = form or Form({})
    names = ("surel", "instansi", "keahlian", "beban")
    return desk_page(
        "judge_appoint",
        desk,
        "juri",
        problems=problems,
        typed={name: typed.text(name)[:400] for name in names},
        agencies=listed(),
    )

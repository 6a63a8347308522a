"""The organizers' pages of judges: list, add, make a link, let go."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from frontend import formats
from frontend.addresses import client_of
from frontend.pages.account.asking import installation_key
from frontend.pages.console.desk import Desk, desk_page, open_desk
from frontend.pages.console.entries import Choice
from frontend.pages.forms import GENERAL, Form, Problems, done, read_form
from frontend.pages.judges.words import link_words, state_of
from frontend.pages.reading import Reader
from frontend.pages.visiting import AnyRequest, Visit
from hackathon import accounts, attempts
from hackathon.attempts import Action, Attempt
from hackathon.errors import NotFound, Refusal
from hackathon.settings import Settings
from hackathon.teams.agencies import listed
from judging import judges, notices
from judging.judges import AddressMissing
from sandbox.model import Text

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Configured = NamedDependency[Settings]
Slug = FromPath[str]
JudgeId = FromPath[UUID]

_NAMES = ("name_empty", "name_too_long", "name_unreadable")
_LOAD = Text(id="Isi bilangan 0 sampai 999, atau kosongkan.", en="Enter a number from 0 to 999, or leave it empty.")
_AGENCY = Text(
    id="Isi instansi juri: dengan itu juri tidak menilai tim instansinya sendiri.",
    en="Enter the judge's agency: it keeps judges away from teams of their own agency.",
)
_NO_MAIL = Text(
    id="Server surel belum dipasang. Pilih tautan, lalu kirimkan sendiri.",
    en="No mail server is set up. Choose a link and send it yourself.",
)
_ADDRESS = Text(
    id="Isi alamat surel juri, atau buat tautan untuk dikirim sendiri.",
    en="Enter the judge's e-mail address, or make a link to send yourself.",
)
LANGUAGES = (Choice("id", "Bahasa Indonesia"), Choice("en", "English"))
BY_MAIL = "surel"
"""What the button says by which the invitation goes out by mail."""


@get("/konsol/{slug:str}/juri")
async def judges_page(slug: Slug, visitor: Visitor, reader: Boards, settings: Configured) -> Response[str]:
    """The judges of an event, and a form to add one."""
    return await _list(await open_desk(slug, visitor, reader), settings)


@post("/konsol/{slug:str}/juri", status_code=200)
async def add_judge(
    request: AnyRequest, slug: Slug, visitor: Visitor, reader: Boards, settings: Configured
) -> Response[str]:
    """Add a judge, and send the link by mail or show it, once."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    load = form.text("beban")
    if load and not (load.isascii() and load.isdigit() and len(load) <= 3):
        problems.add("beban", _LOAD)
    if not form.text("instansi"):
        problems.add("instansi", _AGENCY)
    mails = form.text("cara") == BY_MAIL
    if mails and not settings.smtp_url:
        problems.add(GENERAL, _NO_MAIL)
    elif mails and not form.text("surel"):
        problems.add("surel", _ADDRESS)
    if problems:
        return await _list(desk, settings, form, problems)
    attempt = None
    try:
        if mails:
            attempt = await _count(request, accounts.clean_email(form.text("surel")), desk, settings)
        judge = await judges.add_judge(
            desk.event.id,
            form.text("nama"),
            email=form.text("surel") or None,
            agency=form.text("instansi"),
            expertise=form.text("keahlian").split(",")[:20],
            max_load=int(load) if load else None,
            language=form.text("bahasa"),
            actor=desk.organizer,
            now=desk.now,
        )
    except Refusal as refusal:
        fields = dict.fromkeys(_NAMES, "nama") | {"email_invalid": "surel", "judge_known": "surel"}
        problems.refused(refusal, fields)
        if attempt is not None:
            await attempts.take_back(attempt)
        return await _list(desk, settings, form, problems)
    if mails:
        return await _mailed(desk, judge.id, settings)
    return await _shown(desk, judge.id, settings)


@post("/konsol/{slug:str}/juri/{judge_id:uuid}/tautan", status_code=200)
async def new_link(
    request: AnyRequest, slug: Slug, judge_id: JudgeId, visitor: Visitor, reader: Boards, settings: Configured
) -> Response[str]:
    """Make a link in place of the one before, and show it, once."""
    desk = await open_desk(slug, visitor, reader)
    await read_form(request, visitor)
    try:
        return await _shown(desk, judge_id, settings)
    except NotFound:
        raise
    except Refusal as refusal:
        problems = Problems()
        problems.refused(refusal)
        return await _list(desk, settings, problems=problems)


@post("/konsol/{slug:str}/juri/{judge_id:uuid}/surel", status_code=200)
async def mail_link(
    request: AnyRequest, slug: Slug, judge_id: JudgeId, visitor: Visitor, reader: Boards, settings: Configured
) -> Response[str]:
    """Send a new link by mail, which nobody else sees; the one before ends."""
    desk = await open_desk(slug, visitor, reader)
    await read_form(request, visitor)
    judge = await judges.get_judge(judge_id, desk.event.id)
    problems = Problems()
    try:
        if not settings.smtp_url:
            problems.add(GENERAL, _NO_MAIL)
        elif judge.email is None:
            raise AddressMissing
        else:
            await _count(request, judge.email, desk, settings)
            return await _mailed(desk, judge_id, settings)
    except Refusal as refusal:
        problems.refused(refusal)
    return await _list(desk, settings, problems=problems)


@get("/konsol/{slug:str}/juri/{judge_id:uuid}/lepas")
async def remove_page(slug: Slug, judge_id: JudgeId, visitor: Visitor, reader: Boards) -> Response[str]:
    """Say what letting a judge go means."""
    return await _removal(await open_desk(slug, visitor, reader), judge_id)


@post("/konsol/{slug:str}/juri/{judge_id:uuid}/lepas", status_code=200)
async def remove(request: AnyRequest, slug: Slug, judge_id: JudgeId, visitor: Visitor, reader: Boards) -> Response[str]:
    """Let a judge go."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    try:
        await judges.remove(judge_id, desk.event.id, form.text("alasan"), actor=desk.organizer, now=desk.now)
    except NotFound:
        raise
    except Refusal as refusal:
        problems.refused(refusal, dict.fromkeys(_NAMES, "alasan"))
        return await _removal(desk, judge_id, form.text("alasan"), problems)
    return done(f"{desk.root}/juri", "tersimpan")


async def _list(
    desk: Desk, settings: Settings, form: Form | None = None, problems: Problems | None = None
) -> Response[str]:
    typed = form or Form({})
    lines = await judges.list_judges(desk.event.id, actor=desk.organizer, now=desk.now)
    standings = {one.judge_id: one for one in await notices.standings(desk.event.id, actor=desk.organizer)}
    names = ("nama", "surel", "instansi", "keahlian", "beban")
    return desk_page(
        "judges",
        desk,
        "juri",
        problems=problems,
        lines=[(line, state_of(line, standings.get(line.judge.id), desk), link_words(line, desk)) for line in lines],
        mails=bool(settings.smtp_url),
        left=any(one.left for one in standings.values()),
        languages=LANGUAGES,
        spoken=typed.text("bahasa") or desk.language,
        typed={name: typed.text(name)[:400] for name in names},
        agencies=listed(),
        asked=len(await judges.agency_questions(desk.event.id, actor=desk.organizer)),
        conflicts=await judges.declared_in(desk.event.id, actor=desk.organizer),
        departed={one.judge_id: one for one in await judges.departures(desk.event.id)},
    )


async def _shown(desk: Desk, judge_id: UUID, settings: Settings) -> Response[str]:
    link = await judges.new_link(judge_id, desk.event.id, actor=desk.organizer, now=desk.now)
    until = formats.moment_long(link.until, desk.zone, desk.language)
    address = f"{settings.public_url}/undangan-juri/{link.secret}"
    return desk_page("judge_link", desk, "juri", judge=link.judge, address=address, until=until)


async def _count(request: AnyRequest, email: str, desk: Desk, settings: Settings) -> Attempt:
    """Count a letter, for the mailbox: nobody's is to be filled."""
    key, address = await installation_key(settings), client_of(request)
    return await attempts.begin(Action.INVITE, person=email, address=address, key=key, now=desk.now)


async def _mailed(desk: Desk, judge_id: UUID, settings: Settings) -> Response[str]:
    key = await installation_key(settings)
    await judges.mail_link(judge_id, desk.event.id, key=key, actor=desk.organizer, now=desk.now)
    return done(f"{desk.root}/juri", "undangan-disurel")


async def _removal(desk: Desk, judge_id: UUID, reason: str = "", problems: Problems | None = None) -> Response[str]:
    judge = await judges.get_judge(judge_id, desk.event.id)
    return desk_page("judge_remove", desk, "juri", problems=problems, judge=judge, reason=reason)

"""The pages of news: write it, take it back."""

from dataclasses import dataclass
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from frontend import formats
from frontend.pages.console.desk import Desk, desk_page, open_desk
from frontend.pages.forms import Form, Problems, done, read_form
from frontend.pages.reading import Reader
from frontend.pages.visiting import AnyRequest, Visit
from hackathon import announcements
from hackathon.announcements import NOTICE_HOURS, Announcement, AnnouncementUnknown, Incomplete
from hackathon.errors import Refusal
from sandbox.model import Text

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Slug = FromPath[str]

SHOWN = 50

_FIELDS = {"title.id": "judul", "body.id": "teks", "title.en": "judul_en", "body.en": "teks_en"}


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of news in the list."""

    id: UUID
    title: str
    body: str
    when: str
    important: bool
    retracted: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form."""

    judul: str = ""
    teks: str = ""
    judul_en: str = ""
    teks_en: str = ""
    penting: bool = False

    @classmethod
    def of(cls, form: Form) -> "Typed":
        """What was typed."""
        return cls(**{name: form.text(name) for name in _FIELDS.values()}, penting=form.flag("penting"))


@get("/konsol/{slug:str}/kabar")
async def news_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """What was told, and a form to tell more."""
    return await _news(await open_desk(slug, visitor, reader), Typed())


@post("/konsol/{slug:str}/kabar", status_code=200)
async def publish(request: AnyRequest, slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """Tell everybody."""
    desk = await open_desk(slug, visitor, reader)
    typed, problems = Typed.of(await read_form(request, visitor)), Problems()
    try:
        await announcements.publish(
            desk.event.id,
            Text(typed.judul, typed.judul_en),
            Text(typed.teks, typed.teks_en),
            important=typed.penting,
            actor=desk.organizer,
            now=desk.now,
        )
    except Incomplete as incomplete:
        problems.add(_FIELDS[incomplete.field], incomplete.message)
    except Refusal as refusal:
        problems.refused(refusal)
    else:
        return done(f"{desk.root}/kabar", "kabar-terbit")
    return await _news(desk, typed, problems)


@get("/konsol/{slug:str}/kabar/{announcement_id:uuid}/tarik")
async def retract_page(slug: Slug, announcement_id: FromPath[UUID], visitor: Visitor, reader: Boards) -> Response[str]:
    """Ask why it is taken back."""
    desk = await open_desk(slug, visitor, reader)
    return _retraction(desk, await _standing(desk, announcement_id))


@post("/konsol/{slug:str}/kabar/{announcement_id:uuid}/tarik", status_code=200)
async def retract(
    request: AnyRequest, slug: Slug, announcement_id: FromPath[UUID], visitor: Visitor, reader: Boards
) -> Response[str]:
    """Take it back."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    found = await _standing(desk, announcement_id)
    try:
        await announcements.retract(announcement_id, form.text("alasan"), actor=desk.organizer, now=desk.now)
    except Refusal as refusal:
        problems.refused(refusal, dict.fromkeys(("name_empty", "name_too_long", "name_unreadable"), "alasan"))
        return _retraction(desk, found, form, problems)
    return done(f"{desk.root}/kabar", "kabar-ditarik")


async def _news(desk: Desk, typed: Typed, problems: Problems | None = None) -> Response[str]:
    told = await announcements.list_announcements(desk.event.id, retracted=True, limit=SHOWN)
    lines = [_line(desk, one) for one in told]
    return desk_page("news", desk, "kabar", problems=problems, typed=typed, lines=lines, hours=NOTICE_HOURS)


def _retraction(
    desk: Desk, found: Announcement, form: Form | None = None, problems: Problems | None = None
) -> Response[str]:
    title, reason = found.said(desk.language).title, "" if form is None else form.text("alasan")
    return desk_page("retract", desk, "kabar", problems=problems, title=title, reason=reason)


async def _standing(desk: Desk, announcement_id: UUID) -> Announcement:
    for one in await announcements.list_announcements(desk.event.id, retracted=True, limit=1000):
        if one.id == announcement_id:
            return one
    raise AnnouncementUnknown


def _line(desk: Desk, one: Announcement) -> Line:
    said = one.said(desk.language)
    return Line(
        id=one.id,
        title=said.title,
        body=said.body,
        when=formats.moment_short(one.published_at, desk.zone, desk.language),
        important=one.important,
        retracted=one.retracted_at is not None,
        reason=one.reason or "",
    )

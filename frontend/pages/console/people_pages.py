"""The page of people: find somebody, confirm whom one knows."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Response

from frontend import formats
from frontend.language import say
from frontend.pages.console.desk import Desk, desk_page, open_desk, page_number
from frontend.pages.console.entries import Choice
from frontend.pages.forms import Form, Problems, done, read_form
from frontend.pages.reading import Reader
from frontend.pages.visiting import AnyRequest, Visit
from hackathon import accounts, confirmations, rosters
from hackathon.errors import NotFound, Refusal
from hackathon.rosters import PeoplePage

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Slug = FromPath[str]
Stage = Annotated[str, QueryParameter(name="keadaan", max_length=40)]
Words = Annotated[str, QueryParameter(name="cari", max_length=400)]
Page = Annotated[str, QueryParameter(name="halaman", max_length=40)]

UNCONFIRMED = "belum"
"""The filter's word in addresses."""


@dataclass(frozen=True, slots=True)
class Line:
    """A person in the list."""

    id: UUID
    name: str
    email: str | None
    team: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class PeopleView:
    """All that the page shows."""

    lines: tuple[Line, ...]
    states: tuple[Choice, ...]
    state: str
    words: str
    total: int
    filtered: bool
    span: str
    earlier: str
    later: str


@get("/konsol/{slug:str}/orang")
async def people_page(
    slug: Slug, visitor: Visitor, reader: Boards, stage: Stage = "", words: Words = "", number: Page = ""
) -> Response[str]:
    """The people who have an account."""
    desk = await open_desk(slug, visitor, reader)
    found = await rosters.list_people(
        desk.event.id,
        actor=desk.organizer,
        words=words,
        unconfirmed=stage == UNCONFIRMED,
        page=page_number(number),
    )
    state = UNCONFIRMED if stage == UNCONFIRMED else ""
    return desk_page("people", desk, "orang", view=_view(desk, found, state, words))


@get("/konsol/{slug:str}/orang/{account_id:uuid}/konfirmasi")
async def confirm_page(slug: Slug, account_id: FromPath[UUID], visitor: Visitor, reader: Boards) -> Response[str]:
    """Ask how the organizer knows the person."""
    return await _confirmation(await open_desk(slug, visitor, reader), account_id)


@post("/konsol/{slug:str}/orang/{account_id:uuid}/konfirmasi", status_code=200)
async def confirm(
    request: AnyRequest, slug: Slug, account_id: FromPath[UUID], visitor: Visitor, reader: Boards
) -> Response[str]:
    """Confirm the person."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    try:
        await confirmations.confirm_by_hand(account_id, reason=form.text("alasan"), actor=desk.organizer, now=desk.now)
    except NotFound:
        raise
    except Refusal as refusal:
        problems.refused(refusal, dict.fromkeys(("name_empty", "name_too_long", "name_unreadable"), "alasan"))
        return await _confirmation(desk, account_id, form, problems)
    return done(f"{desk.root}/orang", "orang")


async def _confirmation(
    desk: Desk, account_id: UUID, form: Form | None = None, problems: Problems | None = None
) -> Response[str]:
    account = await accounts.get_account(account_id)
    reason = "" if form is None else form.text("alasan")
    return desk_page("confirm", desk, "orang", problems=problems, name=account.name, reason=reason)


def _view(desk: Desk, found: PeoplePage, state: str, words: str) -> PeopleView:
    language = desk.language

    def beside(number: int) -> str:
        if not 1 <= number <= found.pages:
            return ""
        query = {"keadaan": state, "cari": words, "halaman": str(number)}
        return f"{desk.root}/orang?{urlencode({key: value for key, value in query.items() if value})}"

    count = formats.whole(found.unconfirmed, language)
    return PeopleView(
        lines=tuple(
            Line(row.id, row.name, row.email, row.team, confirmed=row.confirmed_at is not None) for row in found.rows
        ),
        states=(
            Choice("", say(language, "Semua orang")),
            Choice(UNCONFIRMED, say(language, "Belum dikonfirmasi ({count})", count=count)),
        ),
        state=state,
        words=words,
        total=found.total,
        filtered=bool(state or words),
        span=say(language, "Halaman {page} dari {pages}", page=found.page, pages=found.pages)
        if found.pages > 1
        else "",
        earlier=beside(found.page - 1),
        later=beside(found.page + 1),
    )

"""The addresses of codes: make them, look at them, revoke them."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID, uuid4

from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, QueryParameter
from litestar.response import Response

from frontend.pages.account.asking import installation_key
from frontend.pages.codes.sheet import batch_line, draw_sheet
from frontend.pages.console.desk import Desk, desk_page, open_desk
from frontend.pages.console.schedule import UNREADABLE, local, read_moment
from frontend.pages.forms import GENERAL, Form, Problems, done, read_form
from frontend.pages.reading import Reader
from frontend.pages.visiting import AnyRequest, Visit
from hackathon import accounts, codes
from hackathon.accounts import AccountUnknown
from hackathon.codes import LONGEST_LIFE, MOST, Batch, BatchShown, BatchUnknown, NewBatch, Purpose
from hackathon.errors import Refusal
from hackathon.settings import Settings
from sandbox.model import Text

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Configured = NamedDependency[Settings]
Slug = FromPath[str]
BatchId = FromPath[UUID]
For = Annotated[str, QueryParameter(name="surel", max_length=320)]

SIGN_IN_LIFE = timedelta(hours=24)
"""A code that opens an account lies on paper no longer than it must."""

_USUAL_LIFE = timedelta(days=7)
_USUAL_COUNT = "30"

_NO_COUNT = Text(id=f"Tulis angka dari 1 sampai {MOST}.", en=f"Write a number from 1 to {MOST}.")
_NO_ACCOUNT = Text(
    id="Tidak ada akun dengan alamat ini. Cari orangnya di halaman Orang.",
    en="No account has this address. Find the person on the page of people.",
)
_NO_VENUE = Text(id="Pilih lokasi dari daftar.", en="Choose a venue from the list.")
_STALE = Text(id="Formulir ini tidak lengkap. Kirim lagi.", en="This form is incomplete. Send it again.")


@dataclass(frozen=True, slots=True)
class Choice:
    """A venue to choose."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for, once it makes sense."""

    batch_id: UUID
    purpose: Purpose
    size: int
    expires_at: datetime
    venue_id: UUID | None = None
    account_id: UUID | None = None


@get("/konsol/{slug:str}/kode")
async def codes_page(slug: Slug, visitor: Visitor, reader: Boards, email: For = "") -> Response[str]:
    """The batches of an event, and forms to make more."""
    return await _codes(await open_desk(slug, visitor, reader), Form({"surel": [email]}))


@post("/konsol/{slug:str}/kode", status_code=200)
async def make_codes(
    request: AnyRequest, slug: Slug, visitor: Visitor, reader: Boards, settings: Configured
) -> Response[str]:
    """Make a batch; the answer is the sheet, and the codes are nowhere else."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    wish = await _read(form, desk, problems)
    if wish is None:
        return await _codes(desk, form, problems)
    try:
        made = await codes.make_batch(
            wish.batch_id,
            desk.event.id,
            purpose=wish.purpose,
            size=wish.size,
            expires_at=wish.expires_at,
            venue_id=wish.venue_id,
            account_id=wish.account_id,
            key=await installation_key(settings),
            actor=desk.organizer,
            now=desk.now,
        )
    except BatchShown as shown:
        problems.refused(shown)
        problems.status = 409
        return await _shown_before(desk, wish.batch_id, form, problems)
    except Refusal as refusal:
        problems.refused(refusal, {"code_count": "jumlah", "code_life": "sampai", "code_account": "surel"})
        return await _codes(desk, form, problems)
    return await _sheet(desk, made, settings)


@get("/konsol/{slug:str}/kode/{batch_id:uuid}")
async def batch_page(slug: Slug, batch_id: BatchId, visitor: Visitor, reader: Boards) -> Response[str]:
    """How a batch stands, without its codes."""
    desk = await open_desk(slug, visitor, reader)
    return await _batch(desk, await codes.get_batch(batch_id, desk.event.id, actor=desk.organizer))


@post("/konsol/{slug:str}/kode/{batch_id:uuid}", status_code=200)
async def revoke(request: AnyRequest, slug: Slug, batch_id: BatchId, visitor: Visitor, reader: Boards) -> Response[str]:
    """Revoke a batch."""
    desk = await open_desk(slug, visitor, reader)
    await read_form(request, visitor)
    await codes.revoke_batch(batch_id, desk.event.id, actor=desk.organizer, now=desk.now)
    return done(f"{desk.root}/kode", "lembar-dibatalkan")


async def _read(form: Form, desk: Desk, problems: Problems) -> Wish | None:
    """The wish that was typed; None with what is wrong among the problems."""
    try:
        batch_id = UUID(form.text("nomor"))
    except ValueError:
        problems.add(GENERAL, _STALE)
        batch_id = uuid4()
    if form.text("untuk") == Purpose.SIGN_IN.value:
        account = await accounts.find_account(form.text("surel")[:320])
        if account is None:
            problems.add("surel", _NO_ACCOUNT)
            return None
        expires_at = desk.now + SIGN_IN_LIFE
        wish = Wish(batch_id, Purpose.SIGN_IN, 1, expires_at, account_id=account.id)
        return None if problems else wish
    count = form.text("jumlah")
    size = int(count) if count.isascii() and count.isdigit() and len(count) < 6 else 0
    if not 1 <= size <= MOST:
        problems.add("jumlah", _NO_COUNT)
    until = read_moment(form.text("sampai"), desk.zone)
    if until is None:
        problems.add("sampai", UNREADABLE)
    slug = form.text("lokasi")
    venue = next((one for one in desk.event.venues if one.slug == slug), None)
    if slug and venue is None:
        problems.add("lokasi", _NO_VENUE)
    if problems or until is None:
        return None
    return Wish(batch_id, Purpose.CONFIRM, size, until, venue_id=venue.id if venue else None)


async def _codes(desk: Desk, form: Form, problems: Problems | None = None) -> Response[str]:
    batches = await codes.list_batches(desk.event.id, actor=desk.organizer)
    names = await _names(batches)
    closes = desk.event.schedule.building_closes
    usual = closes if desk.now < closes <= desk.now + LONGEST_LIFE else desk.now + _USUAL_LIFE
    return desk_page(
        "codes",
        desk,
        "kode",
        problems=problems,
        batches=[batch_line(one, desk.event, names.get(one.id, ""), desk.now, desk.language) for one in batches],
        number=str(uuid4()),
        count=form.text("jumlah")[:10] or _USUAL_COUNT,
        until=form.text("sampai")[:40] or local(usual, desk.zone),
        venue=form.text("lokasi"),
        venues=[Choice("", ""), *(Choice(one.slug, one.name) for one in desk.event.venues)],
        email=form.text("surel")[:320],
        most=MOST,
        hours=round(SIGN_IN_LIFE.total_seconds() / 3600),
    )


async def _shown_before(desk: Desk, batch_id: UUID, form: Form, problems: Problems) -> Response[str]:
    try:
        batch = await codes.get_batch(batch_id, desk.event.id, actor=desk.organizer)
    except BatchUnknown:
        # The number was taken from another event's form: a new form has a new one.
        return await _codes(desk, form, problems)
    return await _batch(desk, batch, problems)


async def _batch(desk: Desk, batch: Batch, problems: Problems | None = None) -> Response[str]:
    names = await _names((batch,))
    line = batch_line(batch, desk.event, names.get(batch.id, ""), desk.now, desk.language)
    return desk_page("codes_batch", desk, "kode", problems=problems, batch=line)


async def _sheet(desk: Desk, made: NewBatch, settings: Settings) -> Response[str]:
    names = await _names((made.batch,))
    line = batch_line(made.batch, desk.event, names.get(made.batch.id, ""), desk.now, desk.language)
    sheet = await asyncio.to_thread(draw_sheet, made, settings.public_url, desk.zone, desk.language)
    return desk_page("codes_sheet", desk, "kode", batch=line, sheet=sheet)


async def _names(batches: tuple[Batch, ...]) -> dict[UUID, str]:
    """The names of those whom sign-in codes are for, by batch."""
    found = {}
    for batch in batches:
        if batch.account_id is not None:
            try:
                found[batch.id] = (await accounts.get_account(batch.account_id)).name
            except AccountUnknown:
                continue
    return found


HANDLERS: tuple[HTTPRouteHandler, ...] = (codes_page, make_codes, batch_page, revoke)

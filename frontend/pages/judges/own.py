"""A judge's own profile in an event, and how one stops judging."""

from litestar import get, post
from litestar.response import Response

from frontend import language as languages
from frontend.pages.forms import Form, Problems, done, read_form
from frontend.pages.judges.listing import Boards, Configured, Slug, Visitor
from frontend.pages.panel.seat import Seat, open_seat, show
from frontend.pages.visiting import AnyRequest, choice_cookie
from hackathon import accounts
from hackathon.errors import Refusal
from hackathon.teams.agencies import listed
from judging import assignment, judges

_NAMES = ("name_empty", "name_too_long", "name_unreadable")
_WORDS = {"instansi": "Instansi", "keahlian": "Keahlian"}
"""How messages name these fields."""


@get("/acara/{slug:str}/juri/profil")
async def own_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """Who one is as a judge."""
    return await _profile(await open_seat(slug, visitor, reader))


@post("/acara/{slug:str}/juri/profil", status_code=200)
async def save_own(
    request: AnyRequest, slug: Slug, visitor: Visitor, reader: Boards, settings: Configured
) -> Response[str]:
    """Change name, agency, expertise and language."""
    seat = await open_seat(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    account = await accounts.get_account(seat.actor.account_id)
    language = form.text("bahasa")
    try:
        await judges.change_own(
            seat.judge.id,
            name=form.text("nama"),
            agency=form.text("instansi"),
            expertise=form.text("keahlian").split(","),
            actor=seat.actor,
            now=seat.now,
        )
        await assignment.calibrate(seat.event.id)
        if language and language != account.language:
            await accounts.update_profile(name=account.name, zone=account.zone, language=language, actor=seat.actor)
    except Refusal as refusal:
        # The same codes say of each name what is wrong with it; the message names it.
        field = next((name for name, words in _WORDS.items() if words in refusal.message.id), "nama")
        problems.refused(refusal, dict.fromkeys(_NAMES, field) | {"language_unknown": "bahasa"})
        return await _profile(seat, form, problems)
    cookies = [choice_cookie(languages.PARAMETER, language, settings)] if language else []
    return done(f"{seat.root}/profil", "tersimpan", cookies=cookies)


@get("/acara/{slug:str}/juri/berhenti")
async def leave_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """Say what stopping means, and ask why."""
    return _leaving(await open_seat(slug, visitor, reader))


@post("/acara/{slug:str}/juri/berhenti", status_code=200)
async def leave(request: AnyRequest, slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """Stop judging."""
    seat = await open_seat(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    try:
        await judges.remove(seat.judge.id, seat.event.id, form.text("alasan"), actor=seat.actor, now=seat.now)
    except Refusal as refusal:
        problems.refused(refusal, dict.fromkeys(_NAMES, "alasan"))
        return _leaving(seat, form.text("alasan")[:400], problems)
    return done(f"/acara/{slug}", "juri-berhenti")


async def _profile(seat: Seat, form: Form | None = None, problems: Problems | None = None) -> Response[str]:
    account = await accounts.get_account(seat.actor.account_id)
    standing = await judges.declared(seat.judge.id)
    return show(
        seat,
        "profile",
        problems=problems,
        typed={
            "nama": seat.judge.name if form is None else form.text("nama")[:400],
            "instansi": seat.judge.agency if form is None else form.text("instansi")[:400],
            "keahlian": ", ".join(seat.judge.expertise) if form is None else form.text("keahlian")[:2000],
            "bahasa": (account.language or seat.language.value) if form is None else form.text("bahasa"),
        },
        agencies=listed(),
        standing=standing,
    )


def _leaving(seat: Seat, reason: str = "", problems: Problems | None = None) -> Response[str]:
    return show(
        seat,
        "leave",
        problems=problems,
        reason=reason,
        sent=sum(work.sent for work in seat.works if not work.ended),
        left=sum(not work.sent for work in seat.works if not work.ended),
    )

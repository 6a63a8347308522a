"""API tokens: with them the command line acts for a person."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from litestar import Response, get, post
from litestar.params import FromPath

from frontend.language import Language, say, say_count
from frontend.pages.account.asking import Configured, Visitor, account_page
from frontend.pages.forms import Form, Problems, done, read_form
from frontend.pages.visiting import AnyRequest, Visit
from hackathon import accounts, store
from hackathon.accounts import Token, is_alive
from hackathon.errors import Conflict, Refusal
from sandbox.model import Text

PATH = "/akun/token"

LIVES = (30, 90, 365)
"""How many days a token may hold; without a choice it holds until it is revoked."""

_FIELDS = {"name_empty": "untuk", "name_too_long": "untuk", "name_unreadable": "untuk", "life_unknown": "masa"}


@get(PATH)
async def tokens_page(visitor: Visitor) -> Response[str]:
    """One's own tokens, and a form for another."""
    visitor.signed_in()
    return await _tokens(visitor, Problems())


@post(PATH, status_code=200)
async def make_token(request: AnyRequest, visitor: Visitor, settings: Configured) -> Response[str]:
    """Make a token and show its secret, once."""
    person = visitor.signed_in()
    form = await read_form(request, visitor)
    problems = Problems()
    now = await store.clock()
    try:
        made = await accounts.create_token(
            person.account_id,
            label=form.text("untuk"),
            actor=person.principal,
            now=now,
            expires_at=_expiry(form.text("masa"), now),
            new_id=lambda: _id(form.text("nomor")),
        )
    except Refusal as refusal:
        problems.refused(refusal, _FIELDS)
        status = 409 if isinstance(refusal, Conflict) else 422
        return await _tokens(visitor, problems, form, status=status)
    return await account_page(
        "account/token-baru.html",
        visitor,
        now=now,
        part="token",
        secret=made.secret,
        label=form.text("untuk"),
        server=settings.public_url,
    )


@post("/akun/token/{token_id:uuid}/cabut", status_code=200)
async def revoke_token(request: AnyRequest, visitor: Visitor, token_id: FromPath[UUID]) -> Response[str]:
    """End a token; twice is fine."""
    person = visitor.signed_in()
    await read_form(request, visitor)
    await accounts.revoke_token(token_id, actor=person.principal, now=await store.clock())
    return done(PATH, "token-dicabut")


def _expiry(life: str, now: datetime) -> datetime | None:
    if life == "0":
        return None
    if life not in [str(days) for days in LIVES]:
        raise Refusal(Text(id="Pilih masa berlaku token.", en="Choose how long the token holds."), "life_unknown")
    return now + timedelta(days=int(life))


def _id(text: str) -> UUID:
    """The number that came with the form, so that one sent twice makes one token."""
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


async def _tokens(visitor: Visit, problems: Problems, form: Form | None = None, *, status: int = 200) -> Response[str]:
    person = visitor.signed_in()
    now = await store.clock()
    found = await accounts.list_tokens(person.account_id, actor=person.principal)
    living = [token for token in reversed(found) if is_alive(token, now)]
    ended = [token for token in reversed(found) if not is_alive(token, now)]
    typed = form or Form({"masa": [str(LIVES[1])]})
    return await account_page(
        "account/token.html",
        visitor,
        now=now,
        part="token",
        status=status,
        problems=problems.told(visitor.language),
        tokens=living,
        ended=[{"token": token, "state": _end(token, visitor.language)} for token in ended],
        label=typed.text("untuk")[:200],
        life=typed.text("masa"),
        lives=_lives(visitor.language),
        number=str(uuid4()),
    )


def _lives(language: Language) -> list[dict[str, str]]:
    days = [{"value": str(days), "title": say_count(language, "{n} hari", days, str(days))} for days in LIVES]
    return [*days, {"value": "0", "title": say(language, "sampai dicabut")}]


def _end(token: Token, language: Language) -> str:
    return say(language, "Dicabut") if token.revoked_at is not None else say(language, "Kedaluwarsa")

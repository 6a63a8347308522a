"""What guards an account: its password, and the browsers in which it is open."""

import re
from uuid import UUID

from litestar import Response, get, post

from frontend import keys
from frontend.addresses import client_of
from frontend.language import Language, say
from frontend.pages.account.asking import Configured, Visitor, account_page, installation_key
from frontend.pages.account.entering import browser_of
from frontend.pages.forms import Problems, done, read_form
from frontend.pages.visiting import AnyRequest, Visit
from hackathon import accounts, attempts, credentials, sessions, store
from hackathon.attempts import Action
from hackathon.credentials import CurrentPasswordWrong
from hackathon.errors import Refusal, TooOften, Unavailable

PASSWORD, BROWSERS = "/akun/sandi", "/akun/perangkat"

MOST_NAMED = 5
"""So many tokens are named beside the form."""

_FIELDS = {"current_password_wrong": "sandi-lama", "password_refused": "sandi-baru"}

_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone|iPad", "iOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS|Chromium", "Chrome"),
    ("Safari", "Safari"),
)


@get(PASSWORD)
async def password_page(visitor: Visitor) -> Response[str]:
    """Ask for the password of now and a new one."""
    visitor.signed_in()
    return await _password(visitor, Problems())


@post(PASSWORD, status_code=200)
async def change_password(request: AnyRequest, visitor: Visitor, settings: Configured) -> Response[str]:
    """Change the password: other browsers are signed out, this one gets a new session."""
    person = visitor.signed_in()
    form = await read_form(request, visitor)
    problems = Problems()
    now, key = await store.clock(), await installation_key(settings)
    try:
        # Who finds an open browser must not be able to try out passwords in it.
        attempt = await attempts.begin(
            Action.SIGN_IN, person=str(person.account_id), address=client_of(request), key=key, now=now
        )
    except TooOften as often:
        problems.refused(often)
        return await _password(visitor, problems, status=429)
    try:
        opened = await credentials.change_password(
            form.raw("sandi-lama"),
            form.raw("sandi-baru"),
            session=person,
            browser=browser_of(request),
            key=key,
            now=now,
        )
    except Unavailable:
        await attempts.take_back(attempt)
        raise
    except Refusal as refusal:
        if not isinstance(refusal, CurrentPasswordWrong):
            await attempts.forgive(attempt)
        problems.refused(refusal, _FIELDS)
        return await _password(visitor, problems, status=422)
    await attempts.forgive(attempt)
    return done(PASSWORD, "sandi-diganti", cookies=[keys.session_cookie(opened, settings)])


@get(BROWSERS)
async def browsers_page(visitor: Visitor) -> Response[str]:
    """Where one is signed in."""
    person = visitor.signed_in()
    now = await store.clock()
    found = await sessions.list_sessions(person.account_id, now=now)
    shown = [
        {
            "id": str(one.id),
            "title": browser_title(one.browser, visitor.language),
            "opened_at": one.opened_at,
            "seen_at": one.seen_at,
            "here": one.id == person.id,
        }
        for one in found
    ]
    return await account_page("account/perangkat.html", visitor, now=now, part="perangkat", sessions=shown)


@post("/akun/perangkat/akhiri", status_code=200)
async def end_browsers(request: AnyRequest, visitor: Visitor) -> Response[str]:
    """End one other session, or all of them."""
    person = visitor.signed_in()
    form = await read_form(request, visitor)
    one = form.text("sesi")
    if not one:
        await sessions.end_sessions(person.account_id, keep=person.id)
        return done(BROWSERS, "sesi-lain-diakhiri")
    session_id = _uuid(one)
    if session_id is not None and session_id != person.id:
        await sessions.end_session(session_id, person.account_id)
    return done(BROWSERS, "sesi-diakhiri")


def browser_title(browser: str, language: Language) -> str:
    """What people would call it: "Chrome, Android". What a browser says of itself is a guess, and only for show."""
    program = next((name for pattern, name in _BROWSERS if re.search(pattern, browser)), None)
    system = next((name for pattern, name in _SYSTEMS if re.search(pattern, browser)), None)
    return ", ".join(filter(None, (program, system))) or say(language, "Peramban tidak dikenal")


async def _password(visitor: Visit, problems: Problems, *, status: int = 200) -> Response[str]:
    person, now = visitor.signed_in(), await store.clock()
    tokens = await accounts.list_tokens(person.account_id, actor=person.principal)
    living = [token.label for token in tokens if accounts.is_alive(token, now)]
    return await account_page(
        "account/sandi.html",
        visitor,
        part="sandi",
        status=status,
        problems=problems.told(visitor.language),
        shortest=credentials.SHORTEST,
        tokens=", ".join([*living[:MOST_NAMED], *(["…"] if len(living) > MOST_NAMED else [])]),
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

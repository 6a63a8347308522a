"""Register, sign in, sign out."""

from collections.abc import Callable, Mapping
from typing import Annotated
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import QueryParameter
from litestar.response import Redirect
from litestar.status_codes import HTTP_303_SEE_OTHER

from frontend import keys
from frontend.addresses import client_of
from frontend.pages.account.asking import Configured, Visitor, account_page, installation_key
from frontend.pages.forms import Form, Problems, done, read_form, safe_path
from frontend.pages.visiting import AnyRequest, Visit
from hackathon import accounts, attempts, credentials, sessions, store
from hackathon.accounts import PRIVACY_VERSION
from hackathon.attempts import Action
from hackathon.errors import Refusal, TooOften, Unavailable

HOME = "/akun"
"""Where somebody goes on who came from nowhere."""

Onward = Annotated[str, QueryParameter(name="lanjut", max_length=2000)]

_FIELDS: Mapping[str, str] = {
    "name_empty": "nama",
    "name_too_long": "nama",
    "name_unreadable": "nama",
    "email_invalid": "surel",
    "password_refused": "sandi",
    "consent_missing": "setuju",
}


@get("/masuk")
async def sign_in_page(visitor: Visitor, settings: Configured, onward: Onward = "") -> Response[str]:
    """Ask for address and password; who is signed in already goes on."""
    if visitor.person is not None:
        return Redirect(safe_path(onward, HOME), status_code=HTTP_303_SEE_OTHER)
    return await _sign_in(visitor.with_form(settings), onward)


@post("/masuk", status_code=200)
async def sign_in(request: AnyRequest, visitor: Visitor, settings: Configured) -> Response[str]:
    """Sign a browser in."""
    form = await read_form(request, visitor)
    email, onward = form.text("surel"), form.text("lanjut")
    problems = Problems()
    now = await store.clock()
    try:
        attempt = await attempts.begin(
            Action.SIGN_IN,
            person=email[:320],
            address=client_of(request),
            key=await installation_key(settings),
            now=now,
        )
        try:
            account_id = await credentials.sign_in(email, form.raw("sandi"))
        except Unavailable:
            # Nobody looked at the password: it was neither wrong nor right.
            await attempts.take_back(attempt)
            raise
    except TooOften as often:
        problems.refused(often)
        return await _sign_in(visitor, onward, email, problems, status=429)
    except Refusal as refusal:
        problems.refused(refusal)
        return await _sign_in(visitor, onward, email, problems, status=422)
    await attempts.forgive(attempt)
    opened = await sessions.open_session(account_id, now=now, browser=browser_of(request))
    if visitor.person is not None:
        # Signed in meanwhile in another tab: this browser has one session, the new one.
        await sessions.end_session(visitor.person.id, visitor.person.account_id)
    return done(safe_path(onward, HOME), cookies=[keys.session_cookie(opened, settings)])


@get("/daftar")
async def registration_page(visitor: Visitor, settings: Configured, onward: Onward = "") -> Response[str]:
    """Ask for what an account needs."""
    if visitor.person is not None:
        return Redirect(safe_path(onward, HOME), status_code=HTTP_303_SEE_OTHER)
    return await _registration(visitor.with_form(settings), onward)


@post("/daftar", status_code=200)
async def register(request: AnyRequest, visitor: Visitor, settings: Configured) -> Response[str]:
    """Make an account and sign its owner in."""
    form = await read_form(request, visitor)
    onward = safe_path(form.text("lanjut"), HOME)
    if visitor.person is not None:
        # The same form sent twice: the account is there.
        return done(onward)
    problems = _problems(form)
    if problems:
        return await _registration(visitor, onward, form, problems, status=422)
    now, key = await store.clock(), await installation_key(settings)
    email = form.text("surel")
    try:
        attempt = await attempts.begin(
            Action.REGISTER, person=email[:320], address=client_of(request), key=key, now=now
        )
        try:
            account = await credentials.register(
                form.text("nama"),
                email,
                form.raw("sandi"),
                agreed_to=PRIVACY_VERSION if form.flag("setuju") else None,
                language=visitor.language.value,
                key=key,
                now=now,
            )
        except Unavailable:
            await attempts.take_back(attempt)
            raise
    except TooOften as often:
        problems.refused(often)
        return await _registration(visitor, onward, form, problems, status=429)
    except Refusal as refusal:
        problems.refused(refusal, _FIELDS)
        return await _registration(visitor, onward, form, problems, status=422)
    opened = await sessions.open_session(account.id, now=now, browser=browser_of(request))
    notice = "" if account.confirmed_at else "terdaftar"
    return done(onward, notice, cookies=[keys.session_cookie(opened, settings)])


@post("/keluar", status_code=200)
async def sign_out(request: AnyRequest, visitor: Visitor, settings: Configured) -> Redirect:
    """End this browser's session. Who is signed out already is told the same."""
    if visitor.person is not None:
        await read_form(request, visitor)
        await sessions.end_session(visitor.person.id, visitor.person.account_id)
    # Another site's form comes without our cookies: an answer that took them away would sign people out for it.
    sent = keys.session_secret(request)
    return done("/", "keluar", cookies=[keys.no_session_cookie(settings)] if sent else None)


def browser_of(request: AnyRequest) -> str:
    """What the browser calls itself."""
    return request.headers.get("user-agent", "")


def _problems(form: Form) -> Problems:
    """Everything that is wrong at once, in the order of the fields."""
    problems = Problems()
    checks: tuple[Callable[[], object], ...] = (
        lambda: accounts.clean_name(form.text("nama")),
        lambda: accounts.clean_email(form.text("surel")),
        lambda: credentials.check_password(form.raw("sandi"), name=form.text("nama"), email=form.text("surel")),
        lambda: credentials.require_consent(PRIVACY_VERSION if form.flag("setuju") else None),
    )
    for check in checks:
        try:
            check()
        except Refusal as refusal:
            problems.refused(refusal, _FIELDS)
    return problems


async def _sign_in(
    visitor: Visit, onward: str, email: str = "", problems: Problems | None = None, *, status: int = 200
) -> Response[str]:
    told = (problems or Problems()).told(visitor.language)
    return await account_page(
        "account/masuk.html",
        visitor,
        status=status,
        problems=told,
        email=email[:320],
        onward=safe_path(onward, ""),
        register_at=_with_onward("/daftar", onward),
    )


async def _registration(
    visitor: Visit, onward: str, form: Form | None = None, problems: Problems | None = None, *, status: int = 200
) -> Response[str]:
    typed = form or Form({})
    return await account_page(
        "account/daftar.html",
        visitor,
        status=status,
        problems=(problems or Problems()).told(visitor.language),
        name=typed.text("nama")[:400],
        email=typed.text("surel")[:320],
        agreed=typed.flag("setuju"),
        onward=safe_path(onward, ""),
        sign_in_at=_with_onward("/masuk", onward),
        shortest=credentials.SHORTEST,
    )


def _with_onward(path: str, onward: str) -> str:
    safe = safe_path(onward, "")
    return f"{path}?{urlencode({'lanjut': safe})}" if safe else path

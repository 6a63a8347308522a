"""A new password: by mail, or by a code that organizers printed for one person."""

from typing import Annotated

from litestar import Response, get, post
from litestar.params import FromPath, QueryParameter

from frontend import keys
from frontend.addresses import client_of
from frontend.pages.account.asking import Configured, Visitor, account_page, installation_key
from frontend.pages.account.entering import browser_of
from frontend.pages.forms import Problems, done, read_form
from frontend.pages.proof.links import link_over
from frontend.pages.visiting import AnyRequest, Visit
from hackathon import codes, credentials, resets, store
from hackathon.credentials import PasswordRefused
from hackathon.errors import Refusal, TooOften
from hackathon.settings import Settings

ASK, SENT, BY_CODE = "/lupa-sandi", "/lupa-sandi/terkirim", "/masuk/kode"

Typed = Annotated[str, QueryParameter(name="kode", max_length=100)]


@get(ASK)
async def ask_page(visitor: Visitor, settings: Configured) -> Response[str]:
    """Ask for the address."""
    return await _asking(visitor.with_form(settings), settings)


@post(ASK, status_code=200)
async def ask(request: AnyRequest, visitor: Visitor, settings: Configured) -> Response[str]:
    """Send a link; the answer is the same whether an account has the address."""
    form = await read_form(request, visitor)
    email, problems = form.text("surel")[:320], Problems()
    try:
        await resets.ask(
            email, address=client_of(request), key=await installation_key(settings), now=await store.clock()
        )
    except Refusal as refusal:
        problems.add("surel", refusal.message)
        status = 429 if isinstance(refusal, TooOften) else 422
        return await _asking(visitor, settings, email, problems, status=status)
    return done(SENT)


@get(SENT)
async def sent_page(visitor: Visitor, settings: Configured) -> Response[str]:
    """What to do now."""
    return await account_page("proof/terkirim.html", visitor, sends=bool(settings.smtp_url))


@get("/sandi/{secret:str}")
async def reset_page(secret: FromPath[str], visitor: Visitor, settings: Configured) -> Response[str]:
    """Ask for the new password."""
    return await _resetting(visitor.with_form(settings), secret)


@post("/sandi/{secret:str}", status_code=200)
async def reset(request: AnyRequest, secret: FromPath[str], visitor: Visitor, settings: Configured) -> Response[str]:
    """Set the new password and sign in."""
    form = await read_form(request, visitor)
    try:
        opened = await resets.reset(
            secret,
            form.raw("sandi"),
            address=client_of(request),
            key=await installation_key(settings),
            now=await store.clock(),
            browser=browser_of(request),
        )
    except PasswordRefused as refusal:
        problems = Problems()
        problems.add("sandi", refusal.message)
        return await _resetting(visitor, secret, problems, status=422)
    except Refusal as refusal:
        return await link_over(visitor, refusal, again=ASK)
    return done("/akun", "sandi-baru", cookies=[keys.session_cookie(opened, settings)])


@get(BY_CODE)
async def code_page(visitor: Visitor, settings: Configured, code: Typed = "") -> Response[str]:
    """Ask for a code and a new password."""
    return await _by_code(visitor.with_form(settings), code)


@post(BY_CODE, status_code=200)
async def sign_in_with_code(request: AnyRequest, visitor: Visitor, settings: Configured) -> Response[str]:
    """Sign in with a code and give the account a new password."""
    form = await read_form(request, visitor)
    typed, problems = form.text("kode")[:100], Problems()
    try:
        opened = await codes.sign_in_with(
            typed,
            form.raw("sandi"),
            address=client_of(request),
            key=await installation_key(settings),
            now=await store.clock(),
            browser=browser_of(request),
        )
    except Refusal as refusal:
        problems.add("sandi" if isinstance(refusal, PasswordRefused) else "kode", refusal.message)
        status = 429 if isinstance(refusal, TooOften) else 422
        return await _by_code(visitor, typed, problems, status=status)
    return done("/akun", "sandi-baru", cookies=[keys.session_cookie(opened, settings)])


async def _asking(
    visitor: Visit, settings: Settings, email: str = "", problems: Problems | None = None, *, status: int = 200
) -> Response[str]:
    told = (problems or Problems()).told(visitor.language)
    return await account_page(
        "proof/lupa.html", visitor, status=status, problems=told, email=email, sends=bool(settings.smtp_url)
    )


async def _resetting(
    visitor: Visit, secret: str, problems: Problems | None = None, *, status: int = 200
) -> Response[str]:
    try:
        account = await resets.open_link(secret, now=await store.clock())
    except Refusal as refusal:
        return await link_over(visitor, refusal, again=ASK)
    return await account_page(
        "proof/sandi-baru.html",
        visitor,
        status=status,
        problems=(problems or Problems()).told(visitor.language),
        email=account.email,
        secret=secret,
        shortest=credentials.SHORTEST,
    )


async def _by_code(visitor: Visit, code: str, problems: Problems | None = None, *, status: int = 200) -> Response[str]:
    return await account_page(
        "proof/kode.html",
        visitor,
        status=status,
        problems=(problems or Problems()).told(visitor.language),
        code=code,
        shortest=credentials.SHORTEST,
    )

"""Confirm an account: by the link of a letter, or by a code."""

from typing import Annotated

from litestar import Response, get, post
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect

from frontend.addresses import client_of
from frontend.pages.account.asking import Configured, Visitor, account_page, installation_key
from frontend.pages.forms import Problems, done, read_form
from frontend.pages.invited import forget_invitation, kept_invitation
from frontend.pages.proof.links import link_over
from frontend.pages.visiting import AnyRequest, Visit
from hackathon import accounts, codes, confirmations, store
from hackathon.errors import Refusal, TooOften
from hackathon.settings import Settings

PATH = "/konfirmasi"

Typed = Annotated[str, QueryParameter(name="kode", max_length=100)]


@get(PATH)
async def confirmation_page(visitor: Visitor, settings: Configured, code: Typed = "") -> Response[str]:
    """How to confirm one's account: where the letter went, and the form for a code."""
    visitor.signed_in()
    return await _confirmation(visitor, settings, code)


@post(PATH, status_code=200)
async def use_confirmation(request: AnyRequest, visitor: Visitor, settings: Configured) -> Response[str]:
    """Send the letter once more, or confirm with a code of the organizers: two forms of one page, so that its address
    stays the same when something is wrong.
    """
    person = visitor.signed_in()
    form = await read_form(request, visitor)
    now, key, address = await store.clock(), await installation_key(settings), client_of(request)
    typed, again = form.text("kode")[:100], form.flag("kirim")
    try:
        if again:
            await confirmations.ask_again(actor=person.principal, address=address, key=key, now=now)
        else:
            await codes.confirm_with(typed, actor=person.principal, address=address, key=key, now=now)
    except Refusal as refusal:
        problems = Problems()
        problems.add("kirim" if again else "kode", refusal.message)
        status = 429 if isinstance(refusal, TooOften) else 422
        return await _confirmation(visitor, settings, typed, problems=problems, status=status)
    return done(PATH, "surel-dikirim") if again else _confirmed(request, "/akun", settings)


@get("/konfirmasi/{secret:str}")
async def link_page(secret: FromPath[str], visitor: Visitor, settings: Configured) -> Response[str]:
    """Ask for the button: programs that look at mail open links, but press nothing."""
    try:
        is_open = await confirmations.is_open(secret, now=await store.clock())
    except Refusal as refusal:
        return await link_over(visitor, refusal, again=PATH)
    return await account_page("proof/tautan.html", visitor.with_form(settings), is_open=is_open, secret=secret)


@post("/konfirmasi/{secret:str}", status_code=200)
async def confirm(request: AnyRequest, secret: FromPath[str], visitor: Visitor, settings: Configured) -> Response[str]:
    """Take the answer to the letter."""
    await read_form(request, visitor)
    try:
        await confirmations.confirm(secret, now=await store.clock())
    except Refusal as refusal:
        return await link_over(visitor, refusal, again=PATH)
    return _confirmed(request, "/akun" if visitor.person else "/masuk", settings)


def _confirmed(request: AnyRequest, otherwise: str, settings: Settings) -> Redirect:
    """On to the invitation for which the account was made, else to `otherwise`."""
    invitation = kept_invitation(request)
    cookies = [forget_invitation(settings)] if invitation else None
    return done(invitation or otherwise, "terkonfirmasi", cookies=cookies)


async def _confirmation(
    visitor: Visit,
    settings: Settings,
    code: str = "",
    *,
    problems: Problems | None = None,
    status: int = 200,
) -> Response[str]:
    account = await accounts.get_account(visitor.signed_in().account_id)
    return await account_page(
        "proof/konfirmasi.html",
        visitor,
        status=status,
        problems=(problems or Problems()).told(visitor.language),
        confirmed=account.confirmed_at is not None,
        address=account.address,
        sends=bool(settings.smtp_url),
        code=code,
    )

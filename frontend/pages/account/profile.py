"""Who one is: name, zone, language, NIP."""

from litestar import Response, get, post

from frontend import language as languages
from frontend.pages.account.asking import Configured, Visitor, account_page, installation_key
from frontend.pages.forms import Form, Problems, done, read_form
from frontend.pages.visiting import AnyRequest, Visit, choice_cookie
from hackathon import accounts, events, store
from hackathon.accounts import Account, NipInvalid, Zone, mask_nip
from hackathon.errors import Refusal, Unavailable
from hackathon.settings import Settings
from judging import judges
from sandbox.model import Text

PATH = "/akun"

_FIELDS = {
    "name_empty": "nama",
    "name_too_long": "nama",
    "name_unreadable": "nama",
    "zone_unknown": "zona",
    "language_unknown": "bahasa",
}


@get(PATH)
async def profile_page(visitor: Visitor, settings: Configured) -> Response[str]:
    """One's own profile."""
    return await _profile(visitor, settings, Problems())


@post(PATH, status_code=200)
async def save_profile(request: AnyRequest, visitor: Visitor, settings: Configured) -> Response[str]:
    """Change name, zone and language."""
    person = visitor.signed_in()
    form = await read_form(request, visitor)
    language = form.text("bahasa")
    try:
        await accounts.update_profile(
            name=form.text("nama"), zone=form.text("zona"), language=language, actor=person.principal
        )
    except Refusal as refusal:
        problems = Problems()
        problems.refused(refusal, _FIELDS)
        return await _profile(visitor, settings, problems, form, status=422)
    # What was chosen in this browser before goes before the account; the choice of now is the newer one.
    return done(PATH, "tersimpan", cookies=[choice_cookie(languages.PARAMETER, language, settings)])


@post("/akun/nip", status_code=200)
async def save_nip(request: AnyRequest, visitor: Visitor, settings: Configured) -> Response[str]:
    """Keep or replace the NIP."""
    person = visitor.signed_in()
    form = await read_form(request, visitor)
    try:
        await accounts.set_nip(
            form.text("nip"), key=await installation_key(settings), actor=person.principal, now=await store.clock()
        )
    except NipInvalid as refusal:
        problems = Problems()
        problems.add("nip", refusal.message)
        return await _profile(visitor, settings, problems, nip=form.text("nip")[:60], status=422)
    return done(PATH, "nip-tersimpan", anchor="nip")


@post("/akun/nip/hapus", status_code=200)
async def remove_nip(request: AnyRequest, visitor: Visitor) -> Response[str]:
    """Forget the NIP."""
    person = visitor.signed_in()
    await read_form(request, visitor)
    await accounts.remove_nip(actor=person.principal)
    return done(PATH, "nip-terhapus", anchor="nip")


async def _profile(
    visitor: Visit,
    settings: Settings,
    problems: Problems,
    form: Form | None = None,
    *,
    nip: str = "",
    status: int = 200,
) -> Response[str]:
    person = visitor.signed_in()
    account = await accounts.get_account(person.account_id)
    kept, trouble = await _masked_nip(visitor, settings)
    return await account_page(
        "account/profil.html",
        visitor,
        part="profil",
        status=status,
        problems=problems.told(visitor.language),
        account=account,
        name=account.name if form is None else form.text("nama")[:400],
        chosen_zone=account.zone if form is None else form.text("zona"),
        chosen_language=_language(account, visitor) if form is None else form.text("bahasa"),
        zones=[{"value": zone.value, "title": zone.name} for zone in Zone],
        nip=nip,
        kept_nip=kept,
        judging=[
            (slug, languages.pick((await events.get_event(slug)).title, visitor.language))
            for _, slug in await judges.judging_of(person.account_id)
        ],
        nip_trouble=None if trouble is None else languages.pick(trouble, visitor.language),
    )


def _language(account: Account, visitor: Visit) -> str:
    """What the account says; the form starts with that even where this browser shows another."""
    return account.language or visitor.language.value


async def _masked_nip(visitor: Visit, settings: Settings) -> tuple[str | None, Text | None]:
    try:
        nip = await accounts.read_nip(key=await installation_key(settings), actor=visitor.signed_in().principal)
    except Unavailable as unavailable:
        # The rest of the page works, and the person can type the NIP anew.
        return None, unavailable.message
    return (None if nip is None else mask_nip(nip)), None

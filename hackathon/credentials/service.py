"""Register, sign in, change a password."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from hackathon import accounts, confirmations, mail, outbox, sessions, store
from hackathon.accounts import PRIVACY_VERSION, Account, AccountUnknown, Consent, EmailTaken
from hackathon.accounts import store as account_rows
from hackathon.credentials import store as rows
from hackathon.credentials.errors import ConsentMissing, CurrentPasswordWrong, PasswordChanged, SignInRefused
from hackathon.credentials.hashing import hash_password, is_outdated, is_password
from hackathon.credentials.passwords import check_password
from hackathon.mail import Recipient, letters
from hackathon.model import SYSTEM, Principal
from hackathon.sessions import NewSession, Session


async def register(
    name: str,
    email: str,
    password: str,
    *,
    agreed_to: str | None,
    language: str = "id",
    key: bytes,
    now: datetime,
    new_id: Callable[[], UUID] = uuid4,
) -> Account:
    """Make an account for somebody who comes by themselves; it is not confirmed. `agreed_to` is the version of the
    privacy notice they agreed to.

    Who knows the password of the address's account gets that one: the form was sent twice, or they forgot that they
    have it. Else a second one is made that only claims the address: whoever registers cannot tell the one from the
    other, and the owner is told by mail. It is worth nothing, for nobody can confirm it, and the next registration of
    the address takes its place (which is how two registrations of one address could tell after all; callers limit
    them). Raises Refusal, PasswordRefused, ConsentMissing, TooBusy.
    """
    account = Account(
        id=new_id(),
        name=accounts.clean_name(name),
        email=accounts.clean_email(email),
        roles=frozenset(),
        created_at=now,
        language=language,
    )
    consent = Consent(require_consent(agreed_to), now)
    owner, _ = await rows.read_by_address(account.email or "")
    # Both, whether there is an owner or not: it must not show in the time.
    password_hash, known = await asyncio.gather(
        checked_hash(password, name=account.name, email=account.email or ""),
        is_password(None if owner is None else owner.password_hash, password),
    )
    if owner is not None and known:
        return await _agree_again(owner.account_id, consent, new_id())
    if owner is not None:
        return await _claim(account, password_hash, consent, new_id(), key)
    try:
        async with store.transaction():
            await _insert(account, password_hash, consent, new_id())
            await outbox.append("account.registered", {"account": account.id}, actor=_principal(account))
            await confirmations.ask(account.id, key=key, now=now)
    except EmailTaken:
        # Registered in the same moment, perhaps by the same form.
        owner, _ = await rows.read_by_address(account.email or "")
        if owner is not None and await is_password(owner.password_hash, password):
            return await _agree_again(owner.account_id, consent, new_id())
        return await _claim(account, password_hash, consent, new_id(), key)
    return account


def require_consent(agreed_to: str | None) -> str:
    """The version of the privacy notice that somebody agreed to. Raises ConsentMissing unless it is the one of now."""
    if agreed_to != PRIVACY_VERSION:
        raise ConsentMissing
    return agreed_to


async def sign_in(email: str, password: str) -> UUID:
    """The account these belong to. Raises SignInRefused, the same and after as long whatever is wrong, and TooBusy."""
    address = email.strip()[:320]
    owner, claimant = await rows.read_by_address(address) if address.isascii() and "\0" not in address else (None, None)
    both = (owner, claimant)
    # Always two: whether somebody claims an address must not show in the time either.
    right = await asyncio.gather(*(is_password(None if one is None else one.password_hash, password) for one in both))
    found = next((one for one, fits in zip(both, right, strict=True) if fits and one is not None), None)
    if found is None or found.password_hash is None:
        raise SignInRefused
    if is_outdated(found.password_hash):
        await rows.replace_hash(found.account_id, found.password_hash, await hash_password(password))
    return found.account_id


async def change_password(
    current: str, new: str, *, session: Session, browser: str = "", key: bytes, now: datetime
) -> NewSession:
    """Change one's own password: every session of the account ends, and this browser gets a new one. A letter says so.

    Tokens stay: who knows the old password has nothing to fear from their own programs. Raises CurrentPasswordWrong,
    PasswordRefused, PasswordChanged, TooBusy.
    """
    account_id = session.account_id
    kept = await rows.read_hash(account_id)
    if not await is_password(kept, current) or kept is None:
        raise CurrentPasswordWrong
    account = await accounts.get_account(account_id)
    password_hash = await checked_hash(new, name=account.name, email=account.address or "")
    async with store.transaction():
        if not await rows.replace_hash(account_id, kept, password_hash):
            raise PasswordChanged
        await sessions.end_sessions(account_id)
        opened = await sessions.open_session(account_id, now=now, browser=browser)
        await outbox.append("account.password_changed", {"account": account_id}, actor=session.principal)
        if account.email is not None:
            to = Recipient(account_id, account.email, account.name, account.language, account.zone)
            await mail.post(letters.password_changed(to, now), key=key, now=now)
    return opened


async def set_password(account_id: UUID, password: str, *, actor: Principal = SYSTEM) -> None:
    """Give an account a password, for whoever runs the server; its sessions and tokens end.

    Raises AccountUnknown, PasswordRefused, TooBusy.
    """
    account = await accounts.get_account(account_id)
    password_hash = await checked_hash(password, name=account.name, email=account.address or "")
    async with store.transaction():
        await put_hash(account_id, password_hash, actor=actor, now=await store.clock())


async def has_password(account_id: UUID) -> bool:
    """Whether anybody could sign in to this account with a password."""
    return await rows.read_hash(account_id) is not None


async def checked_hash(password: str, *, name: str, email: str) -> str:
    """The hash of a password that the rules take, for `put_hash`. Raises PasswordRefused, TooBusy."""
    check_password(password, name=name, email=email)
    return await hash_password(password)


async def put_hash(account_id: UUID, password_hash: str, *, actor: Principal, now: datetime) -> None:
    """Replace the password of somebody who has shown another way who they are, in the caller's transaction.

    Every session and every API token of the account ends: who lost a password to somebody else wants them out, and that
    one may have made a token. Raises AccountUnknown.
    """
    store.require_transaction()
    if not await rows.write_hash(account_id, password_hash):
        raise AccountUnknown
    await sessions.end_sessions(account_id)
    await accounts.revoke_tokens(account_id, actor=actor, now=now)
    await outbox.append("account.password_changed", {"account": account_id}, actor=actor)


async def _agree_again(account_id: UUID, consent: Consent, consent_id: UUID) -> Account:
    async with store.transaction():
        await account_rows.insert_consent(consent_id, account_id, consent)
    return await accounts.get_account(account_id)


async def _claim(account: Account, password_hash: str, consent: Consent, consent_id: UUID, key: bytes) -> Account:
    """The account that claims an address of another. Two that race for it: the later one stays."""
    address = account.email or ""
    owner = await accounts.find_account(address)
    claim = Account(
        id=account.id,
        name=account.name,
        email=None,
        roles=frozenset(),
        created_at=account.created_at,
        language=account.language,
        claims=address,
    )
    async with store.transaction():
        if owner is not None:
            await account_rows.lock_account(owner.id)
        await rows.drop_claim(address)
        await _insert(claim, password_hash, consent, consent_id)
        subject = {"account": claim.id} if owner is None else {"account": claim.id, "owner": owner.id}
        await outbox.append("account.claimed", subject, actor=_principal(claim))
        await confirmations.ask(claim.id, key=key, now=claim.created_at)
    return claim


async def _insert(account: Account, password_hash: str, consent: Consent, consent_id: UUID) -> None:
    await account_rows.insert_account(account, password_hash)
    await account_rows.insert_consent(consent_id, account.id, consent)


def _principal(account: Account) -> Principal:
    return Principal(account.id, account.name, account.roles)

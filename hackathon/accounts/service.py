"""Accounts and their API tokens."""

import re
import secrets
from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID, uuid4

from hackathon import outbox, store
from hackathon.accounts import store as rows
from hackathon.accounts.errors import AccountUnknown, EmailInvalid, TokenUnknown, TooManyTokens
from hackathon.accounts.model import (
    MOST_TOKENS,
    Account,
    NewToken,
    Token,
    Zone,
    hash_secret,
    is_alive,
    looks_like_token,
    make_secret,
)
from hackathon.errors import Refusal
from hackathon.model import Principal, Role
from hackathon.names import clean_line
from hackathon.permissions import require_organizer
from sandbox.model import Text

# What mail servers take without an extension (RFC 5321, 4.1.2, without quoted forms). Letters of other scripts look
# like those of another address.
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)
_LONGEST_EMAIL, _LONGEST_MAILBOX = 254, 64  # RFC 5321, 4.5.3.1
_AROUND = " \t\r\n\f\v\xa0\u200b\u200e\u200f\u2060\ufeff"
"""What is pasted along without being seen."""


async def create_account(
    name: str,
    *,
    email: str | None = None,
    roles: Collection[Role] = (),
    confirmed: bool = True,
    password_hash: str | None = None,
    zone: Zone = Zone.WIB,
    actor: Principal,
    now: datetime,
    new_id: Callable[[], UUID] = uuid4,
) -> Account:
    """Make an account. Organizers only; they vouch for whom they add unless `confirmed` says otherwise.
    `password_hash` is one of `hackathon.credentials.checked_hash`; without it the person asks for a password by mail.

    Raises Forbidden, EmailTaken, Refusal for a name or address that cannot be.
    """
    require_organizer(actor)
    account = Account(
        id=new_id(),
        name=clean_name(name),
        email=None if email is None else clean_email(email),
        roles=frozenset(roles),
        created_at=now,
        confirmed_at=now if confirmed else None,
        zone=zone.value,
    )
    async with store.transaction():
        await rows.insert_account(account, password_hash)
        await outbox.append("account.created", {"account": account.id}, actor=actor)
    return account


async def get_account(account_id: UUID) -> Account:
    """The account with this id. Raises AccountUnknown."""
    account = await rows.read_account(account_id)
    if account is None:
        raise AccountUnknown
    return account


async def find_account(email: str) -> Account | None:
    """The account with this address, whatever its case."""
    return await rows.read_account_by_email(email.strip(_AROUND))


async def list_accounts(*, actor: Principal) -> tuple[Account, ...]:
    """All accounts, oldest first. Organizers only."""
    require_organizer(actor)
    return await rows.read_accounts()


async def set_roles(account_id: UUID, roles: Collection[Role], *, actor: Principal) -> Account:
    """Say what an account may do, in place of before. Organizers only. Raises Forbidden, AccountUnknown."""
    require_organizer(actor)
    async with store.transaction():
        if not await rows.update_roles(account_id, frozenset(roles)):
            raise AccountUnknown
        named = "+".join(sorted(role.value for role in roles)) or "none"
        await outbox.append("account.roles_set", {"account": account_id, "roles": named}, actor=actor)
    return await get_account(account_id)


async def create_token(
    account_id: UUID,
    *,
    label: str,
    actor: Principal,
    now: datetime,
    expires_at: datetime | None = None,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    new_id: Callable[[], UUID] = uuid4,
) -> NewToken:
    """Make a token for one's own account, or as an organizer for any. Its secret is in the answer and nowhere else.

    Raises Forbidden, AccountUnknown, TooManyTokens, TokenShown, Refusal.
    """
    if actor.account_id != account_id:
        require_organizer(actor)
    line = clean_line(label, what=Text(id="Keterangan token", en="The token's label"), longest=200)
    if expires_at is not None and expires_at <= now:
        raise Refusal(
            Text(id="Masa berlaku token sudah lewat.", en="The token would have expired already."), "expiry_past"
        )
    secret = make_secret(random_bytes)
    token = Token(new_id(), account_id, line, now, expires_at, revoked_at=None, last_used_at=None)
    async with store.transaction():
        # Held, so that two tabs do not both make the last one.
        if not await rows.lock_account(account_id):
            raise AccountUnknown
        living = sum(is_alive(one, now) for one in await rows.read_tokens(account_id))
        if living >= MOST_TOKENS and not actor.is_organizer:
            raise TooManyTokens(MOST_TOKENS)
        await rows.insert_token(token, hash_secret(secret))
        await outbox.append("token.created", {"token": token.id, "account": account_id}, actor=actor)
    return NewToken(token.id, secret)


async def list_tokens(account_id: UUID, *, actor: Principal) -> tuple[Token, ...]:
    """The tokens of one's own account, or as an organizer of any."""
    if actor.account_id != account_id:
        require_organizer(actor)
    return await rows.read_tokens(account_id)


async def revoke_token(token_id: UUID, *, actor: Principal, now: datetime) -> None:
    """End a token of one's own, or as an organizer any; twice is fine. Raises TokenUnknown."""
    token = await rows.read_token(token_id)
    # Another person's token is as unknown as none: ids cannot be probed.
    if token is None or (token.account_id != actor.account_id and not actor.is_organizer):
        raise TokenUnknown
    async with store.transaction():
        if await rows.revoke(token_id, now):
            await outbox.append("token.revoked", {"token": token_id, "account": token.account_id}, actor=actor)


async def revoke_tokens(account_id: UUID, *, actor: Principal, now: datetime) -> int:
    """End every token of an account, in the caller's transaction; returns how many ended."""
    store.require_transaction()
    ended = await rows.revoke_all(account_id, now)
    for token_id in ended:
        await outbox.append("token.revoked", {"token": token_id, "account": account_id}, actor=actor)
    return len(ended)


async def authenticate(token: str, *, now: datetime | None = None) -> Principal | None:
    """Who holds this token; None for one that is unknown, ended or expired.

    Without `now` the database's clock rules.
    """
    if not looks_like_token(token):
        return None
    return await rows.read_bearer(hash_secret(token), now)


def clean_name(name: str) -> str:
    """A person's name with single spaces. Raises Refusal."""
    return clean_line(name, what=Text(id="Nama", en="The name"), longest=200)


def clean_email(email: str) -> str:
    """An e-mail address without what is around it; case stays as typed and counts nowhere. Raises EmailInvalid."""
    address = email[: 2 * _LONGEST_EMAIL].strip(_AROUND)
    mailbox, _, _ = address.partition("@")
    if len(address) > _LONGEST_EMAIL or len(mailbox) > _LONGEST_MAILBOX or not _EMAIL.fullmatch(address):
        raise EmailInvalid
    return address

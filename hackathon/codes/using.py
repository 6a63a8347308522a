"""Use codes: each once, and of two who type one at the same time one wins."""

from datetime import datetime

from hackathon import accounts, attempts, confirmations, credentials, outbox, sessions, store
from hackathon.account_mail import tell_password_changed
from hackathon.accounts import Account
from hackathon.attempts import Action
from hackathon.codes import store as rows
from hackathon.codes.errors import EXPIRED, REVOKED, USED, CodeMistyped, CodeOver, CodeUnknown
from hackathon.codes.model import Found, Purpose, hash_code, read
from hackathon.confirmations import Way
from hackathon.model import Principal
from hackathon.sessions import NewSession


async def confirm_with(text: str, *, actor: Principal, address: str, key: bytes, now: datetime) -> None:
    """Confirm one's own account with a code. Twice is fine; an account that is confirmed uses none up.

    Raises CodeMistyped, CodeUnknown, CodeOver, AddressOwned, TooManyAttempts.
    """
    code = _read(text)
    attempt = await attempts.begin(Action.CODE, person=str(actor.account_id), address=address, key=key, now=now)
    async with store.transaction():
        found = await rows.lock_code(hash_code(code, key))
        if found is None or found.batch.purpose is not Purpose.CONFIRM:
            raise CodeUnknown
        if found.used_by != actor.account_id:
            _check(found, now)
            if await confirmations.mark(actor.account_id, Way.CODE, actor=actor, now=now):
                await rows.mark_used(found.id, actor.account_id, now)
                await outbox.append("code.used", {"batch": found.batch.id, "account": actor.account_id}, actor=actor)
    await attempts.forgive(attempt)


async def sign_in_with(
    text: str, password: str, *, address: str, key: bytes, now: datetime, browser: str = ""
) -> NewSession:
    """Sign in with a code that was made for one account, and give that a new password; its sessions and tokens end.

    Raises CodeMistyped, CodeUnknown, CodeOver, PasswordRefused, TooManyAttempts, TooBusy.
    """
    code_hash = hash_code(_read(text), key)
    attempt = await attempts.begin(Action.CODE, person="", address=address, key=key, now=now)
    async with store.transaction():
        account = await _account_of(await rows.lock_code(code_hash), now)
    await attempts.forgive(attempt)
    password_hash = await credentials.checked_hash(password, name=account.name, email=account.address or "")
    actor = Principal(account.id, account.name, account.roles)
    async with store.transaction():
        found = await rows.lock_code(code_hash)
        account = await _account_of(found, now)
        assert found is not None  # noqa: S101 - or there were no account
        await rows.mark_used(found.id, account.id, now)
        await credentials.put_hash(account.id, password_hash, actor=actor, now=now)
        await tell_password_changed(account.id, key=key, now=now)
        await confirmations.mark(account.id, Way.CODE, actor=actor, now=now)
        opened = await sessions.open_session(account.id, now=now, browser=browser)
        await outbox.append("code.used", {"batch": found.batch.id, "account": account.id}, actor=actor)
    if account.email is not None:
        await attempts.clear(Action.SIGN_IN, person=account.email, address=address, key=key)
    return opened


def _read(text: str) -> str:
    code = read(text)
    if code is None:
        raise CodeMistyped
    return code


def _check(found: Found, now: datetime) -> None:
    if found.used_at is not None:
        raise CodeOver(USED)
    if found.batch.revoked_at is not None:
        raise CodeOver(REVOKED)
    if now >= found.batch.expires_at:
        raise CodeOver(EXPIRED)


async def _account_of(found: Found | None, now: datetime) -> Account:
    if found is None or found.batch.purpose is not Purpose.SIGN_IN or found.batch.account_id is None:
        raise CodeUnknown
    _check(found, now)
    account = await accounts.get_account(found.batch.account_id)
    if account.roles:
        raise CodeUnknown  # it was made an organizer or a judge since; no code signs in to those
    return account

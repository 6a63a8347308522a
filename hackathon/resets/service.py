"""Ask for a link, and use it."""

import asyncio
from datetime import datetime
from uuid import UUID

from hackathon import accounts, attempts, confirmations, credentials, mail, outbox, proofs, sessions, store
from hackathon.account_mail import recipient, tell_password_changed
from hackathon.accounts import Account, AccountUnknown
from hackathon.attempts import Action
from hackathon.confirmations import Way
from hackathon.mail import Recipient, letters
from hackathon.model import SYSTEM, Principal
from hackathon.proofs import ProofUnknown, Purpose
from hackathon.sessions import NewSession

ANSWER_SECONDS = 0.4
"""Everybody is answered a multiple of this after the address was looked for; a letter takes far less to be posted."""


async def ask(email: str, *, address: str, key: bytes, now: datetime) -> None:
    """Send a link to an address if an account has it; nothing tells whether one has.

    `address` is that of the client. Raises EmailInvalid, TooManyAttempts.
    """
    cleaned = accounts.clean_email(email)
    await attempts.begin(Action.RESET, person=cleaned, address=address, key=key, now=now)
    begun = asyncio.get_running_loop().time()
    account = await accounts.find_account(cleaned)
    to = None if account is None else recipient(account)
    if account is not None and to is not None:
        await _send(account.id, to, key=key, now=now)
    # Writing a letter takes longer than finding nobody: how long it took must not tell either.
    await asyncio.sleep((begun - asyncio.get_running_loop().time()) % ANSWER_SECONDS)


async def _send(account_id: UUID, to: Recipient, *, key: bytes, now: datetime) -> None:
    async with store.transaction():
        secret, until = await proofs.issue(Purpose.RESET, account_id, to.email, now=now)
        await mail.post(letters.reset_password(to, secret, until), key=key, now=now)
        await outbox.append("account.reset_asked", {"account": account_id}, actor=SYSTEM)


async def open_link(secret: str, *, now: datetime) -> Account:
    """Whose password a link changes. Raises ProofUnknown, ProofUsed, ProofExpired."""
    proof = await proofs.look(Purpose.RESET, secret, now=now)
    try:
        account = await accounts.get_account(proof.account_id)
    except AccountUnknown as error:
        raise ProofUnknown from error
    if account.email is None or proofs.hash_email(account.email) != proof.email_hash:
        raise ProofUnknown  # the address is another one now
    return account


async def reset(
    secret: str, password: str, *, address: str, key: bytes, now: datetime, browser: str = ""
) -> NewSession:
    """Set the new password and sign in here; everywhere else the account is signed out, and its tokens end.

    The owner is told by mail.

    Raises ProofUnknown, ProofUsed, ProofExpired, PasswordRefused, TooBusy.
    """
    account = await open_link(secret, now=now)
    password_hash = await credentials.checked_hash(password, name=account.name, email=account.email or "")
    actor = Principal(account.id, account.name, account.roles)
    async with store.transaction():
        await proofs.spend(Purpose.RESET, secret, now=now)
        await proofs.void(Purpose.RESET, account.id, now=now)
        await credentials.put_hash(account.id, password_hash, actor=actor, now=now)
        await tell_password_changed(account.id, key=key, now=now)
        # Whoever opened the link reads that address.
        await confirmations.mark(account.id, Way.RESET, actor=actor, now=now)
        opened = await sessions.open_session(account.id, now=now, browser=browser)
    await attempts.clear(Action.SIGN_IN, person=account.email or "", address=address, key=key)
    return opened

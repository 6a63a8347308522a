"""Open, recognise and end sessions."""

import secrets
from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from hackathon import outbox, store
from hackathon.model import Principal
from hackathon.sessions import store as rows
from hackathon.sessions.model import (
    LONGEST_BROWSER,
    NewSession,
    OpenSession,
    Session,
    expiry,
    hash_secret,
    looks_like_secret,
    make_secret,
)


async def open_session(
    account_id: UUID,
    *,
    now: datetime,
    browser: str = "",
    replaces: UUID | None = None,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    new_id: Callable[[], UUID] = uuid4,
) -> NewSession:
    """Open a session for somebody who has shown who they are; the one it replaces ends.

    Joins the caller's transaction, else opens its own. `browser` is what the browser calls itself; a part is kept.
    """
    secret = make_secret(random_bytes)
    session_id = new_id()
    shown = "".join(letter for letter in browser if letter.isprintable())[:LONGEST_BROWSER]

    async def write() -> None:
        await rows.delete_dead(now)
        if replaces is not None:
            await rows.delete_session(replaces, account_id)
        await rows.insert_session(session_id, account_id, hash_secret(secret), shown, now)
        await outbox.append(
            "session.opened",
            {"session": session_id, "account": account_id},
            actor=Principal(account_id, "", frozenset()),
        )

    if store.in_transaction():
        await write()
    else:
        async with store.transaction():
            await write()
    return NewSession(session_id, secret, expiry(now, now))


async def authenticate(secret: str, *, now: datetime | None = None) -> Session | None:
    """Who holds this secret; None for one that is unknown or over. Without `now` the database's clock rules."""
    if not looks_like_secret(secret):
        return None
    return await rows.read_session(hash_secret(secret), now)


async def list_sessions(account_id: UUID, *, now: datetime) -> tuple[OpenSession, ...]:
    """The living sessions of an account, the last used first."""
    return await rows.read_sessions(account_id, now)


async def end_session(session_id: UUID, account_id: UUID) -> None:
    """End one session of an account; twice is fine."""
    await rows.delete_session(session_id, account_id)


async def end_sessions(account_id: UUID, *, keep: UUID | None = None) -> int:
    """End all sessions of an account but `keep`; returns how many ended."""
    return await rows.delete_sessions(account_id, keep)

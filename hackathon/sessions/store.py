"""Reading and writing of sessions."""

from datetime import datetime
from uuid import UUID

from hackathon import store
from hackathon.model import Principal, Role
from hackathon.sessions import tables
from hackathon.sessions.model import IDLE, LONGEST, OpenSession, Session, expiry

SEEN_SECONDS = 300
"""A use is noted no more often; each request would be a write."""

_ALIVE = "s.opened_at + $2 > $3 AND s.seen_at + $4 > $3"


async def insert_session(session_id: UUID, account_id: UUID, secret_hash: bytes, browser: str, now: datetime) -> None:
    """Keep a session by its hash."""
    await tables.Session(
        id=session_id, account_id=account_id, hash=secret_hash, browser=browser, opened_at=now, seen_at=now
    ).save()


async def read_session(secret_hash: bytes, now: datetime | None) -> Session | None:
    """The session of this hash, if it is alive at `now` (None: the database's clock); notes the use."""
    row = await store.fetch_one(
        "SELECT s.id, s.account_id, s.opened_at, s.seen_at, a.name, a.roles, a.confirmed_at, a.zone, a.language,"
        " coalesce(a.email, a.claims) AS email, coalesce($3, clock_timestamp()) AS now"
        " FROM session s JOIN account a ON a.id = s.account_id"
        " WHERE s.hash = $1 AND s.opened_at + $2 > coalesce($3, clock_timestamp())"
        " AND s.seen_at + $4 > coalesce($3, clock_timestamp())",
        secret_hash,
        LONGEST,
        now,
        IDLE,
    )
    if row is None:
        return None
    if (row["now"] - row["seen_at"]).total_seconds() > SEEN_SECONDS:
        await store.execute("UPDATE session SET seen_at = $2 WHERE id = $1", row["id"], row["now"])
    return Session(
        id=row["id"],
        principal=Principal(row["account_id"], row["name"], frozenset(Role(role) for role in row["roles"])),
        email=row["email"],
        confirmed_at=row["confirmed_at"],
        zone=row["zone"],
        language=row["language"],
        opened_at=row["opened_at"],
        expires_at=expiry(row["opened_at"], row["now"]),
    )


async def read_sessions(account_id: UUID, now: datetime) -> tuple[OpenSession, ...]:
    """The living sessions of an account, the last used first."""
    rows = await store.fetch(
        f"SELECT s.id, s.browser, s.opened_at, s.seen_at FROM session s WHERE s.account_id = $1 AND {_ALIVE}"  # noqa: S608
        " ORDER BY s.seen_at DESC, s.id",
        account_id,
        LONGEST,
        now,
        IDLE,
    )
    return tuple(OpenSession(**dict(row), expires_at=expiry(row["opened_at"], row["seen_at"])) for row in rows)


async def delete_session(session_id: UUID, account_id: UUID) -> int:
    """End one session of an account."""
    return await store.execute("DELETE FROM session WHERE id = $1 AND account_id = $2", session_id, account_id)


async def delete_sessions(account_id: UUID, keep: UUID | None) -> int:
    """End all sessions of an account but one."""
    return await store.execute("DELETE FROM session WHERE account_id = $1 AND id IS DISTINCT FROM $2", account_id, keep)


async def delete_dead(now: datetime) -> int:
    """Forget sessions that are over."""
    return await store.execute(
        "DELETE FROM session WHERE opened_at + $1 <= $2 OR seen_at + $3 <= $2", LONGEST, now, IDLE
    )

"""Reading and writing of tries."""

from datetime import datetime
from uuid import UUID

from hackathon import store


async def lock(subject: bytes) -> None:
    """Let nobody else count this subject until the transaction ends."""
    await store.execute("SELECT pg_advisory_xact_lock($1)", int.from_bytes(subject[:8], signed=True))


async def time_of(subject: bytes, *, back: int) -> datetime | None:
    """When the `back`-th latest try of a subject was (1: the latest); None when there are fewer."""
    moment: datetime | None = await store.fetch_value(
        "SELECT at FROM attempt WHERE subject = $1 ORDER BY at DESC OFFSET $2 LIMIT 1", subject, back - 1
    )
    return moment


async def insert(attempt_id: UUID, subject: bytes, now: datetime) -> None:
    """Count a try of a subject."""
    await store.execute("INSERT INTO attempt (attempt_id, subject, at) VALUES ($1, $2, $3)", attempt_id, subject, now)


async def delete(attempt_id: UUID | None, subject: bytes | None) -> None:
    """Forget one try, and all of a subject."""
    await store.execute("DELETE FROM attempt WHERE attempt_id = $1 OR subject = $2", attempt_id, subject)


async def forget(before: datetime) -> int:
    """Forget tries of before."""
    return await store.execute("DELETE FROM attempt WHERE at < $1", before)

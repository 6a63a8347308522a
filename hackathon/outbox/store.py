"""Reading and writing of the sequencer: its own connection for numbering, the pool for cursors."""

from datetime import datetime, timedelta
from typing import Any

import asyncpg
import msgspec

from hackathon import store
from hackathon.outbox import model

_LINK = "INSERT INTO audit (number, outbox_id, previous, hash, body) VALUES ($1, $2, $3, $4, $5)"


async def number_waiting(connection: asyncpg.Connection, *, limit: int) -> int:
    """Number the committed rows that have none, oldest first, and link them; returns how many.

    `connection` is the one that holds the sequencer's lock: if the lock is gone, so is the connection, and nothing is
    written. A row whose transaction commits late gets a later number, so a reader that goes by number misses nothing.
    """
    async with connection.transaction():
        rows = await connection.fetch(
            "SELECT id, kind, subject, actor, reason, reason_key, at FROM outbox"
            " WHERE number IS NULL ORDER BY id LIMIT $1",
            limit,
        )
        if not rows:
            return 0
        head = await connection.fetchrow("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")
        number, previous = (head["number"], head["hash"]) if head else (0, model.GENESIS)
        links: list[tuple[Any, ...]] = []
        for row in rows:
            number += 1
            text = model.body(
                number=number,
                kind=row["kind"],
                subject=msgspec.json.decode(row["subject"]),
                actor=row["actor"],
                at=row["at"],
                reason_hash=model.reason_hash(row["reason_key"], row["reason"]) if row["reason"] else None,
            )
            link = model.link_hash(previous, text)
            links.append((number, row["id"], previous, link, text))
            previous = link
        await connection.executemany("UPDATE outbox SET number = $1 WHERE id = $2", [link[:2] for link in links])
        await connection.executemany(_LINK, links)
    return len(links)


async def ensure_cursor(handler: str) -> None:
    """A handler that is new starts at the first entry."""
    await store.execute(
        "INSERT INTO outbox_cursor (handler, updated_at) VALUES ($1, clock_timestamp()) ON CONFLICT DO NOTHING", handler
    )


async def waiting_entries(handler: str, *, limit: int) -> list[model.AuditEntry]:
    """The next entries for a handler, in order."""
    rows = await store.fetch(
        "SELECT body FROM audit WHERE number > (SELECT number FROM outbox_cursor WHERE handler = $1)"
        " ORDER BY number LIMIT $2",
        handler,
        limit,
    )
    return [model.parse_body(row["body"]) for row in rows]


async def mark_handled(handler: str, number: int) -> None:
    """The handler has dealt with everything up to `number`. Never goes back."""
    await store.execute(
        "UPDATE outbox_cursor SET number = $2, failures = 0, last_error = NULL, retry_at = NULL,"
        " updated_at = clock_timestamp() WHERE handler = $1 AND number < $2",
        handler,
        number,
    )


async def mark_failed(handler: str, error: str, pause: timedelta) -> datetime:
    """Note that the handler failed, for the organizers; returns when it is tried again."""
    moment: datetime = await store.fetch_value(
        "UPDATE outbox_cursor SET failures = failures + 1, last_error = $2, retry_at = clock_timestamp() + $3,"
        " updated_at = clock_timestamp() WHERE handler = $1 RETURNING retry_at",
        handler,
        error[:2000],
        pause,
    )
    return moment

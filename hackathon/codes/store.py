"""Reading and writing of codes and their batches."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from hackathon import store
from hackathon.codes.errors import BatchShown
from hackathon.codes.model import Batch, Found, Purpose

_BATCH = (
    "SELECT b.id, b.event_id, b.venue_id, b.purpose, b.account_id, b.size, b.created_by, b.created_at, b.expires_at,"
    " b.revoked_at, (SELECT count(*) FROM code c WHERE c.batch_id = b.id AND c.used_at IS NOT NULL) AS used"
    " FROM code_batch b"
)


async def insert_batch(batch: Batch) -> None:
    """Raises BatchShown."""
    try:
        await store.execute(
            "INSERT INTO code_batch (id, event_id, venue_id, purpose, account_id, size, created_by, created_at,"
            " expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            batch.id,
            batch.event_id,
            batch.venue_id,
            batch.purpose.value,
            batch.account_id,
            batch.size,
            batch.created_by,
            batch.created_at,
            batch.expires_at,
        )
    except asyncpg.UniqueViolationError as error:
        raise BatchShown from error


async def insert_codes(batch_id: UUID, hashes: Sequence[bytes]) -> None:
    """Keep codes by their hashes."""
    await store.execute(
        "INSERT INTO code (id, batch_id, hash)"
        " SELECT made.id, $2, made.hash FROM unnest($1::uuid[], $3::bytea[]) AS made (id, hash)",
        [uuid4() for _ in hashes],
        batch_id,
        list(hashes),
    )


async def read_batch(batch_id: UUID) -> Batch | None:
    """The batch with this id."""
    row = await store.fetch_one(f"{_BATCH} WHERE b.id = $1", batch_id)
    return None if row is None else _batch(row)


async def read_batches(event_id: UUID) -> tuple[Batch, ...]:
    """The batches of an event, the newest first."""
    rows = await store.fetch(f"{_BATCH} WHERE b.event_id = $1 ORDER BY b.created_at DESC, b.id", event_id)
    return tuple(_batch(row) for row in rows)


async def revoke(batch_id: UUID, now: datetime) -> bool:
    """Revoke a batch; False where it was."""
    sql = "UPDATE code_batch SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL"
    return await store.execute(sql, batch_id, now) == 1


async def lock_code(code_hash: bytes) -> Found | None:
    """The code of this hash and its batch, held until the transaction ends."""
    code = await store.fetch_one(
        "SELECT c.id, c.batch_id, c.used_at, c.used_by FROM code c JOIN code_batch b ON b.id = c.batch_id"
        " WHERE c.hash = $1 FOR UPDATE OF c FOR SHARE OF b",
        code_hash,
    )
    if code is None:
        return None
    batch = await read_batch(code["batch_id"])
    return None if batch is None else Found(code["id"], batch, code["used_at"], code["used_by"])


async def mark_used(code_id: UUID, account_id: UUID, now: datetime) -> None:
    """Use a code up."""
    await store.execute("UPDATE code SET used_at = $2, used_by = $3 WHERE id = $1", code_id, now, account_id)


def _batch(row: store.Row) -> Batch:
    values: dict[str, Any] = dict(row)
    return Batch(**{**values, "purpose": Purpose(row["purpose"])})

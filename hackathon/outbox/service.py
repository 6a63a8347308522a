"""Append what happened; check the chain."""

import secrets
from collections.abc import Callable, Collection, Mapping
from uuid import UUID

import msgspec

from hackathon import store
from hackathon.model import Principal
from hackathon.outbox import model

WAKE_CHANNEL = "gelanggang_outbox"
"""The sequencer listens here; a notice is a nudge only."""

_BATCH = 1000


async def append(
    kind: str,
    subject: Mapping[str, UUID | str],
    *,
    actor: Principal,
    reason: str | None = None,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> int:
    """Write down what happened, in the caller's transaction; returns the row's id.

    `subject` holds ids and single words; what a person wrote goes into `reason` (1 to 1,000 characters), which the
    chain keeps as a keyed hash only. Raises NotForTheChain, and RuntimeError outside of a transaction.
    """
    store.require_transaction()
    texts = model.checked_subject(kind, subject)
    row_id: int = await store.fetch_value(
        "WITH written AS (INSERT INTO outbox (kind, subject, actor, reason, reason_key, at)"
        " VALUES ($1, $2::jsonb, $3, $4, $5, clock_timestamp()) RETURNING id)"
        " SELECT id, pg_notify($6, '') FROM written",
        kind,
        msgspec.json.encode(texts).decode(),
        actor.account_id,
        reason,
        None if reason is None else random_bytes(32),
        WAKE_CHANNEL,
    )
    return row_id


async def waiting_seconds(handlers: Collection[str]) -> float:
    """Age of the oldest thing that waits to be numbered, or to be handled by one of `handlers`; 0: nothing waits."""
    waited: float = await store.fetch_value(
        "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(at)), 0)::float FROM outbox WHERE number IS NULL"
        " OR number > (SELECT min(number) FROM outbox_cursor WHERE handler = ANY($1))",
        list(handlers),
    )
    return waited


async def verify_chain() -> model.ChainReport:
    """Recompute every link and hold it against the outbox: numbers without a gap, hashes, and what the rows say."""
    previous, number = model.GENESIS, 0
    while rows := await store.fetch(
        "SELECT a.number, a.previous, a.hash, a.body, o.kind, o.subject, o.actor, o.at, o.reason, o.reason_key,"
        " o.number AS outbox_number FROM audit a JOIN outbox o ON o.id = a.outbox_id"
        " WHERE a.number > $1 ORDER BY a.number LIMIT $2",
        number,
        _BATCH,
    ):
        for row in rows:
            if problem := _problem(row, previous, number + 1):
                return model.ChainReport(number, previous, broken_at=number + 1, problem=problem)
            previous, number = row["hash"], row["number"]
    cut = await store.fetch_value(
        "SELECT min(o.number) FROM outbox o LEFT JOIN audit a ON a.outbox_id = o.id"
        " WHERE o.number IS NOT NULL AND a.number IS NULL"
    )
    if cut is not None:
        return model.ChainReport(number, previous, broken_at=cut, problem="the outbox knows it, the chain does not")
    return model.ChainReport(number, previous)


def _problem(row: store.Row, previous: bytes, expected: int) -> str | None:
    if row["number"] != expected:
        return f"link {expected} is missing"
    if row["previous"] != previous:
        return "it does not name its predecessor's hash"
    if model.link_hash(previous, row["body"]) != row["hash"]:
        return "its hash is not that of its body"
    entry = model.parse_body(row["body"])
    said = (entry.number, entry.kind, dict(entry.subject), entry.actor, entry.at)
    kept = (row["outbox_number"], row["kind"], msgspec.json.decode(row["subject"]), row["actor"], row["at"])
    if said != kept:
        return "its body is not what the outbox holds"
    if row["reason_key"] is not None and row["reason"] is not None:
        keyed = model.reason_hash(row["reason_key"], row["reason"]).hex()
        if msgspec.json.decode(row["body"])["reason"] != keyed:
            return "its reason is not the one that was given"
    return None

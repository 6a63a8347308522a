"""Reading and writing of proofs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from hackathon import store
from hackathon.proofs.model import Proof, Purpose

_PROOF = (
    "SELECT id, account_id, purpose, email_hash, created_at, expires_at, used_at FROM proof"
    " WHERE purpose = $1 AND hash = $2"
)


async def insert(proof: Proof, secret_hash: bytes) -> None:
    """Keep a proof by its hash."""
    await store.execute(
        "INSERT INTO proof (id, account_id, purpose, hash, email_hash, created_at, expires_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        proof.id,
        proof.account_id,
        proof.purpose.value,
        secret_hash,
        proof.email_hash,
        proof.created_at,
        proof.expires_at,
    )


async def read(purpose: Purpose, secret_hash: bytes) -> Proof | None:
    """The proof of this hash."""
    return _proof(await store.fetch_one(_PROOF, purpose.value, secret_hash))


async def lock(purpose: Purpose, secret_hash: bytes) -> Proof | None:
    """The proof of this hash, held until the transaction ends."""
    return _proof(await store.fetch_one(f"{_PROOF} FOR UPDATE", purpose.value, secret_hash))


async def mark_used(proof_id: UUID, now: datetime) -> None:
    """Use a proof up."""
    await store.execute("UPDATE proof SET used_at = $2 WHERE id = $1", proof_id, now)


async def mark_all_used(purpose: Purpose, account_id: UUID, now: datetime) -> None:
    """Use up all of an account."""
    await store.execute(
        "UPDATE proof SET used_at = $3 WHERE purpose = $1 AND account_id = $2 AND used_at IS NULL",
        purpose.value,
        account_id,
        now,
    )


async def forget(before: datetime) -> int:
    """Forget proofs that ended before then."""
    return await store.execute("DELETE FROM proof WHERE expires_at < $1", before)


def _proof(row: store.Row | None) -> Proof | None:
    if row is None:
        return None
    values: dict[str, Any] = dict(row)
    return Proof(**{**values, "purpose": Purpose(row["purpose"])})

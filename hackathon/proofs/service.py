"""Issue, look at, spend and void proofs. All but `look` join the caller's transaction."""

import secrets
from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from hackathon import store
from hackathon.proofs import store as rows
from hackathon.proofs.errors import ProofExpired, ProofUnknown, ProofUsed
from hackathon.proofs.model import (
    KEPT,
    LIVES,
    Proof,
    Purpose,
    hash_email,
    hash_secret,
    looks_like_secret,
    make_secret,
)


async def issue(
    purpose: Purpose,
    account_id: UUID,
    email: str,
    *,
    now: datetime,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    new_id: Callable[[], UUID] = uuid4,
) -> tuple[str, datetime]:
    """Make a proof; returns its secret, which is kept nowhere, and until when it works. Older ones stay good: letters
    overtake each other.
    """
    store.require_transaction()
    await rows.forget(now - KEPT)
    secret, until = make_secret(random_bytes), now + LIVES[purpose]
    proof = Proof(new_id(), account_id, purpose, hash_email(email), now, until, used_at=None)
    await rows.insert(proof, hash_secret(secret))
    return secret, until


async def look(purpose: Purpose, secret: str, *, now: datetime) -> Proof:
    """The proof of a secret, unspent. Raises ProofUnknown, ProofUsed, ProofExpired."""
    proof = await rows.read(purpose, hash_secret(secret)) if looks_like_secret(secret) else None
    if proof is None:
        raise ProofUnknown
    return _usable(proof, now)


async def spend(purpose: Purpose, secret: str, *, now: datetime) -> Proof:
    """Use a proof up; of two who do at once, one succeeds. Raises ProofUnknown, ProofUsed, ProofExpired."""
    store.require_transaction()
    proof = await rows.lock(purpose, hash_secret(secret)) if looks_like_secret(secret) else None
    if proof is None:
        raise ProofUnknown
    await rows.mark_used(_usable(proof, now).id, now)
    return proof


async def void(purpose: Purpose, account_id: UUID, *, now: datetime) -> None:
    """Let no proof of this purpose work any more: what they were for is done."""
    store.require_transaction()
    await rows.mark_all_used(purpose, account_id, now)


def _usable(proof: Proof, now: datetime) -> Proof:
    if proof.used_at is not None:
        raise ProofUsed
    if now >= proof.expires_at:
        raise ProofExpired
    return proof

"""Proofs as values; how their secret is made and recognised."""

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

SECRET_BYTES = 32

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


class Purpose(StrEnum):
    """What a proof is for."""

    CONFIRM = "confirm"
    RESET = "reset"


LIVES: Mapping[Purpose, timedelta] = {Purpose.CONFIRM: timedelta(hours=48), Purpose.RESET: timedelta(minutes=60)}
"""How long each may be used."""

KEPT = timedelta(days=7)
"""So long after its end a proof is still known, so that a late click is told why."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A link that was sent, without its secret. `email_hash` is that of the address it was sent to."""

    id: UUID
    account_id: UUID
    purpose: Purpose
    email_hash: bytes
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


def make_secret(random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """256 random bits in base64url."""
    return urlsafe_b64encode(random_bytes(SECRET_BYTES)).rstrip(b"=").decode("ascii")


def looks_like_secret(text: str) -> bool:
    """Whether it has the form of a secret, so that nothing else is ever looked up."""
    return _SECRET.fullmatch(text) is not None


def hash_secret(secret: str) -> bytes:
    """SHA-256 of a secret. Plain, not a slow hash: 256 random bits cannot be guessed."""
    return hashlib.sha256(secret.encode("ascii")).digest()


def hash_email(email: str) -> bytes:
    """Of the address a proof was sent to: one that changed since is not proven by it."""
    return hashlib.sha256(email.strip().lower().encode()).digest()

"""Accounts and tokens as values; how a token is made and recognised."""

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from hackathon.model import Role

TOKEN_PREFIX = "glg_"  # noqa: S105 - what every token starts with, so that leak scanners find them
TOKEN_BYTES = 32

_TOKEN = re.compile(r"glg_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Account:
    """A person, or a program that acts for one."""

    id: UUID
    name: str
    email: str | None
    roles: frozenset[Role]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret."""

    id: UUID
    account_id: UUID
    label: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made: `secret` is shown once and kept nowhere."""

    id: UUID
    secret: str = field(repr=False)


def make_secret(random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """`glg_` and 256 random bits in base64url."""
    return TOKEN_PREFIX + urlsafe_b64encode(random_bytes(TOKEN_BYTES)).rstrip(b"=").decode("ascii")


def looks_like_token(text: str) -> bool:
    """Whether it has the form of a token, so that nothing else is ever looked up."""
    return _TOKEN.fullmatch(text) is not None


def hash_secret(secret: str) -> bytes:
    """SHA-256 of a token. Plain, not a slow hash: 256 random bits cannot be guessed."""
    return hashlib.sha256(secret.encode("ascii")).digest()

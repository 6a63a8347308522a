"""Sessions as values, and how long one lives."""

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from hackathon.model import Principal

SECRET_BYTES = 32

LONGEST = timedelta(days=30)
"""No session lives longer, however often it is used."""

IDLE = timedelta(days=7)
"""A session that nobody used for so long is over."""

LONGEST_BROWSER = 200
"""So much of a browser's name for itself is kept."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Session:
    """A person who is signed in, as pages need to know them. `confirmed_at` is None until the person has shown that
    the e-mail address is theirs, or has used a code; `email` is what they gave, theirs or not.
    `zone` is an IANA name, `language` `id` or `en`.
    """

    id: UUID
    principal: Principal
    email: str | None
    confirmed_at: datetime | None
    zone: str
    language: str
    opened_at: datetime
    expires_at: datetime

    @property
    def account_id(self) -> UUID:
        return self.principal.account_id

    @property
    def name(self) -> str:
        return self.principal.name


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session just opened; `secret` goes to the browser and is kept nowhere."""

    session_id: UUID
    secret: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session as its owner sees it in a list. `browser` is what the browser calls itself."""

    id: UUID
    browser: str
    opened_at: datetime
    seen_at: datetime
    expires_at: datetime


def make_secret(random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """256 random bits in base64url."""
    return urlsafe_b64encode(random_bytes(SECRET_BYTES)).rstrip(b"=").decode("ascii")


def looks_like_secret(text: str) -> bool:
    """Whether it has the form of a secret, so that nothing else is ever looked up."""
    return _SECRET.fullmatch(text) is not None


def hash_secret(secret: str) -> bytes:
    """SHA-256 of a secret. Plain, not a slow hash: 256 random bits cannot be guessed."""
    return hashlib.sha256(secret.encode("ascii")).digest()


def is_alive(opened_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Whether a session still counts at `now`."""
    return now < expiry(opened_at, seen_at)


def expiry(opened_at: datetime, seen_at: datetime) -> datetime:
    """When a session ends unless it is used again."""
    return min(opened_at + LONGEST, seen_at + IDLE)

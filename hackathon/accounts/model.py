"""Accounts, consents and tokens as values; how a token is made and recognised."""

import hashlib
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hackathon.model import Role

TOKEN_PREFIX = "glg_"  # noqa: S105 - what every token starts with, so that leak scanners find them
TOKEN_BYTES = 32

MOST_TOKENS = 20
"""So many living tokens of one account are enough for anybody."""

PRIVACY_VERSION = "2026-11"
"""The privacy notice that a person agrees to. Changes when its meaning does."""

_TOKEN = re.compile(r"glg_[A-Za-z0-9_-]{43}")


class Zone(StrEnum):
    """The three time zones of Indonesia; the value is the IANA name."""

    WIB = "Asia/Jakarta"
    WITA = "Asia/Makassar"
    WIT = "Asia/Jayapura"


LANGUAGES = ("id", "en")


@dataclass(frozen=True, slots=True)
class Account:
    """A person, or a program that acts for one.

    `confirmed_at` is None until the person has shown that the address is theirs, or used a code; accounts made by an
    organizer are confirmed from the start. `claims` stands in place of `email` while the address it was registered with
    belongs to another account: nobody must learn from a registration that the other exists.
    """

    id: UUID
    name: str
    email: str | None
    roles: frozenset[Role]
    created_at: datetime
    confirmed_at: datetime | None = None
    zone: str = Zone.WIB.value
    language: str = LANGUAGES[0]
    claims: str | None = None

    @property
    def address(self) -> str | None:
        """The e-mail address the person gave, whether it is theirs already or not."""
        return self.email or self.claims


@dataclass(frozen=True, slots=True)
class Consent:
    """That a person agreed to a version of the privacy notice."""

    version: str
    at: datetime


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


def is_alive(token: Token, now: datetime) -> bool:
    """Whether a token opens anything at `now`."""
    return token.revoked_at is None and (token.expires_at is None or token.expires_at > now)


def make_secret(random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> str:
    """`glg_` and 256 random bits in base64url."""
    return TOKEN_PREFIX + urlsafe_b64encode(random_bytes(TOKEN_BYTES)).rstrip(b"=").decode("ascii")


def looks_like_token(text: str) -> bool:
    """Whether it has the form of a token, so that nothing else is ever looked up."""
    return _TOKEN.fullmatch(text) is not None


def hash_secret(secret: str) -> bytes:
    """SHA-256 of a token. Plain, not a slow hash: 256 random bits cannot be guessed."""
    return hashlib.sha256(secret.encode("ascii")).digest()

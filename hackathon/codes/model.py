"""Codes as people read and type them, and batches of them.

A code is seven random symbols and a check symbol, written `XXXX-XXXX`. The symbols are 31, so that sums modulo a prime
find every mistyped symbol and every two that changed places (as ISO 7064 does); what looks alike in print (0 O, 1 I L)
is not among them. 31^7 is 2.7e10: with the limits of `hackathon.attempts` guessing a code takes years.
"""

import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

SYMBOLS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
RANDOM_SYMBOLS = 7

MOST = 500
"""So many codes a batch has at most."""

LONGEST_LIFE = timedelta(days=60)
"""No code is good for longer."""

_PRIME = 31
_ROOT = 3  # a primitive root of 31: its powers are weights that differ from each other
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015._]+")


class Purpose(StrEnum):
    """What a code does: confirm the account of whoever types it, or sign in to the one account it was made for."""

    CONFIRM = "confirm"
    SIGN_IN = "sign_in"


@dataclass(frozen=True, slots=True)
class Batch:
    """Codes made together, without the codes. `account_id` is whom sign-in codes are for."""

    id: UUID
    event_id: UUID
    venue_id: UUID | None
    purpose: Purpose
    account_id: UUID | None
    size: int
    created_by: UUID
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    used: int = 0

    def is_open(self, now: datetime) -> bool:
        """Whether a code of it may still be used."""
        return self.revoked_at is None and now < self.expires_at and self.used < self.size


@dataclass(frozen=True, slots=True)
class NewBatch:
    """A batch just made: its codes are shown once and kept nowhere."""

    batch: Batch
    codes: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """A code that was typed, and its batch. `used_by` is None while it was not used."""

    id: UUID
    batch: Batch
    used_at: datetime | None
    used_by: UUID | None


def make_code(below: Callable[[int], int] = secrets.randbelow) -> str:
    """A new code, as it is printed."""
    values = [below(_PRIME) for _ in range(RANDOM_SYMBOLS)]
    return show("".join(SYMBOLS[value] for value in [*values, _check(values)]))


def show(symbols: str) -> str:
    """Eight symbols in two groups."""
    return f"{symbols[:4]}-{symbols[4:]}"


def read(text: str) -> str | None:
    """The code in what a person typed, as it is printed; None where it cannot be one. Case, spaces and dashes do not
    matter.
    """
    symbols = _BETWEEN.sub("", text[:100]).upper()
    values = [SYMBOLS.find(symbol) for symbol in symbols]
    if len(values) != RANDOM_SYMBOLS + 1 or -1 in values or _check(values[:-1]) != values[-1]:
        return None
    return show(symbols)


def hash_code(code: str, key: bytes) -> bytes:
    """What is kept of a code. Keyed: 35 bits alone could be tried out by whoever has the table."""
    return hmac.digest(key, b"code\n" + code.encode("ascii"), "sha256")


def _check(values: list[int]) -> int:
    """The symbol with which the weighted sum of all eight is 0."""
    return -sum(value * pow(_ROOT, place + 1, _PRIME) for place, value in enumerate(values)) % _PRIME

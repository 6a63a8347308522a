"""A publication as a value, and its canonical text."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from judging.results.model import Basis
from judging.standings import Row


@dataclass(frozen=True, slots=True)
class Publication:
    """An immutable, numbered version of a track's board. Rows hold ids; names are joined when they are read.

    `number` counts from 1 within the track without a gap. `sha256` (hex) is that of `encode_body`. `basis` says how
    judges count in it, None: they do not. `final`: measured by the final evaluations, written after judging closed.
    """

    id: UUID
    track_id: UUID
    number: int
    rows: tuple[Row, ...]
    created_at: datetime
    sha256: str
    basis: Basis | None = None
    final: bool = False


class Body(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the hash of a publication covers. Fields that came later have defaults: older bodies are read with them."""

    track: UUID
    number: int
    created_at: datetime
    rows: tuple[Row, ...]
    basis: Basis | None = None
    final: bool = False


def encode_body(body: Body) -> str:
    """Canonical JSON: keys sorted, no spaces, UTF-8, times in RFC 3339."""
    return msgspec.json.encode(body, order="sorted").decode()


def decode_body(text: str) -> Body:
    """The body of a publication. Raises msgspec.DecodeError or ValidationError where it is none."""
    return msgspec.json.decode(text, type=Body)


def body_hash(text: str) -> str:
    """SHA-256 of the canonical text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()

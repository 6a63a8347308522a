"""Pitches and their videos as values; what a video's address may be."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from sandbox.limits import MB
from sandbox.model import Text
from sandbox.pages import PageLimits

MOST_BYTES = 20 * MB

LIMITS = PageLimits()
"""What drawing one document may cost, and how many pages it may have."""

OFFERS, OFFERS_SPAN = 20, timedelta(hours=1)
"""So many documents of an entry are taken within any hour."""

LONGEST_ADDRESS = 500

MAGIC, MAGIC_WITHIN = b"%PDF-", 1024
"""A PDF begins with this; readers forgive some bytes before it (ISO 32000-1, annex H.3)."""


class PitchState(StrEnum):
    """Where a document stands. `WAITING` and `DRAWING` are work for a worker; `REPLACED` came too late to be drawn."""

    WAITING = "waiting"
    DRAWING = "drawing"
    READY = "ready"
    REFUSED = "refused"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class PitchPage:
    """A page that can be shown: its number from 1 and its size in pixels."""

    number: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Pitch:
    """A document that was offered. `message` says what became of it; `failures` counts those of our side."""

    id: UUID
    entry_id: UUID
    account_id: UUID
    author: str
    filename: str
    size: int
    sha256: str
    state: PitchState
    offered_at: datetime
    finished_at: datetime | None
    failures: int
    message: Text | None
    pages: tuple[PitchPage, ...]

    @property
    def under_way(self) -> bool:
        """Whether a worker has still to draw it."""
        return self.state in (PitchState.WAITING, PitchState.DRAWING)


@dataclass(frozen=True, slots=True)
class Video:
    """A link to a video, and the host it leads to."""

    address: str
    author: str
    saved_at: datetime

    @property
    def host(self) -> str:
        return urlsplit(self.address).hostname or self.address


@dataclass(frozen=True, slots=True)
class PitchView:
    """An entry's pitch: what was offered last, what can be shown (an older one while a new one is drawn), the video."""

    latest: Pitch | None
    shown: Pitch | None
    video: Video | None

    @property
    def complete(self) -> bool:
        """Whether there is something to show: pages or a video."""
        return self.shown is not None or self.video is not None


def document_key(pitch_id: UUID) -> str:
    """Where the object store keeps a document."""
    return f"{pitch_prefix(pitch_id)}document.pdf"


def page_key(pitch_id: UUID, number: int, *, small: bool) -> str:
    """Where the object store keeps the picture of a page."""
    return f"{pitch_prefix(pitch_id)}{number:03d}{'-small' if small else ''}.png"


def pitch_prefix(pitch_id: UUID) -> str:
    """Where the object store keeps all of a pitch."""
    return f"pitches/{pitch_id}/"


def video_fault(address: str) -> Text | None:
    """What is wrong with a video's address; None for one that can be shown as a link."""
    if len(address) > LONGEST_ADDRESS:
        return Text(
            f"Alamat video terlalu panjang: {len(address)} huruf, paling banyak {LONGEST_ADDRESS}.",
            f"The video's address is too long: {len(address)} letters, at most {LONGEST_ADDRESS}.",
        )
    example = "https://www.youtube.com/watch?v=..."
    wrong = Text(
        f"Ini bukan alamat video yang dapat dibuka. Salin alamatnya dari peramban; bentuknya {example}",
        f"This is no address of a video that can be opened. Copy it from your browser; it looks like {example}",
    )
    if not address.isprintable() or any(sign.isspace() or sign in '<>"\\' for sign in address):
        return wrong
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return wrong
    if parts.scheme == "http":
        return Text(
            "Alamat video harus diawali https://, bukan http://.",
            "The video's address must start with https://, not http://.",
        )
    if parts.scheme != "https" or "." not in host.strip(".") or parts.username is not None:
        return wrong
    return None

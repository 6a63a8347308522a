"""Batches of codes as pages show them, and the sheet to print."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from frontend import formats
from frontend.language import Language, say
from frontend.qr import QrCode, qr_code
from hackathon.codes import Batch, NewBatch, Purpose
from hackathon.events import Event

PATHS = {Purpose.CONFIRM: "/konfirmasi", Purpose.SIGN_IN: "/masuk/kode"}
"""Where a code is typed."""


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch in the list and on its own page. `state` is a class of `.state`, `icon` goes with it."""

    id: UUID
    title: str
    where: str
    made: str
    until: str
    used: int
    size: int
    state: str
    icon: str
    words: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """One code on the sheet. `qr` leads to the page where the code is typed, with the code."""

    code: str
    qr: QrCode


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to print. `site` is the address that people type."""

    purpose: str
    site: str
    until: str
    codes: tuple[PrintedCode, ...]


def batch_line(batch: Batch, event: Event, name: str, now: datetime, language: Language) -> BatchLine:
    """A batch in words; `name` is of the person whom a sign-in code is for."""
    zone = ZoneInfo(event.zone)
    if batch.purpose is Purpose.SIGN_IN:
        title, where = say(language, "Kode masuk"), name
    else:
        title = say(language, "Kode konfirmasi")
        where = next((venue.name for venue in event.venues if venue.id == batch.venue_id), "")
    state, icon, words = _state(batch, now, language)
    return BatchLine(
        id=batch.id,
        title=title,
        where=where,
        made=formats.moment_short(batch.created_at, zone, language),
        until=formats.moment_short(batch.expires_at, zone, language),
        used=batch.used,
        size=batch.size,
        state=state,
        icon=icon,
        words=words,
        is_open=batch.is_open(now),
    )


def draw_sheet(made: NewBatch, public_url: str, zone: ZoneInfo, language: Language) -> Sheet:
    """The sheet of a batch just made. Takes milliseconds for each code: not for the event loop."""
    parts = urlsplit(public_url)
    path = PATHS[made.batch.purpose]
    return Sheet(
        purpose=made.batch.purpose.value,
        site=f"{parts.netloc}{path}",
        until=formats.moment_long(made.batch.expires_at, zone, language),
        codes=tuple(PrintedCode(code, qr_code(f"{public_url}{path}?kode={code}", mask=0)) for code in made.codes),
    )


def _state(batch: Batch, now: datetime, language: Language) -> tuple[str, str, str]:
    if batch.revoked_at is not None:
        return "", "ban", say(language, "Dibatalkan")
    if batch.used == batch.size:
        return "st-ok", "circle-check", say(language, "Terpakai semua")
    if now >= batch.expires_at:
        return "", "clock", say(language, "Sudah lewat")
    return "st-run", "key-round", say(language, "Berlaku")

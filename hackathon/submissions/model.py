"""Uploads and submissions as values; parts, quota and grace as pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sandbox.limits import MIB
from sandbox.model import Text

PART_BYTES = 8 * MIB

GRACE = timedelta(minutes=30)
"""How long after the deadline bytes may still arrive whose hash was registered before it: a slow line is not a late
team.
"""

UPLOAD_LIFE = timedelta(hours=24)
"""An upload that is not complete by then is forgotten."""

OPEN_UPLOADS = 5
"""How many unfinished uploads an entry may have; the oldest makes room for a new one."""


PART_SILENCE = 60.0
"""Seconds without a byte after which a part is given up: a connection that says nothing must not hold a place."""


UPLOADS_SPAN = timedelta(hours=1)
"""The stretch of time in which `Rules.uploads_an_hour` counts."""


class UploadState(StrEnum):
    """Where an upload stands; only `REGISTERED` takes parts."""

    REGISTERED = "registered"
    COMPLETED = "completed"
    REFUSED = "refused"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is stored whole. Parts count from 1."""

    number: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ArchiveFault:
    """Why an archive was refused: the rule, the entry and line inside it where there is one, and what to do."""

    rule: str
    message: Text
    entry: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file announced by size and SHA-256 (hex), on its way in parts of `part_bytes` (the last one holds the rest).

    `same_as` is the number of the entry's latest submission with these very bytes, None where there is none: handing
    in again costs an attempt and changes nothing. `repository` and `commit` say where a worker made it from.
    """

    id: UUID
    entry_id: UUID
    account_id: UUID
    filename: str
    size: int
    sha256: str
    part_bytes: int
    state: UploadState
    registered_at: datetime
    completed_at: datetime | None
    refusal: ArchiveFault | None
    parts: tuple[Part, ...]
    same_as: int | None = None
    repository: str | None = None
    commit: str | None = None

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers of the parts that have not come yet."""
        there = {part.number for part in self.parts}
        return tuple(number for number in range(1, part_count(self.size, self.part_bytes) + 1) if number not in there)


@dataclass(frozen=True, slots=True)
class Submission:
    """A source handed in. `number` counts within the entry; `charged` tells whether it cost an attempt. `repository`
    (an https address) and `commit` (40 hex digits) are there when it was fetched and not sent.
    """

    id: UUID
    entry_id: UUID
    number: int
    upload_id: UUID
    account_id: UUID
    filename: str
    sha256: str
    size: int
    object_key: str
    kit: str
    manifest: Mapping[str, Any]
    registered_at: datetime
    received_at: datetime
    charged: bool
    repository: str | None = None
    commit: str | None = None


@dataclass(frozen=True, slots=True)
class Attempts:
    """An entry's attempts of the day: used, allowed, and when the next day begins in the event's zone."""

    used: int
    allowed: int
    resets_at: datetime

    @property
    def left(self) -> int:
        return max(0, self.allowed - self.used)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a submission was received. `attempts` are those after it, at the moment of the answer."""

    submission_id: UUID
    entry_id: UUID
    number: int
    sha256: str
    size: int
    kit: str
    registered_at: datetime
    received_at: datetime
    attempts: Attempts

    @property
    def attempts_left(self) -> int:
        return self.attempts.left

    @property
    def resets_at(self) -> datetime:
        return self.attempts.resets_at


def part_count(size: int, part_bytes: int) -> int:
    """In how many parts a file of `size` bytes comes."""
    return -(-size // part_bytes)


def part_size(size: int, part_bytes: int, number: int) -> int:
    """How many bytes part `number` (from 1) has."""
    return min(part_bytes, size - (number - 1) * part_bytes)


def day_of(now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Begin and end of the calendar day of `now` in a zone. A day can have 23 or 25 hours."""
    today = now.astimezone(zone).date()
    begin, end = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in (today, today + timedelta(days=1)))
    return begin, end


def may_arrive(registered_at: datetime, deadline: datetime, now: datetime) -> bool:
    """Whether bytes of an upload are taken at `now`: before the deadline, or within the grace if it was registered
    before.
    """
    return registered_at < deadline and now < deadline + GRACE


def archive_key(sha256: str) -> str:
    """Where the object store keeps an archive: by content, so the same bytes are kept once."""
    return f"archives/{sha256}"


def part_prefix(upload_id: UUID) -> str:
    """Where the object store keeps the parts of an upload."""
    return f"uploads/{upload_id}/"


def part_key(upload_id: UUID, part: Part) -> str:
    """Where one part is kept: by content too, so that a row never points at other bytes than it says."""
    return f"{part_prefix(upload_id)}{part.number:05d}-{part.sha256}"

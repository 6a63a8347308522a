"""Values of housekeeping: its numbers, what the object store keeps, and how missing room is told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from hackathon.errors import Unavailable
from hackathon.objects import LARGE
from sandbox.errors import SandboxError
from sandbox.images import Policy, Room
from sandbox.limits import MB

GB = 1000 * MB

NO_ROOM = "room: "
"""How the reason of a worker begins whose disk is too full to work; each disk follows, with what is left and what is
wanted."""

FEWEST_FILES = 20_000
"""A disk that takes fewer files than this is as good as full, whatever bytes it has left."""

AGAIN = 1.1
"""A worker goes on where there is so many times the floor, so that it does not stop and go at every file."""

SUPERSEDED = timedelta(hours=1)
"""A saved image that nothing needs any more stays this long: a team may choose back and forth."""


class NoRoom(SandboxError):
    """A disk of this machine is too full for work to begin. What waits is taken elsewhere, or when there is room."""

    def __init__(self, short: Iterable[Room], floor: int) -> None:
        disks = ", ".join(f"{room.path} {shown(room.free)} / {shown(floor)}" for room in short)
        super().__init__(f"{NO_ROOM}{disks}")


@dataclass(frozen=True, slots=True)
class Housekeeping:
    """What a machine that evaluates keeps, and what must be free on it. `disk_floor` and `bytes` count bytes."""

    unused_seconds: float = Policy().unused_seconds
    bytes: int = Policy().bytes
    disk_floor: int = Policy().floor_bytes

    @property
    def policy(self) -> Policy:
        """The engine's side of it."""
        return Policy(self.unused_seconds, self.bytes, floor_bytes=self.disk_floor)


@dataclass(frozen=True, slots=True)
class Claim:
    """An image that this worker saves: the number that every later write must match, and the object's key, of its own
    for each attempt. `left` is the key of an attempt that came to nothing.
    """

    image: str
    attempt: int
    key: str
    left: str | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """An image that the object store keeps."""

    image: str
    key: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A submission whose image counts and could not be saved: why the last attempt failed, and since when all did."""

    team: str
    entry_id: UUID
    number: int
    reason: str
    since: datetime


LONGEST_REASON = 300


def cause_of(error: Exception) -> str:
    """What was in the way of saving, in the words of whoever refused, on one line."""
    cause = error.__cause__ if isinstance(error, Unavailable) and error.__cause__ is not None else error
    told = str(cause).strip().partition("\n")[0].replace("\0", "").strip()
    return told[:LONGEST_REASON] or type(cause).__name__


def new_key(image: str) -> str:
    """Where an image is about to lie in the object store."""
    return f"{LARGE}/{image.partition(':')[2]}/{uuid4()}.tar.gz"


def short_of_room(rooms: Iterable[Room], floor: int) -> tuple[Room, ...]:
    """The disks on which there is too little room; none where there is no floor."""
    if not floor:
        return ()
    return tuple(room for room in rooms if room.free < floor or (room.files is not None and room.files < FEWEST_FILES))


def told(rooms: Iterable[Room]) -> list[Mapping[str, str | int]]:
    """Rooms as they are noted in a worker's row."""
    return [{"what": room.what, "path": room.path, "free": room.free, "total": room.total} for room in rooms]


def shown(size: int) -> str:
    """Bytes for logs and reasons."""
    return f"{size / GB:.1f} GB" if size >= GB else f"{size // MB} MB"

"""Values: an image that an engine holds, room on a disk, and the policy by which images go."""

from dataclasses import dataclass
from enum import StrEnum

from sandbox.limits import MB

ENGINE_DISK = "engine"
"""What `Room.what` says of the disk on which an engine keeps images."""

DAY_SECONDS = 24 * 3600.0


class ImageKind(StrEnum):
    """What an image is for: a team's prototype, or a tool of ours (bases, graders and what they are made of)."""

    PROTOTYPE = "prototype"
    TOOL = "tool"


class Why(StrEnum):
    """Why an image goes."""

    UNUSED = "unused"
    SIZE = "size"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class HeldImage:
    """An image of ours on an engine.

    `bytes` are those above the base that it stands on; `made_at` is in seconds since the epoch. `in_use`: a container,
    running or not, is made from it, or it is the tool that is used now.
    """

    id: str
    names: tuple[str, ...]
    kind: ImageKind
    bytes: int
    made_at: float
    in_use: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """Room on a disk: bytes that are free and that there are, and how many files fit yet (None: as many as one likes).

    `what` is what lies there, `path` where; `device` tells one disk from another.
    """

    what: str
    path: str
    free: int
    total: int
    files: int | None = None
    device: int = 0


@dataclass(frozen=True, slots=True)
class Policy:
    """When images go. `unused_seconds`: those that nothing was run from for so long; `bytes`: from this sum on the
    prototypes used longest ago; `settle_seconds`: none that was used within this time, whatever happens.

    `floor_bytes` must be free on a disk before work begins.
    """

    unused_seconds: float = 7 * DAY_SECONDS
    bytes: int = 20 * 1000 * MB
    settle_seconds: float = 3600.0
    floor_bytes: int = 3000 * MB


@dataclass(frozen=True, slots=True)
class Goes:
    """An image that may go, and why."""

    image: HeldImage
    why: Why

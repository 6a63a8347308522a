"""The bound on what the mirror keeps: files used longest ago go first, and are fetched again by whoever wants them.

devpi itself never lets a file go. It looks for a file on the disk whenever it is asked for one, and where it is not
there any more it fetches it again, so files can go while it runs.
"""

import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

UNTOUCHED_SECONDS = 600.0
"""What was fetched or read within this stays: a build may be reading it."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Bytes that the files of the mirror may take together, and bytes that stay free on their disk (0: no matter)."""

    bytes: int
    floor: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the mirror; `used` in seconds since the epoch."""

    path: Path
    size: int
    used: float


def kept(folder: Path) -> list[Kept]:
    """Every file below `folder`; what vanishes meanwhile is left out."""
    found = []
    for root, _, names in os.walk(folder):
        for name in names:
            path = Path(root) / name
            try:
                facts = path.lstat()
            except OSError:
                continue
            found.append(Kept(path, facts.st_size, max(facts.st_atime, facts.st_mtime)))
    return found


def to_go(files: list[Kept], keeping: Keeping, *, free: int, now: float) -> list[Kept]:
    """The files that have to go, those used longest ago first."""
    over = max(sum(file.size for file in files) - keeping.bytes, keeping.floor - free)
    gone = []
    for file in sorted(files, key=lambda file: file.used):
        if over <= 0 or now - file.used < UNTOUCHED_SECONDS:
            break
        over -= file.size
        gone.append(file)
    return gone


def collect(folder: Path, keeping: Keeping, *, now: float | None = None) -> int:
    """Let files below `folder` go until it is within its bound; returns how many bytes went."""
    if not folder.is_dir():
        return 0
    went = 0
    free = shutil.disk_usage(folder).free
    for file in to_go(kept(folder), keeping, free=free, now=time.time() if now is None else now):
        try:
            file.path.unlink()
        except OSError:
            continue
        went += file.size
    return went

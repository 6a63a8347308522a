"""Room on a disk of this machine."""

import os
from pathlib import Path

from sandbox.images.model import Room


def disk_room(what: str, path: Path) -> Room | None:
    """Room on the disk of a folder; None where there is no such folder for this process."""
    try:
        found, device = os.statvfs(path), path.stat().st_dev
    except OSError:
        return None
    return Room(
        what=what,
        path=str(path),
        free=found.f_bavail * found.f_frsize,
        total=found.f_blocks * found.f_frsize,
        files=found.f_favail if found.f_files else None,
        device=device,
    )

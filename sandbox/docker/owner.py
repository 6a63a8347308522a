"""Who made a container, and whether that process still lives: the base of sweeping after a crash."""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OURS = "gelanggang"
OWNER = "gelanggang.owner"
LABEL = "gelanggang.label"
HTTP = "gelanggang.http"
BUILD_HOLDER = "build-holder"
"""The label of a build's holder that was made before it was wanted."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A process, told apart from later ones of the same number by its start time and the boot it lives in."""

    host: str
    pid: int
    start: str

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}:{self.start}"

    def labels(self, label: str) -> dict[str, str]:
        """Labels for what this owner makes for `label`."""
        return {OURS: "1", OWNER: str(self), LABEL: label}


def current() -> Owner:
    """This process."""
    pid = os.getpid()
    return Owner(socket.gethostname(), pid, _start(pid) or "?")


def is_dead(labels: Mapping[str, str]) -> bool:
    """Whether the owner named in a container's labels is known to be gone.

    False when it lives, and when it cannot be told: another host's process, or a label that is none of ours.
    """
    parts = labels.get(OWNER, "").rsplit(":", 2)
    if len(parts) != 3 or not parts[1].isdigit() or parts[0] != socket.gethostname():
        return False
    return _start(int(parts[1])) != parts[2]


def _start(pid: int) -> str | None:
    """Start time of a process in clock ticks since boot, with the boot's id; None when there is no such process."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    # The name in parentheses may hold spaces and parentheses itself.
    state, *fields = stat.rpartition(")")[2].split()
    return None if state == "Z" else f"{fields[18]}@{_boot()}"


@cache
def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:8]

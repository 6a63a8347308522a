"""Who made a container, and whether that process still lives: the base of sweeping after a crash."""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.processes import started

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
    return Owner(socket.gethostname(), pid, started(pid) or "?")


def is_dead(labels: Mapping[str, str]) -> bool:
    """Whether the owner named in a container's labels is known to be gone.

    False when it lives, and when it cannot be told: another host's process, or a label that is none of ours.
    """
    parts = labels.get(OWNER, "").rsplit(":", 2)
    if len(parts) != 3 or not parts[1].isdigit() or parts[0] != socket.gethostname():
        return False
    return started(int(parts[1])) != parts[2]

"""What a container daemon that was killed leaves, and what makes the next one wait or give up.

`python -m tools.traces` clears the default places; it must run as root.
"""

import socket
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Traces:
    """Files that a daemon makes for as long as it lives."""

    pid: Path = Path("/var/run/docker.pid")
    own_containerd_pid: Path = Path("/var/run/docker/containerd/containerd.pid")
    system_containerd_socket: Path = Path("/run/containerd/containerd.sock")


def clear(traces: Traces) -> tuple[Path, ...]:
    """Remove those whose maker is gone, and return them.

    A pid file is left behind when the process it names is not the daemon (a number is soon used again); a socket when
    nobody listens on it. A daemon that runs keeps both.
    """
    found = [
        *_if_stale(traces.pid, "dockerd"),
        *_if_stale(traces.own_containerd_pid, "containerd"),
        *([traces.system_containerd_socket] if _deserted(traces.system_containerd_socket) else []),
    ]
    for path in found:
        path.unlink(missing_ok=True)
    return tuple(found)


def _if_stale(pid_file: Path, name: str) -> list[Path]:
    try:
        pid = pid_file.read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return []
    return [] if pid.isdecimal() and _runs(int(pid), name) else [pid_file]


def _runs(pid: int, name: str) -> bool:
    """Whether a living process of that number and name is there; one that nobody has reaped is dead."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    facts = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
    return facts.get("Name") == name and facts.get("State", "Z")[0] not in "ZX"


def _deserted(path: Path) -> bool:
    if not path.is_socket():
        return False
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(2)
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            return True
        except OSError:
            return False
    return False


if __name__ == "__main__":
    clear(Traces())

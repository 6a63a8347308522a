"""What a container daemon that was killed leaves, and what makes the next one wait or give up.

`python -m tools.traces` clears the default places; it must run as root.
"""

import socket
from dataclasses import dataclass
from pathlib import Path

DAEMON = "dockerd"


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
    looked_at = (
        (traces.pid, traces.pid.exists() and not lives(traces.pid, DAEMON)),
        (
            traces.own_containerd_pid,
            traces.own_containerd_pid.exists() and not lives(traces.own_containerd_pid, "containerd"),
        ),
        (traces.system_containerd_socket, _deserted(traces.system_containerd_socket)),
    )
    found = [path for path, left in looked_at if left]
    for path in found:
        path.unlink(missing_ok=True)
    return tuple(found)


def lives(pid_file: Path, name: str) -> bool:
    """Whether the process that a pid file names is there and bears the name; one that is ending or unreaped is dead."""
    try:
        pid = pid_file.read_text(encoding="ascii", errors="replace").strip()
        if not pid.isdecimal():
            return False
        process = Path("/proc") / pid
        # What ends gives up its memory, and with it its command line, before anything else.
        return (process / "comm").read_text(encoding="utf-8", errors="replace") == f"{name}\n" and bool(
            (process / "cmdline").read_bytes()
        )
    except OSError:
        return False


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

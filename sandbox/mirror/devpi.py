"""devpi-server as a child process: prepared on first use, closed to everybody's changes, listening on a Unix socket."""

import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from sandbox.mirror.errors import MirrorFailed
from sandbox.mirror.upstream import Upstream

_PREPARE_SECONDS = 300.0
_REQUEST_SECONDS = 30
_THREADS = 64
_LINES_OF_REASON = 3
_SERVER, _SECRET, _LOGGING = "devpi", "secret", "logging.json"
# Asks the kernel to end devpi when we end, however that comes (1: PR_SET_PDEATHSIG, 15: SIGTERM), and becomes it.
_BECOME = (
    "import ctypes, os, sys\n"
    "prctl = getattr(ctypes.CDLL(None), 'prctl', None)\n"
    "prctl and prctl(1, 15, 0, 0, 0)\n"
    "os.getppid() == int(sys.argv[1]) or sys.exit(0)\n"
    "os.execv(sys.argv[2], sys.argv[2:])\n"
)
_LOG_LINES = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s devpi %(levelname)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"level": "WARNING", "handlers": ["stderr"]},
}
"""Only what is wrong: who asked for what is nobody's business."""


def files_of(folder: Path) -> Path:
    """Where the packages that were fetched lie."""
    return folder / _SERVER / "+files"


def prepare(folder: Path, upstream: Upstream, env: Mapping[str, str]) -> None:
    """Make the data in `folder` where there is none, and say which index stands behind it. Raises MirrorFailed."""
    environment = _environment(upstream, env)
    server, draft, secret = folder / _SERVER, folder / "devpi.new", folder / _SECRET
    if not server.exists():
        # Whoever is ended in the middle of it leaves nothing that looks whole.
        shutil.rmtree(draft, ignore_errors=True)
        # Nobody needs to know the password: what can be changed here is changed while the server rests.
        password = f"--root-passwd={secrets.token_urlsafe(32)}"
        _run([_program("devpi-init"), f"--serverdir={draft.absolute()}", password], environment)
        draft.rename(server)
    if not secret.exists():
        _run([_program("devpi-gen-secret"), f"--secretfile={secret.absolute()}"], environment)
    command = [sys.executable, "-m", "sandbox.mirror.prepare", str(server.absolute())]
    _run(command, environment, said=upstream.url or "")
    (folder / _LOGGING).write_text(json.dumps(_LOG_LINES))


def start(folder: Path, socket: Path, lock: int, upstream: Upstream, env: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start the mirror with its prepared data in `folder`, listening on `socket`. Raises MirrorFailed.

    It ends when the thread that calls this ends, and holds the lock (an open file) until then.
    """
    folder = folder.absolute()
    command = [
        _program("devpi-server"),
        f"--serverdir={folder / _SERVER}",
        f"--secretfile={folder / _SECRET}",
        f"--logger-cfg={folder / _LOGGING}",
        # A relative path: the whole one may be longer than a socket's address can be.
        f"--unix-socket={socket.name}",
        # Relays run as nobody.
        "--unix-socket-perms=666",
        "--restrict-modify=root",
        f"--request-timeout={_REQUEST_SECONDS}",
        f"--threads={_THREADS}",
    ]
    return subprocess.Popen(
        [sys.executable, "-c", _BECOME, str(os.getpid()), sys.executable, *command],
        env=_environment(upstream, env),
        cwd=socket.parent,
        stdin=subprocess.DEVNULL,
        # Standard output is for the command's own result.
        stdout=subprocess.DEVNULL,
        pass_fds=(lock,),
        start_new_session=True,
    )


def _environment(upstream: Upstream, env: Mapping[str, str]) -> dict[str, str]:
    return {**env, **upstream.environment, "PYTHONWARNINGS": "ignore"}


def _program(name: str) -> str:
    path = Path(sys.executable).parent / name
    if not path.exists():
        raise MirrorFailed(f"{name} is not in {path.parent}: run `make setup`, which brings it")
    return str(path)


def _run(command: list[str], environment: Mapping[str, str], *, said: str = "") -> None:
    # The project's modules are found wherever this is started from.
    path = os.pathsep.join([str(Path(__file__).parents[2]), environment.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    try:
        ended = subprocess.run(
            command,
            env={**environment, "PYTHONPATH": path},
            input=said,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PREPARE_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise MirrorFailed(f"{Path(command[0]).name} did not end in {_PREPARE_SECONDS:.0f} s") from None
    if ended.returncode != 0:
        reason = " / ".join(ended.stderr.strip().splitlines()[-_LINES_OF_REASON:])
        raise MirrorFailed(f"the mirror's data cannot be prepared: {reason}")

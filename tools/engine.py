"""The container engine of this machine: find it, install it, start it, also after a crash that left its traces."""

import grp
import os
import pwd
import secrets
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import docker
import docker.errors
from docker.context import ContextAPI
from requests.exceptions import RequestException

from sandbox.bases.host import HostRefused, as_administrator, install_packages
from tools.traces import DAEMON, Traces, clear, lives

Say = Callable[[str], None]

START_SECONDS = 40
ANSWER_SECONDS = 5
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_STARTED_OVER = "GELANGGANG_SETUP_STARTED_OVER"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a daemon keeps its files, and the command that tells it so."""

    socket: Path = Path("/var/run/docker.sock")
    log: Path = Path("/var/log/gelanggang-dockerd.log")
    traces: Traces = field(default_factory=Traces)
    command: tuple[str, ...] = ("dockerd",)


HERE = Place()


def chosen_by_user() -> str | None:
    """The engine that the user named (`DOCKER_HOST` or a context), in words; None for the default one."""
    if os.environ.get("DOCKER_HOST"):
        return f"DOCKER_HOST={os.environ['DOCKER_HOST']}"
    context = os.environ.get("DOCKER_CONTEXT") or ContextAPI.get_current_context().Name
    return None if context == "default" else f"the Docker context {context}"


def answers() -> str | None:
    """The version of the engine that the SDK finds; None when none answers."""
    # A version is given, so that the client asks nothing of the engine before we do, and can always be closed.
    client = docker.from_env(version="1.41", timeout=ANSWER_SECONDS)
    try:
        return str(client.api.version(api_version=False)["Version"])
    except (docker.errors.DockerException, RequestException):
        return None
    finally:
        client.close()


def answers_at(path: Path) -> bool:
    """Whether an engine answers at a socket."""
    request = b"GET /_ping HTTP/1.0\r\n\r\n"
    with socket.socket(socket.AF_UNIX) as engine:
        engine.settimeout(ANSWER_SECONDS)
        try:
            engine.connect(str(path))
            engine.sendall(request)
            return b" 200 " in engine.recv(64)
        except OSError:
            return False


def forbidden(place: Place = HERE) -> bool:
    """Whether an engine is there that this user may not talk to."""
    return place.socket.is_socket() and not os.access(place.socket, os.W_OK)


def ensure_engine(say: Say) -> None:
    """Make an engine answer: the one that is there, else Debian's, installed and started. Raises HostRefused."""
    version = answers()
    if version is not None:
        say(f"container engine: kept (Docker Engine {version})")
        return
    chosen = chosen_by_user()
    if chosen is not None:
        raise HostRefused(f"{chosen} does not answer: start that engine, or unset it to use this machine's own")
    if forbidden():
        _join_group(say)
    if shutil.which("dockerd", path=SYSTEM_PATH) is None:
        say("container engine: none answers; installing the distribution's docker.io")
        if not _systemd():
            _mount_cgroups()
        install_packages("docker.io", "apparmor")
        if shutil.which("docker", path=SYSTEM_PATH) is None:
            # Debian 13 parts the command line from the engine; only `gelanggang bench` needs it.
            with suppress(HostRefused):
                install_packages("docker-cli")
    if answers() is None and not forbidden():
        say("container engine: starting it")
        _start_by_systemd() if _systemd() else start(HERE, say)
    if forbidden():
        _join_group(say)
    version = answers()
    if version is None:
        raise HostRefused("the container engine was started but does not answer: see `docker info`")
    say(f"container engine: started (Docker Engine {version})")


def _systemd() -> bool:
    return Path("/run/systemd/system").is_dir()


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(as_administrator(*command), capture_output=True, text=True, check=False, timeout=120)


def _start_by_systemd() -> None:
    _run("systemctl", "reset-failed", "docker.service", "docker.socket")
    ended = _run("systemctl", "enable", "--now", "docker.service")
    if ended.returncode == 0 and _wait(HERE.socket):
        return
    ended = _run("systemctl", "restart", "docker.service")
    if ended.returncode != 0 or not _wait(HERE.socket):
        said = _run("journalctl", "--unit=docker.service", "--no-pager", "--output=cat", "--lines=3").stdout.strip()
        raise HostRefused(f"systemd could not start docker.service: {said or ended.stderr.strip()}")


def start(place: Place, say: Say) -> None:
    """Start a daemon without systemd, detached from us, and wait until it answers. Raises HostRefused.

    Where the kernel refuses the rules of a bridge, it is started without one: prototypes never have a network.
    """
    _mount_cgroups()
    _clear(place.traces)
    if lives(place.traces.pid, DAEMON):
        # It has just been started by its package, or it is ending, or it hangs.
        if _wait(place.socket, lambda: not lives(place.traces.pid, DAEMON)):
            return
        if lives(place.traces.pid, DAEMON):
            number = place.traces.pid.read_text(encoding="ascii").strip()
            raise HostRefused(f"dockerd runs (process {number}) but does not answer: end it, then try again")
        _clear(place.traces)
    said = _launch(place, ())
    if said is not None and "containerd" in said:
        # The containerd of a daemon killed a moment ago was taken for a living one; by now it is gone.
        _clear(place.traces)
        said = _launch(place, ())
    if said is not None and any(word in said for word in ("iptables", "nftables", "bridge", "NAT")):
        say("container engine: this kernel allows it no bridge network; starting it without, which is enough here")
        _clear(place.traces)
        said = _launch(place, ("--iptables=false", "--ip6tables=false", "--bridge=none"))
    if said is not None:
        raise HostRefused(f"dockerd does not start: {said} (whole log: {place.log})")


def _mount_cgroups() -> None:
    """Mount the control groups where no init system did: v1, as far as the distribution still has what that needs.

    Raises HostRefused.
    """
    if os.path.ismount("/sys/fs/cgroup"):
        return
    if shutil.which("cgroupfs-mount", path=SYSTEM_PATH) is None:
        # Debian 13 has it no more.
        with suppress(HostRefused):
            install_packages("cgroupfs-mount")
    if shutil.which("cgroupfs-mount", path=SYSTEM_PATH) is not None:
        _run("cgroupfs-mount")
    if os.path.ismount("/sys/fs/cgroup"):
        return
    ended = _run("mount", "-t", "cgroup2", "cgroup2", "/sys/fs/cgroup")
    if ended.returncode != 0:
        raise HostRefused(f"there are no control groups at /sys/fs/cgroup: {ended.stderr.strip()}")


def _clear(traces: Traces) -> None:
    """Clear them as root: an ordinary user cannot even look."""
    if os.geteuid() == 0:
        clear(traces)
        return
    ended = _run(sys.executable, "-B", "-m", "tools.traces")
    if ended.returncode != 0:
        raise HostRefused(f"the traces of a dead engine could not be removed: {ended.stderr.strip()}")


def _launch(place: Place, options: tuple[str, ...]) -> str | None:
    """Start dockerd detached; None when it answers in time, else the last words of its log."""
    daemon = (*place.command, *options)
    # A word of this start's own: the shell of one that was killed may write after we have begun.
    ended_word = f"dockerd ended ({secrets.token_hex(4)}) with status"
    # A session and files of its own: it outlives the terminal, and nothing of ours stays open in it. The shell around
    # it tells its end, and reaps it where nobody else does.
    script = f"""
        ulimit -n 1048576 2>/dev/null
        PATH={SYSTEM_PATH} log=$1
        shift
        setsid sh -c '"$@"; echo "{ended_word} $?"' sh "$@" </dev/null >>"$log" 2>&1 &
    """
    already = place.log.stat().st_size if place.log.exists() else 0
    ended = subprocess.run(
        as_administrator("sh", "-c", script, "sh", str(place.log), *daemon),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if ended.returncode == 0 and _wait(place.socket, lambda: ended_word in _fresh_log(place, already)):
        return None
    lines = [line for line in _fresh_log(place, already).splitlines() if not line.startswith("dockerd ended (")]
    return " / ".join(lines[-2:]) or ended.stderr.strip() or "it wrote nothing"


def _fresh_log(place: Place, already: int) -> str:
    try:
        with place.log.open("rb") as log:
            log.seek(already)
            return log.read().decode(errors="replace")
    except FileNotFoundError:
        return ""


def _wait(path: Path, failed: Callable[[], bool] = lambda: False) -> bool:
    """Wait until an engine answers at `path`, or may not be asked by us; False when it failed or time is up."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if answers_at(path):
            return True
        if path.is_socket() and not os.access(path, os.W_OK):
            return True
        if failed():
            return False
        time.sleep(0.2)
    return False


def _join_group(say: Say) -> None:
    """Make this user a member of the group that may use the engine, and go on as one.

    The membership counts from the next login on; `sg` gives it to one command now, so this process is replaced by
    another that starts over. Raises HostRefused where membership does not help.
    """
    user = pwd.getpwuid(os.getuid()).pw_name
    group = grp.getgrgid(HERE.socket.stat().st_gid).gr_name
    if group == "root" or os.environ.get(_STARTED_OVER):
        raise HostRefused(f"{user} may not use {HERE.socket}: ask its administrator, or run make as root")
    if user not in grp.getgrnam(group).gr_mem:
        say(f"container engine: making {user} a member of the group {group}, which can do what root can")
        ended = _run("usermod", "--append", "--groups", group, user)
        if ended.returncode != 0:
            advice = f"run `usermod --append --groups {group} {user}` as root, then try again"
            raise HostRefused(f"{ended.stderr.strip()}: {advice}")
    os.environ[_STARTED_OVER] = "1"
    again = shlex.join([sys.executable, "-m", "tools.host", *sys.argv[1:]])
    os.execvp("sg", ["sg", group, "-c", again])  # noqa: S606 - this very program, as a member

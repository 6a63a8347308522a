"""Starting an engine again after it died, tried on a second one beside the machine's own."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sandbox.bases.host import HostRefused, as_administrator
from tools.engine import Place, answers_at, chosen_by_user, ensure_engine, start
from tools.traces import Traces, clear, lives


@pytest.fixture
def place() -> Iterator[Place]:
    """Another daemon's home: short, as its sockets' paths may not be long. Whatever runs in it ends with the test."""
    home = Path(tempfile.mkdtemp(prefix="engine-", dir="/tmp"))
    traces = Traces(home / "pid", home / "run/containerd/containerd.pid", home / "system.sock")
    # In a network of its own: a daemon that is to have no bridge takes the machine's `docker0` away from the other.
    command = (
        "unshare",
        "--net",
        "dockerd",
        f"--host=unix://{home / 'sock'}",
        f"--pidfile={traces.pid}",
        f"--data-root={home / 'data'}",
        f"--exec-root={home / 'run'}",
        "--bridge=none",
        "--iptables=false",
    )
    yield Place(home / "sock", home / "log", traces, command)
    end(traces.pid, "dockerd", signal.SIGTERM)
    end(traces.own_containerd_pid, "containerd", signal.SIGKILL)
    remove(home)


def end(pid_file: Path, name: str, how: signal.Signals) -> None:
    """Signal the process that a pid file names, and wait until it is gone; none is fine."""
    if not lives(pid_file, name):
        return
    subprocess.run(as_administrator("kill", f"-{how.value}", pid_file.read_text().strip()), check=True)
    wait_until(lambda: not lives(pid_file, name))


def remove(home: Path) -> None:
    """Remove a daemon's home; one that was killed leaves a mount in it, and takes a moment to let go."""

    def gone() -> bool:
        subprocess.run(as_administrator("umount", str(home / "data")), capture_output=True, check=False)
        return (
            subprocess.run(as_administrator("rm", "-rf", str(home)), capture_output=True, check=False).returncode == 0
        )

    wait_until(gone)


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_an_engine_is_started_detached_and_again_after_it_was_killed(place: Place) -> None:
    start(place, lambda line: None)
    first = place.traces.pid.read_text()
    assert answers_at(place.socket)
    assert os.getsid(int(first)) not in {os.getsid(0), 0}, "it would end with our terminal"

    end(place.traces.pid, "dockerd", signal.SIGKILL)
    assert not answers_at(place.socket)
    assert place.traces.pid.exists()
    start(place, lambda line: None)
    assert answers_at(place.socket)
    assert place.traces.pid.read_text() != first


def test_what_a_power_cut_leaves_does_not_stop_the_next(place: Place) -> None:
    place.traces.own_containerd_pid.parent.mkdir(parents=True)
    for pid_file in (place.traces.pid, place.traces.own_containerd_pid):
        pid_file.write_text(str(os.getpid()))
    with socket.socket(socket.AF_UNIX) as forgotten:
        forgotten.bind(str(place.socket))
    start(place, lambda line: None)
    assert answers_at(place.socket)


def test_a_daemon_that_cannot_start_says_why(place: Place) -> None:
    place.log.write_text("dockerd ended with status 1\n")
    (place.socket.parent / "data").write_text("a file where a folder should be")
    started = time.monotonic()
    with pytest.raises(HostRefused, match=rf"dockerd does not start: .*data.* \(whole log: {place.log}\)"):
        start(place, lambda line: None)
    assert time.monotonic() - started < 20


def test_a_socket_nobody_listens_on_goes_and_one_in_use_stays(tmp_path: Path) -> None:
    home = Path(tempfile.mkdtemp(dir="/tmp"))
    traces = Traces(tmp_path / "pid", tmp_path / "containerd.pid", home / "system.sock")
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(traces.system_containerd_socket))
            listening.listen()
            assert clear(traces) == ()
        assert clear(traces) == (traces.system_containerd_socket,)
        assert not traces.system_containerd_socket.exists()
    finally:
        shutil.rmtree(home)


def test_an_engine_that_answers_is_kept() -> None:
    lines: list[str] = []
    ensure_engine(lines.append)
    (line,) = lines
    assert line.startswith("container engine: kept (Docker Engine ")


def test_an_engine_the_user_named_is_never_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:1")
    assert chosen_by_user() == "DOCKER_HOST=tcp://127.0.0.1:1"
    with pytest.raises(HostRefused, match=r"DOCKER_HOST=tcp://127\.0\.0\.1:1 does not answer: start that engine"):
        ensure_engine(lambda line: None)

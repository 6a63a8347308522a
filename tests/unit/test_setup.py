"""Setting a machine up: what can be told without an engine."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.bases.host import HostRefused, as_administrator, install_packages
from tools.check import read_report, run
from tools.traces import Traces, clear, lives
from tools.words import findings, tracked_findings

ROOT = Path(__file__).parent.parent.parent
LOCKS = ["requirements.lock", "sandbox/grader/requirements.lock", "tools/installer.lock"]


def test_no_tracked_file_names_a_registry_or_a_place_on_one_machine() -> None:
    assert [str(finding) for finding in tracked_findings(ROOT)] == []


# Put together here, so that this file passes its own check.
INDEX = ".".join(["pypi", "org"])
ARCHIVE = ".".join(["deb", "debian", "org"])
WORK, HOME, ROOTS = ("/".join(["", name, ""]) for name in ("work", "home", "root"))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (f"--index-url https://{INDEX}/simple", INDEX),
        (f"deb http://{ARCHIVE}/debian bookworm main", ARCHIVE),
        (f"first line\nsecond {WORK}main/app.py", WORK),
        (f"cp ~/x {ROOTS}.cache", f"{ROOTS}."),
        (f"{HOME}budi/gelanggang", f"{HOME}budi/"),
    ],
)
def test_a_word_that_works_on_one_machine_only_is_found(text: str, word: str) -> None:
    (found,) = findings("a.py", text)
    assert (found.path, found.line, found.word) == ("a.py", text.count("\n") + 1, word)


@pytest.mark.parametrize(
    "text", ["apt-get install docker.io", "docker.io/library/python", "network/working", "$HOME/x"]
)
def test_words_that_only_look_alike_pass(text: str) -> None:
    assert list(findings("a.py", text)) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_a_hash_for_everything_and_names_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    requirements = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n?", "", text, flags=re.MULTILINE).strip())
    assert [
        entry for entry in requirements if not re.match(r"[a-z0-9.-]+==[^\s;]+[^\n]*\\\n +--hash=sha256:", entry)
    ] == []
    assert re.search(r"--(index-url|extra-index-url|find-links)|://", text) is None


def test_graders_get_the_pytest_that_tasks_are_tried_with_here() -> None:
    def pins(lock: str) -> set[str]:
        return set(re.findall(r"^(?:pytest|pytest-json-report|httpx)==\S+", (ROOT / lock).read_text(), re.MULTILINE))

    assert pins("requirements.lock") == pins("sandbox/grader/requirements.lock") != set()


def make(*arguments: str) -> str:
    """What make prints, also when it was make that called us."""
    environment = {
        name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
    }
    command = ["make", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def test_make_lock_writes_every_lock_and_no_other() -> None:
    ran = make("-n", "lock")
    written = re.findall(r"^(?:cd (\S+) && )?uv pip compile .* --output-file (\S+)$", ran, re.MULTILINE)
    assert sorted("/".join(filter(None, place)) for place in written) == sorted(LOCKS)


def test_make_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    said = make("help")
    assert re.findall(r"^make (\S+)", said, re.MULTILINE) == phony.split()


def test_demo_and_test_set_the_machine_up_first() -> None:
    for target in ("demo", "test"):
        ran = make("-n", target)
        assert ran.splitlines()[0].startswith("tools/setup"), target


def test_ci_calls_make_test() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").splitlines()[-1] == "exec make test"


@pytest.fixture
def traces(tmp_path: Path) -> Traces:
    return Traces(tmp_path / "docker.pid", tmp_path / "containerd.pid", tmp_path / "containerd.sock")


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that bears the daemon's name."""
    program = tmp_path / "dockerd"
    shutil.copy("/bin/sleep", program)
    with subprocess.Popen([program, "60"]) as process:
        # The parent goes on a moment before the child has taken its new name, and then its arguments.
        there = Path("/proc", str(process.pid))
        while (there / "comm").read_text() != "dockerd\n" or not (there / "cmdline").read_bytes():
            time.sleep(0.001)
        yield process
        process.kill()


def test_a_machine_that_was_shut_down_well_has_no_traces(traces: Traces) -> None:
    assert clear(traces) == ()


@pytest.mark.parametrize("content", ["4194304", str(os.getpid()), "", "-1", "dockerd", "\xff"])
def test_a_pid_file_that_names_no_daemon_goes(traces: Traces, content: str) -> None:
    traces.pid.write_text(content, encoding="latin-1")
    assert clear(traces) == (traces.pid,)
    assert not traces.pid.exists()


def test_a_daemon_that_runs_keeps_its_pid_file(traces: Traces, daemon: subprocess.Popen[bytes]) -> None:
    traces.pid.write_text(f"{daemon.pid}\n")
    assert clear(traces) == ()
    traces.own_containerd_pid.write_text(str(daemon.pid))
    assert clear(traces) == (traces.own_containerd_pid,), "it is dockerd, not containerd"


def test_a_daemon_that_died_and_was_not_reaped_is_dead(traces: Traces, daemon: subprocess.Popen[bytes]) -> None:
    traces.pid.write_text(str(daemon.pid))
    daemon.kill()
    os.waitid(os.P_PID, daemon.pid, os.WEXITED | os.WNOWAIT)
    assert clear(traces) == (traces.pid,)


def test_a_file_that_is_no_socket_is_not_ours_to_remove(traces: Traces) -> None:
    traces.system_containerd_socket.write_text("notes")
    assert clear(traces) == ()


def test_an_ordinary_user_goes_through_sudo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    sudo = tmp_path / "sudo"
    sudo.write_text("#!/bin/sh\n")
    sudo.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert as_administrator("rm", "-f", "x") == ["sudo", "rm", "-f", "x"]
    sudo.unlink()
    with pytest.raises(HostRefused, match="`rm -f x` needs root, and there is no sudo here"):
        as_administrator("rm", "-f", "x")


def test_another_distribution_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(HostRefused, match=r"no Debian or Ubuntu: install docker\.io by hand"):
        install_packages("docker.io")


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ('<testsuites><testsuite tests="9" failures="0" errors="0" skipped="0"/></testsuites>', "9 passed"),
        (
            '<testsuites><testsuite tests="9" failures="2" errors="1" skipped="1"/></testsuites>',
            "5 passed, 3 failed, 1 skipped",
        ),
        ("<testsuites/>", "empty report"),
        (None, "no report"),
    ],
)
def test_the_summary_counts_what_pytest_reported(tmp_path: Path, report: str | None, words: str) -> None:
    path = tmp_path / "unit.xml"
    if report is not None:
        path.write_text(report)
    assert read_report(path) == words


def test_a_stage_that_takes_too_long_ends_with_all_it_started(tmp_path: Path) -> None:
    child = tmp_path / "child"
    assert run(["sh", "-c", f"sleep 60 & echo $! >{child}; wait"], 0.5) is None
    until = time.monotonic() + 5
    while lives(child, "sleep"):
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.parametrize("status", [0, 5])
def test_a_stage_that_ends_tells_its_status(status: int) -> None:
    assert run(["sh", "-c", f"exit {status}"], 10) == status

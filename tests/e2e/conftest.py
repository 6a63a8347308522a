"""The whole system on the real engine, and a real browser that looks at it.

One data folder for the session: the first test plays the demo to its end, the others go on with its data.
"""

import json
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docker
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from frontend.cli.ports import free_port
from frontend.demo.folder import read_tokens
from sandbox.docker.owner import OURS, OWNER

GELANGGANG = [sys.executable, "-m", "frontend.cli"]

# The browser's own calls home only fail on a closed network, many at a time.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

WHOLE_DEMO_SECONDS = 900.0
READY_SECONDS = 90.0


@dataclass(frozen=True)
class Played:
    """A demo that was played to its end with `--once`."""

    folder: Path
    result: dict[str, Any]
    orphans_before: frozenset[str]


@dataclass
class Demo:
    """A demo that runs. `ready_seconds` is from its start to the sentence that it is ready."""

    process: "subprocess.Popen[str]"
    folder: Path
    url: str
    ready_seconds: float
    said: list[str] = field(default_factory=list)

    @property
    def tokens(self) -> dict[str, str]:
        """API tokens by team name."""
        return read_tokens(self.folder)


@pytest.fixture(scope="session")
def data() -> Iterator[Path]:
    """A folder with a short path: PostgreSQL's socket lies in it."""
    folder = Path(tempfile.mkdtemp(prefix="glg-e2e-"))
    yield folder / "demo"
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def played(data: Path) -> Played:
    """`gelanggang demo --once --json`, the whole of it."""
    command = [*GELANGGANG, "demo", "--once", "--json", "--data", str(data)]
    before = orphans()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=_environment())
    out, err = process.communicate(timeout=WHOLE_DEMO_SECONDS)
    assert process.returncode == 0, err[-4000:]
    return Played(data, json.loads(out.splitlines()[-1]), before)


@pytest.fixture(scope="session")
def start_demo() -> Callable[..., Any]:
    """Starts a demo with a data folder; a context manager that ends it in order."""
    return running_demo


@pytest.fixture(scope="module")
def demo(played: Played) -> Iterator[Demo]:
    """A demo that goes on with what was played."""
    with running_demo(played.folder) as running:
        yield running


@contextmanager
def running_demo(folder: Path) -> Iterator[Demo]:
    """`gelanggang demo` until it is ready; ended by SIGTERM unless the test did it otherwise."""
    port = free_port()
    # Its second event would take the engine from what is measured here.
    command = [*GELANGGANG, "demo", "--data", str(folder), "--port", str(port), "--no-judging"]
    started = time.monotonic()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=_environment()
    )
    lines: queue.Queue[str | None] = queue.Queue()
    said: list[str] = []

    def read() -> None:
        for line in process.stderr or ():
            said.append(line)
            lines.put(line)
        lines.put(None)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        while True:
            line = lines.get(timeout=READY_SECONDS)
            assert line is not None, "".join(said)
            if line.startswith("Ready after"):
                break
        yield Demo(process, folder, f"http://127.0.0.1:{port}", time.monotonic() - started, said)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        reader.join(timeout=10)
        if process.stderr is not None:
            process.stderr.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the distribution."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    assert executable is not None, "Chromium is missing: `make setup` for tests installs it"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


@dataclass
class Watched:
    """A page, and what went wrong on it: errors of the console (CSP violations are among them) and of scripts."""

    page: Page
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """A fresh page whose errors are collected from before the first byte."""
    context = browser.new_context(locale="id-ID", timezone_id="Asia/Jakarta")
    seen = Watched(context.new_page())

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            seen.errors.append(message.text)

    seen.page.on("console", on_console)
    seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
    yield seen
    context.close()


def processes_of(folder: Path) -> list[str]:
    """Command lines of living processes that have to do with a data folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            environment = (entry / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        own = re.search(rf"GELANGGANG_DATA_DIR={re.escape(str(folder))}(\0|$)", environment)
        if own or str(folder) in command:
            found.append(command)
    return found


def gone(folder: Path, seconds: float) -> bool:
    """Whether no process has to do with a data folder any more, after at most `seconds`."""
    deadline = time.monotonic() + seconds
    while processes_of(folder) and time.monotonic() < deadline:
        time.sleep(0.2)
    return processes_of(folder) == []


def orphans() -> frozenset[str]:
    """Containers whose owner is no living process."""
    with closing(docker.from_env()) as engine:
        found = engine.api.containers(all=True, filters={"label": OURS})
    owners = {container["Id"]: container["Labels"].get(OWNER, "").split(":") for container in found}
    return frozenset(
        container for container, owner in owners.items() if len(owner) == 3 and not Path(f"/proc/{owner[1]}").exists()
    )


def _environment() -> dict[str, str]:
    """What the person who runs the tests has set for another installation must not matter."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GELANGGANG_")}

"""The demo's child processes: started in process groups of their own, ended together, and never left behind.

Ctrl-C at a terminal reaches only the demo itself, which then ends its children in order. Should the demo be killed, the
kernel ends its children (`--parent`), and the keeper, a small process that waits for that, sees it through and stops
the database.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Self

FINISH_SECONDS = 3.0
"""How long a worker may finish what it runs; a second SIGTERM then makes it give that back to the queue."""

STOP_SECONDS = 25.0
"""How long a child may take to end before it is killed."""


@dataclass(slots=True)
class Child:
    """A running child. `log` is where its output goes; the demo goes on without one that is not `needed`."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    needed: bool = True

    @property
    def ended(self) -> int | None:
        """The exit status, or None while it runs."""
        return self.process.poll()

    def tail(self, lines: int = 20) -> str:
        """The last lines of its log, for telling why it ended."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


@dataclass(slots=True)
class Family:
    """The children of one demo. Make it in the main thread: the kernel's promise is bound to the thread that starts
    them.
    """

    folder: Path
    environment: Mapping[str, str]
    children: list[Child] = field(default_factory=list)
    _keeper: subprocess.Popen[bytes] | None = None

    def start(self, name: str, arguments: Sequence[str], *, needed: bool = True) -> Child:
        """Start `gelanggang ARGUMENTS --parent PID` with its output in `<folder>/<name>.log`."""
        log = self.folder / f"{name}.log"
        command = [sys.executable, "-m", "frontend.cli", *arguments, "--parent", str(os.getpid())]
        with log.open("wb") as output:
            child = Child(name, self._popen(command, output, subprocess.DEVNULL), log, needed)
        self.children.append(child)
        if self._keeper is not None and self._keeper.stdin is not None:
            self._keeper.stdin.write(f"child {child.process.pid}\n".encode())
            self._keeper.stdin.flush()
        return child

    @contextmanager
    def kept(self, data_dir: Path) -> Iterator[None]:
        """Have a keeper, started before everything that it clears up after."""
        command = [sys.executable, "-m", "frontend.demo.keeper", str(data_dir)]
        with (self.folder / "keeper.log").open("wb") as output:
            keeper = self._keeper = self._popen(command, output, subprocess.PIPE)
        try:
            yield
        finally:
            # The word says that all went in order; a pipe that only closes means that we were killed.
            keeper.communicate(b"bye\n")
            self._keeper = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def dead(self) -> Child | None:
        """A child that is needed and has ended though nobody asked it to."""
        return next((child for child in self.children if child.needed and child.ended is not None), None)

    def stop(self) -> None:
        """End all children. Blocks for at most `STOP_SECONDS` and a little."""
        deadline = time.monotonic() + STOP_SECONDS
        for number, until in (
            (signal.SIGTERM, time.monotonic() + FINISH_SECONDS),
            (signal.SIGTERM, deadline),
            (signal.SIGKILL, deadline + 5.0),
        ):
            for child in self.children:
                _signal(child.process, number)
            for child in self.children:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.0, until - time.monotonic()))
        self.children.clear()

    def _popen(self, command: Sequence[str], output: IO[bytes], given: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            stdin=given,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **self.environment},
            start_new_session=True,
        )


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """SIGTERM goes to the child, which ends its own children in order; SIGKILL to the whole group."""
    if process.poll() is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        if number is signal.SIGKILL:
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)

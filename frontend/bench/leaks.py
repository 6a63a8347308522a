"""`bench leaks`: what many evaluations leave behind."""

import asyncio
import gc
import os
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from frontend.bench import sources
from frontend.bench.stage import Stage, stage
from sandbox.docker.leftovers import look
from sandbox.provider import Provider

EVALUATIONS = 300
SETTLE_SECONDS = 3.0
MEMORY_BAR = 16 * 1024 * 1024
"""How much bigger the worker may be after all evaluations than after the first tenth of them. Bytes."""

DISK_BAR = 64 * 1024
"""What an evaluation may add to the data folder on average: its archive, its log, its rows. The database's journal is
left out: it has a bound of its own, and what it takes now says when it was last cut.
"""

CONNECTIONS_BAR = 8
"""Pools open and close connections as they like; a leak would be one for each evaluation."""

_AT_ONCE = 10
_NEW_IMAGE, _CRASH = 10, 5
"""Every tenth submission has a new image, another tenth ends at its first case."""

_SOCKET = "socket:"
_TEMPORARY = "temporary"
_JOURNAL = "pg_wal"


@dataclass(frozen=True, slots=True)
class _Seen:
    """This process, its folders and its engine at one moment."""

    containers: frozenset[str]
    volumes: frozenset[str]
    networks: frozenset[str]
    files: frozenset[str]
    sockets: int
    descriptors: int
    memory: int
    disk: int


@dataclass(frozen=True, slots=True)
class LeakFigures:
    """What is there `SETTLE_SECONDS` after the last evaluation and was not there after the first tenth; bytes for
    memory, bytes an evaluation for disk. `good`: nothing is left, and memory and disk are within their bars.
    """

    evaluations: int
    containers: int
    volumes: int
    networks: int
    sockets: int
    descriptors: int
    files: int
    memory: int
    disk_each: int
    memory_bar: int = MEMORY_BAR
    disk_bar: int = DISK_BAR
    connections_bar: int = CONNECTIONS_BAR

    @property
    def good(self) -> bool:
        nothing = not (self.containers or self.volumes or self.networks or self.files)
        few = max(self.sockets, self.descriptors) <= self.connections_bar
        return nothing and few and self.memory <= self.memory_bar and self.disk_each <= self.disk_bar


async def bench_leaks(
    provider: Provider, *, evaluations: int = EVALUATIONS, on_progress: Callable[[int], None] = lambda done: None
) -> LeakFigures:
    """Evaluate a tenth, look, evaluate the rest, wait and look again.

    Most submissions are the trivial prototype, some bring a new image, some crash. What is counted of the engine is
    what this process made; volumes and networks have no owner, so nobody else should use the engine meanwhile. Raises
    BenchFailed, and what the engine and the database raise.
    """
    first = max(evaluations // 10, _AT_ONCE)
    async with stage(provider) as made, _temporary_folder(made.settings.data_dir):
        try:
            await _evaluate(made, 0, first, on_progress)
            before = await _look(made)
            await _evaluate(made, first, evaluations, on_progress)
            after = await _look(made)
        finally:
            await made.forget_new_images(provider)
    return LeakFigures(
        evaluations=evaluations,
        containers=len(after.containers - before.containers),
        volumes=len(after.volumes - before.volumes),
        networks=len(after.networks - before.networks),
        sockets=after.sockets - before.sockets,
        descriptors=after.descriptors - before.descriptors,
        files=len(after.files - before.files),
        memory=after.memory - before.memory,
        disk_each=(after.disk - before.disk) // max(evaluations - first, 1),
    )


async def _evaluate(made: Stage, start: int, end: int, on_progress: Callable[[int], None]) -> None:
    waiting: list[tuple[UUID, float]] = []
    for number in range(start, end):
        kind = number % _NEW_IMAGE
        archive = {0: sources.with_copy(uuid4().hex), _CRASH: sources.crashing()}.get(kind)
        waiting.append((await made.hand_in(archive), 0.0 if kind == _CRASH else 100.0))
        if len(waiting) == _AT_ONCE or number == end - 1:
            for submission_id, score in waiting:
                await made.finished(submission_id, score=score)
            waiting = []
            on_progress(number + 1)


async def _look(made: Stage) -> _Seen:
    await asyncio.sleep(SETTLE_SECONDS)
    gc.collect()
    engine = await asyncio.to_thread(look)
    return await asyncio.to_thread(
        lambda: _Seen(
            engine.containers,
            engine.volumes,
            engine.networks,
            _temporary_files(made.settings.data_dir),
            *_descriptors(),
            _memory(),
            _size(made.settings.data_dir),
        )
    )


@asynccontextmanager
async def _temporary_folder(folder: Path) -> AsyncIterator[None]:
    """Let this process make its temporary files where nobody else makes any."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder / _TEMPORARY)
    (folder / _TEMPORARY).mkdir()
    try:
        yield
    finally:
        tempfile.tempdir = before


def _temporary_files(folder: Path) -> frozenset[str]:
    return frozenset(str(path) for name in (_TEMPORARY, "scratch") for path in (folder / name).glob("*"))


def _descriptors() -> tuple[int, int]:
    """How many of this process's descriptors are sockets, and how many there are."""
    sockets = total = 0
    for path in Path("/proc/self/fd").iterdir():
        try:
            target = str(path.readlink())
        except OSError:  # the one that lists them
            continue
        total += 1
        sockets += target.startswith(_SOCKET)
    return sockets, total


def _memory() -> int:
    """Bytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        if _JOURNAL in path.parts:
            continue
        try:
            total += path.stat().st_blocks * 512 if path.is_file() else 0
        except OSError:  # a file of the database that has gone
            continue
    return total

"""Workers that die, freeze or are asked to end, as real processes on the real engine.

Whatever happens, an evaluation finishes once, nothing stale is written, no container is left, no attempt is lost.
"""

import asyncio
import contextlib
import io
import os
import shutil
import signal
import sys
import tempfile
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import docker
import docker.errors
import pytest

from hackathon import store
from hackathon.database import create_database, migrate
from hackathon.embedded import start_embedded
from hackathon.evaluations import Catalog, status_of
from hackathon.keys import load_key
from hackathon.objects import open_objects
from hackathon.settings import Settings
from tests.integration.evaluations.arena import Arena, write_task

LEASE_SECONDS = 3
PATIENCE_SECONDS = 90.0
PAUSE_SECONDS = 0.05

GREETING = 'def predict(task, input):\n    return {"text": "Halo " + input["name"]}\n'
SLOW_GREETING = "import time\n" + GREETING.replace("    return", "    time.sleep(1.2)\n    return")
# Of its own each time, or the engine would use the step again.
SLOW_BUILD = f"""FROM python
RUN sleep 6 && echo {uuid4()}
COPY serve.py /serve.py
CMD ["python3", "/serve.py"]
"""
SERVE = """
import json
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    disable_nagle_algorithm = True

    def answer(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer({})

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer({"output": {"text": "Halo " + asked["input"]["name"]}})


HTTPServer(("0.0.0.0", 8080), Handler).serve_forever()
"""


def packed(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


@dataclass
class Process:
    """A worker as the operating system sees it."""

    process: asyncio.subprocess.Process
    log: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    async def end(self, seconds: float = 30.0) -> int:
        return await asyncio.wait_for(self.process.wait(), seconds)


@dataclass
class Hall:
    """A database, an object store, and the workers of one test."""

    arena: Arena
    settings: Settings
    folder: Path
    engine: docker.DockerClient
    workers: list[Process] = field(default_factory=list)

    async def start_worker(self) -> Process:
        """A worker that is ready to take work."""
        log = self.folder / f"worker-{len(self.workers)}.log"
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GELANGGANG_")},
            "GELANGGANG_DATA_DIR": str(self.settings.data_dir),
            "GELANGGANG_DATABASE_URL": self.settings.database_url,
            "GELANGGANG_BENCHMARKS_DIR": str(self.settings.benchmarks_dir),
            "GELANGGANG_LEASE_SECONDS": str(LEASE_SECONDS),
            "GELANGGANG_GRADERS": "1",
        }
        with log.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "frontend.cli", "worker", env=environment, stdout=output, stderr=output
            )
        worker = Process(process, log)
        self.workers.append(worker)
        await self.until(lambda: self._is_ready(worker), "the worker is ready")
        return worker

    async def hand_in(self, name: str, files: dict[str, str], entry_id: UUID | None = None) -> UUID:
        """A submission in the queue."""
        objects = open_objects(self.settings)
        await objects.put(f"archives/{name}", packed(files))
        objects.close()
        return await self.arena.hand_in(entry_id or await self.arena.enter(name), object_key=f"archives/{name}")

    async def rows(self, submission_id: UUID) -> list[dict[str, Any]]:
        found = await store.fetch(
            "SELECT evaluation.*, worker.pid FROM evaluation LEFT JOIN worker ON worker.id = worker_id"
            " WHERE submission_id = $1 ORDER BY case_set DESC",
            submission_id,
        )
        return [dict(row) for row in found]

    async def is_in(self, submission_id: UUID, state: str) -> bool:
        return all(row["state"] == state for row in await self.rows(submission_id))

    async def has_begun_cases(self, submission_id: UUID) -> bool:
        progress = await status_of(submission_id)
        return any(task.done for evaluation in progress.evaluations for task in evaluation.tasks)

    def containers(self, owner: int | None = None, label: str = "") -> list[str]:
        """Containers of ours: of a process, or for a label."""
        found = self.engine.containers.list(all=True, filters={"label": "gelanggang=1"}, ignore_removed=True)
        return [
            container.name
            for container in found
            if (owner is None or f":{owner}:" in container.labels.get("gelanggang.owner", ""))
            and container.labels.get("gelanggang.label", "").startswith(label)
        ]

    async def until(self, done: Callable[[], Awaitable[bool]], what: str, seconds: float = PATIENCE_SECONDS) -> None:
        for _ in range(int(seconds / PAUSE_SECONDS)):
            if await done():
                return
            await asyncio.sleep(PAUSE_SECONDS)
        logs = "\n".join(worker.log.read_text() for worker in self.workers)
        raise AssertionError(f"not in {seconds:.0f} s: {what}\n{logs}")

    async def finished(self, submission_id: UUID) -> None:
        await self.until(lambda: self.is_in(submission_id, "finished"), "the evaluation finishes")

    async def nothing_is_left(self, submission_id: UUID, dead: Process | None = None) -> None:
        """No container of the submission, nor of a dead worker, once teardown and sweep had their time."""

        async def gone() -> bool:
            left = await asyncio.to_thread(self.containers, None, str(submission_id))
            if dead is not None:
                left += await asyncio.to_thread(self.containers, dead.pid)
            return not left

        await self.until(gone, "every container is gone", seconds=30)

    async def is_draining(self, worker: Process) -> bool:
        return "worker.draining" in await asyncio.to_thread(worker.log.read_text)

    async def forget_images(self) -> None:
        rows = await store.fetch("SELECT DISTINCT image FROM build WHERE image IS NOT NULL")
        for row in rows:
            with contextlib.suppress(docker.errors.ImageNotFound):
                await asyncio.to_thread(self.engine.images.remove, row["image"], force=True)

    async def _is_ready(self, worker: Process) -> bool:
        if worker.process.returncode is not None:
            raise AssertionError(f"the worker ended:\n{worker.log.read_text()}")
        state = await store.fetch_value("SELECT state FROM worker WHERE pid = $1 ORDER BY started_at DESC", worker.pid)
        return state == "running"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """An embedded PostgreSQL of its own."""
    folder = Path(tempfile.mkdtemp(prefix="gelanggang-faults-"))
    started = start_embedded(folder / "postgres")
    try:
        yield started.get_uri()
    finally:
        started.stop()
        shutil.rmtree(folder)


@pytest.fixture
async def hall(server: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    """An event without teams, and no worker yet."""
    name = f"faults_{request.node.name.removeprefix('test_')}"[:60]
    dsn = await create_database(server, name)
    await migrate(dsn)
    write_task(tmp_path / "tasks")
    settings = Settings(data_dir=tmp_path / "data", database_url=dsn, benchmarks_dir=tmp_path / "tasks")
    engine = docker.from_env()
    async with store.connected(dsn):
        arena = Arena(store, Catalog(settings.benchmarks_dir), key=load_key(settings.secret_file))
        await arena.open()
        made = Hall(arena, settings, tmp_path, engine)
        try:
            yield made
        finally:
            await _end_all(made)
            engine.close()


async def _end_all(hall: Hall) -> None:
    alive = [worker for worker in hall.workers if worker.process.returncode is None]
    for worker in alive:
        worker.send(signal.SIGCONT)
        worker.send(signal.SIGTERM)
    for worker in alive:
        await worker.end(60)
    await hall.forget_images()


async def check_finished_once(hall: Hall, submission_id: UUID, *, by: Process, attempt: int, failures: int) -> None:
    """One result, by that worker, its runs of that attempt; the team's attempt is neither lost nor doubled."""
    rows = await hall.rows(submission_id)
    assert [row["case_set"] for row in rows] == ["public", "board"]
    for row in rows:
        assert (row["state"], row["status"], row["score"]) == ("finished", "ok", 100.0)
        assert (row["pid"], row["attempt"], row["failures"]) == (by.pid, attempt, failures)
        runs = await store.fetch("SELECT attempt FROM run WHERE evaluation_id = $1", row["id"])
        assert [run["attempt"] for run in runs] == [attempt]
    told = await store.fetch_value("SELECT count(*) FROM outbox WHERE kind = 'evaluation.finished'")
    assert told == 2
    assert await store.fetch_value("SELECT bool_and(charged) FROM submission") is True
    assert await store.fetch_value("SELECT count(*) FROM submission") == 1


async def test_a_worker_killed_in_the_build(hall: Hall) -> None:
    first = await hall.start_worker()
    submission_id = await hall.hand_in("Karsa", {"Dockerfile": SLOW_BUILD, "serve.py": SERVE})
    await hall.until(lambda: hall.is_in(submission_id, "building"), "the build begins")
    await asyncio.sleep(2)
    assert await hall.is_in(submission_id, "building")

    first.send(signal.SIGKILL)
    second = await hall.start_worker()
    await hall.finished(submission_id)

    await check_finished_once(hall, submission_id, by=second, attempt=2, failures=1)
    await hall.nothing_is_left(submission_id, dead=first)


async def test_a_worker_killed_in_the_run(hall: Hall) -> None:
    first = await hall.start_worker()
    submission_id = await hall.hand_in("Karsa", {"app.py": SLOW_GREETING})
    await hall.until(lambda: hall.has_begun_cases(submission_id), "the first case is done")
    assert await hall.is_in(submission_id, "running")

    first.send(signal.SIGKILL)
    second = await hall.start_worker()
    await hall.finished(submission_id)

    await check_finished_once(hall, submission_id, by=second, attempt=2, failures=1)
    await hall.nothing_is_left(submission_id, dead=first)


async def test_a_worker_stopped_past_its_lease_and_continued(hall: Hall) -> None:
    first = await hall.start_worker()
    submission_id = await hall.hand_in("Karsa", {"app.py": SLOW_GREETING})
    await hall.until(lambda: hall.has_begun_cases(submission_id), "the first case is done")
    first.send(signal.SIGSTOP)
    second = await hall.start_worker()
    await hall.finished(submission_id)
    before = await hall.rows(submission_id)

    first.send(signal.SIGCONT)
    await hall.nothing_is_left(submission_id)
    # Longer than its heartbeat and everything that it still had at hand.
    await asyncio.sleep(LEASE_SECONDS)

    assert await hall.rows(submission_id) == before
    await check_finished_once(hall, submission_id, by=second, attempt=2, failures=1)
    assert "lease.lost" in first.log.read_text()
    second.send(signal.SIGTERM)
    assert await second.end() == 0
    again = await hall.hand_in("Lentera", {"app.py": GREETING})
    await hall.finished(again)
    assert {row["pid"] for row in await hall.rows(again)} == {first.pid}


async def test_a_worker_asked_to_end_finishes_what_it_has_and_takes_nothing_new(hall: Hall) -> None:
    worker = await hall.start_worker()
    running = await hall.hand_in("Karsa", {"app.py": SLOW_GREETING})
    await hall.until(lambda: hall.is_in(running, "running"), "the run begins")
    waiting = await hall.hand_in("Lentera", {"app.py": GREETING})

    worker.send(signal.SIGTERM)
    assert await worker.end() == 0

    assert {(row["state"], row["attempt"]) for row in await hall.rows(running)} == {("finished", 1)}
    assert {(row["state"], row["attempt"]) for row in await hall.rows(waiting)} == {("queued", 0)}
    await hall.nothing_is_left(running, dead=worker)


async def test_a_worker_asked_twice_hands_back_at_once(hall: Hall) -> None:
    worker = await hall.start_worker()
    submission_id = await hall.hand_in("Karsa", {"app.py": SLOW_GREETING})
    await hall.until(lambda: hall.has_begun_cases(submission_id), "the first case is done")

    worker.send(signal.SIGTERM)
    # Two signals at once may arrive as one.
    await hall.until(lambda: hall.is_draining(worker), "the worker drains")
    worker.send(signal.SIGTERM)
    assert await worker.end(15) == 0

    assert {(row["state"], row["failures"]) for row in await hall.rows(submission_id)} == {("queued", 0)}
    await hall.nothing_is_left(submission_id, dead=worker)
    second = await hall.start_worker()
    await hall.finished(submission_id)
    await check_finished_once(hall, submission_id, by=second, attempt=2, failures=0)

"""A data folder that is full, before work begins and in the middle of it: a worker on the real engine.

Nothing is lost, nobody is charged, nothing is left behind, and it goes on by itself when there is room.
"""

import asyncio
import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import docker
import docker.errors
import pytest

from hackathon import store
from hackathon.database import create_database, migrate
from hackathon.embedded import start_embedded
from hackathon.evaluations import Catalog, status_of
from hackathon.evaluations.worker import Stop, run_worker
from hackathon.images import NO_ROOM
from hackathon.keys import load_key
from hackathon.objects import open_objects
from hackathon.settings import Settings
from sandbox.bases.host import as_administrator
from sandbox.docker import DockerProvider
from sandbox.limits import MIB
from tests.docker.test_worker_faults import GREETING, SLOW_GREETING, packed
from tests.integration.evaluations.arena import Arena, write_task

# It tells every case, so that there is something to keep until the end.
CHATTY = SLOW_GREETING.replace("    time.sleep", "    print(input, flush=True)\n    time.sleep")
DISK = 64 * MIB
FLOOR_MB = 24
PATIENCE_SECONDS = 120.0
PAUSE_SECONDS = 0.05


@dataclass
class Hall:
    """A worker whose data folder is a small disk of its own."""

    arena: Arena
    settings: Settings
    worker: asyncio.Task[None]

    @property
    def filler(self) -> Path:
        return self.settings.data_dir / "filler"

    def leave(self, free: int) -> None:
        """Fill the disk so that so many bytes are free."""
        self.filler.unlink(missing_ok=True)
        with self.filler.open("wb") as file, contextlib.suppress(OSError):
            while (left := shutil.disk_usage(self.settings.data_dir).free - free) > 0:
                file.write(bytes(min(left, MIB)))
                file.flush()

    async def hand_in(self, name: str, source: str) -> UUID:
        """A submission in the queue."""
        objects = open_objects(self.settings)
        await objects.put(f"archives/{name}", packed({"app.py": source}))
        objects.close()
        return await self.arena.hand_in(await self.arena.enter(name), object_key=f"archives/{name}")

    async def until(self, done: Callable[[], Awaitable[bool]], what: str) -> None:
        for _ in range(int(PATIENCE_SECONDS / PAUSE_SECONDS)):
            if await done():
                return
            assert not self.worker.done(), self.worker.exception()
            await asyncio.sleep(PAUSE_SECONDS)
        rows = [dict(row) for row in await store.fetch("SELECT state, attempt, failures, failure FROM evaluation")]
        raise AssertionError(f"not in {PATIENCE_SECONDS:.0f} s: {what}: {rows}")

    async def true(self, sql: str, *args: object) -> bool:
        return bool(await store.fetch_value(sql, *args))

    async def finished(self, submission_id: UUID) -> None:
        sql = "SELECT bool_and(state = 'finished') FROM evaluation WHERE submission_id = $1"
        await self.until(lambda: self.true(sql, submission_id), "the evaluation finishes")

    async def waits_for_room(self) -> None:
        sql = "SELECT bool_or(state = 'sick' AND starts_with(reason, $1)) FROM worker"
        await self.until(lambda: self.true(sql, NO_ROOM), "the worker waits for room")

    async def works(self) -> None:
        sql = "SELECT bool_or(state = 'running') FROM worker"
        await self.until(lambda: self.true(sql), "the worker takes work")

    async def has_begun_cases(self, submission_id: UUID) -> bool:
        progress = await status_of(submission_id)
        return any(task.done for evaluation in progress.evaluations for task in evaluation.tasks)


@pytest.fixture
def server() -> Iterator[str]:
    """An embedded PostgreSQL of its own, on another disk."""
    folder = Path(tempfile.mkdtemp(prefix="gelanggang-full-"))
    started = start_embedded(folder / "postgres")
    try:
        yield started.get_uri()
    finally:
        started.stop()
        shutil.rmtree(folder)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 MiB."""
    folder = tmp_path / "data"
    folder.mkdir()
    mount = as_administrator("mount", "-t", "tmpfs", "-o", f"size={DISK},mode=0777", "tmpfs", str(folder))
    subprocess.run(mount, check=True)
    try:
        yield folder
    finally:
        subprocess.run(as_administrator("umount", "--lazy", str(folder)), check=True)


@pytest.fixture
async def hall(
    server: str, small_disk: Path, tmp_path: Path, provider: DockerProvider, engine: docker.APIClient
) -> AsyncIterator[Hall]:
    """An event without teams, and a worker that takes work."""
    dsn = await create_database(server, "full_disk")
    await migrate(dsn)
    write_task(tmp_path / "tasks")
    settings = Settings(
        data_dir=small_disk,
        database_url=dsn,
        benchmarks_dir=tmp_path / "tasks",
        disk_floor_mb=FLOOR_MB,
        tolerated_walls=("build-processes",),
    )
    async with store.connected(dsn):
        arena = Arena(store, Catalog(settings.benchmarks_dir), key=load_key(settings.secret_file))
        await arena.open()
        stop = Stop()
        made = Hall(arena, settings, asyncio.create_task(run_worker(settings, provider, stop)))
        try:
            await made.works()
            yield made
        finally:
            made.filler.unlink(missing_ok=True)
            stop.request()
            await asyncio.wait_for(made.worker, 60)
            for row in await store.fetch("SELECT DISTINCT image FROM build WHERE image IS NOT NULL"):
                with contextlib.suppress(docker.errors.APIError):
                    engine.remove_image(row["image"], force=True)


async def test_a_data_folder_that_is_full_before_and_while_it_works(hall: Hall, leftovers: Callable[[], int]) -> None:
    hall.leave(10 * MIB)
    await hall.waits_for_room()
    waiting = await hall.hand_in("Lentera", GREETING)
    # Longer than a worker looks away: it takes nothing, and tells the team why.
    await asyncio.sleep(3)
    assert await hall.arena.states(waiting) == ["queued", "queued"]
    assert (await status_of(waiting)).steps[1].cause.id.startswith("Menunggu ruang di mesin uji")
    hall.filler.unlink()
    await hall.finished(waiting)
    assert await store.fetch_value("SELECT sum(failures) FROM evaluation") == 0

    running = await hall.hand_in("Karsa", CHATTY)
    await hall.until(lambda: hall.has_begun_cases(running), "the first case is done")
    hall.leave(0)
    await hall.waits_for_room()
    sql = "SELECT bool_and(state = 'queued' AND failures >= 1) FROM evaluation WHERE submission_id = $1"
    await hall.until(lambda: hall.true(sql, running), "what could not be kept is back in the queue")
    reasons = await store.fetch("SELECT failure ->> 'reason' AS reason FROM evaluation WHERE failures > 0")
    assert {row["reason"].partition(":")[0] for row in reasons} == {"NoSpace"}

    hall.filler.unlink()
    await hall.finished(running)
    rows = await store.fetch("SELECT status, score FROM evaluation")
    assert {(row["status"], row["score"]) for row in rows} == {("ok", 100.0)}
    assert await store.fetch_value("SELECT bool_and(charged) FROM submission")
    assert await store.fetch_value("SELECT count(*) FROM outbox WHERE kind = 'evaluation.finished'") == 4

    async def tidy() -> bool:
        return leftovers() == 0 and not list((hall.settings.data_dir / "scratch").glob("*"))

    await hall.until(tidy, "nothing is left behind")

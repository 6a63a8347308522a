"""Where benches play: a temporary database and object store, one event with one team, and a worker, all real."""

import asyncio
import hashlib
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import asyncpg

from frontend.bench import sources
from hackathon import accounts, events, store, submissions, teams
from hackathon.database import migrate, open_database
from hackathon.embedded import start_embedded
from hackathon.evaluations import Catalog, status_of
from hackathon.evaluations.model import PREPARING
from hackathon.evaluations.worker import Stop, run_worker
from hackathon.keys import load_key
from hackathon.model import SYSTEM, Principal
from hackathon.objects import Objects, open_objects
from hackathon.settings import Settings
from sandbox.model import Text
from sandbox.provider import Provider

TASK = "gema"
FOLDER = Path(__file__).parent
_MANY = 1_000_000
_READY_SECONDS = 120.0
_PAUSE_SECONDS = 0.02


class BenchFailed(RuntimeError):
    """The bench could not be carried out: what it waits for did not come, or came out wrong."""


@dataclass(frozen=True, slots=True)
class Stage:
    """An event that takes hand-ins, and a worker that evaluates them."""

    settings: Settings
    dsn: str
    objects: Objects
    catalog: Catalog
    entry_id: UUID
    member: Principal
    archive: bytes

    async def hand_in(self, archive: bytes | None = None) -> UUID:
        """Hand an archive in (None: the trivial prototype), as the API does; returns the submission's id."""
        data = self.archive if archive is None else archive
        upload = await submissions.register_upload(
            self.entry_id,
            filename="gema.zip",
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            actor=self.member,
        )
        await submissions.store_part(upload.id, 1, _once(data), objects=self.objects, actor=self.member)
        receipt = await submissions.complete_upload(
            upload.id, objects=self.objects, actor=self.member, catalog=self.catalog
        )
        return receipt.submission_id

    async def finished(self, submission_id: UUID, seconds: float = _READY_SECONDS, *, score: float = 100.0) -> None:
        """Wait for the result. Raises BenchFailed where it does not come, or is another score than a prototype that
        gives back what it got is given.
        """
        for _ in range(int(seconds / _PAUSE_SECONDS)):
            progress = await status_of(submission_id)
            if progress.finished:
                scores = [evaluation.score for evaluation in progress.evaluations]
                if scores != [score] * len(scores):
                    raise BenchFailed(f"the prototype got {scores}: {progress.evaluations[0].message}")
                return
            if progress.failures:
                raise BenchFailed(await _reason(submission_id))
            await asyncio.sleep(_PAUSE_SECONDS)
        raise BenchFailed(f"no result in {seconds:.0f} s")

    async def forget_new_images(self, provider: Provider) -> None:
        """Take the images away that were built here, but for the trivial prototype's."""
        rows = await store.fetch(
            "SELECT DISTINCT image FROM build JOIN submission ON submission.id = build.submission_id"
            " WHERE image IS NOT NULL AND sha256 <> $1",
            hashlib.sha256(self.archive).hexdigest(),
        )
        for row in rows:
            await asyncio.to_thread(provider.remove_image, row["image"])


@asynccontextmanager
async def stage(provider: Provider) -> AsyncIterator[Stage]:
    """Build everything in a temporary folder, and take it down afterwards. The caller owns `provider`."""
    folder = Path(tempfile.mkdtemp(prefix="gelanggang-bench-"))
    settings = Settings(data_dir=folder, benchmarks_dir=FOLDER / "task", worker_slots=1)
    try:
        await _remember_commits(folder)
        database = await open_database(settings)
        try:
            await migrate(database.dsn)
            async with store.connected(database.dsn):
                made = await _prepare(settings, database.dsn)
                async with _working(made, provider):
                    yield made
                made.objects.close()
        finally:
            await database.stop()
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def _remember_commits(folder: Path) -> None:
    """Let the server note when each transaction was committed: the queue's latency starts there."""
    settings = Settings(data_dir=folder)
    server = await asyncio.to_thread(start_embedded, settings.database_dir)
    connection = await asyncpg.connect(server.get_uri())
    await connection.execute("ALTER SYSTEM SET track_commit_timestamp = on")
    await connection.close()
    await asyncio.to_thread(server.stop)


async def _prepare(settings: Settings, dsn: str) -> Stage:
    now = await store.clock()
    spec = events.EventSpec(
        slug="bench",
        title=Text(id="Bench", en="Bench"),
        zone="Asia/Jakarta",
        schedule=events.Schedule(*(now + timedelta(days=day) for day in (-2, -1, 1, 2, 3))),
        rules=events.Rules(attempts_a_day=_MANY, uploads_an_hour=_MANY, team_size_min=1),
        tracks=(events.TrackSpec("bench", Text(id="Bench", en="Bench"), (events.TrackTask(TASK),)),),
    )
    key = await asyncio.to_thread(load_key, settings.secret_file)
    event = await events.apply_event(spec, key=key, actor=SYSTEM, now=now)
    account = await accounts.create_account("Bench", actor=SYSTEM, now=now)
    team = await teams.create_team(event.id, "Bench", "Bench", actor=SYSTEM, now=now, member_ids=[account.id])
    entry = await teams.enter_track(team.id, event.tracks[0].id, actor=SYSTEM, now=now)
    return Stage(
        settings=settings,
        dsn=dsn,
        objects=open_objects(settings),
        catalog=Catalog(settings.benchmarks_dir),
        entry_id=entry.id,
        member=Principal(account.id, account.name, frozenset()),
        archive=sources.trivial(),
    )


@asynccontextmanager
async def _working(made: Stage, provider: Provider) -> AsyncIterator[None]:
    stop = Stop()
    worker = asyncio.create_task(run_worker(made.settings, provider, stop, catalog=made.catalog))
    try:
        await _ready(worker)
        yield
    finally:
        stop.request()
        await worker


async def _ready(worker: asyncio.Task[None]) -> None:
    for _ in range(int(_READY_SECONDS / _PAUSE_SECONDS)):
        row = await store.fetch_one("SELECT state, reason FROM worker")
        if row is not None and row["state"] == "running":
            return
        if row is not None and row["reason"] is not None and row["reason"] not in PREPARING:
            raise BenchFailed(f"the worker cannot work here: {row['reason']}")
        if worker.done():
            return
        await asyncio.sleep(_PAUSE_SECONDS)
    raise BenchFailed(f"the worker was not ready in {_READY_SECONDS:.0f} s")


async def _reason(submission_id: UUID) -> str:
    reason = await store.fetch_value(
        "SELECT failure ->> 'reason' FROM evaluation WHERE submission_id = $1 AND failures > 0", submission_id
    )
    return f"the evaluation failed on our side: {reason}"


async def _once(data: bytes) -> AsyncIterator[bytes]:
    yield data

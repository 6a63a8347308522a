"""An event with teams whose submissions can be queued, in a fresh database."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from uuid import UUID, uuid4

from hackathon.evaluations import Catalog, enqueue
from hackathon.evaluations import store as evaluation_store
from hackathon.evaluations.claiming import claim_next
from hackathon.evaluations.model import Claim, Score, WorkerState
from hackathon.events import EventSpec, Rules, Schedule, TrackSpec, TrackTask, apply_event
from hackathon.model import SYSTEM
from sandbox.model import Status, Text

SLUG = "salam"
LEASE = timedelta(seconds=30)

FILES = {
    "task.toml": """
slug = "salam"
version = "1.0.0"
protocol = "invocations"
human_minutes = 1.0
human_minutes_why = { id = "Ditaksir.", en = "Estimated." }
title = { id = "Salam", en = "Greeting" }
summary = { id = "Menyapa dengan nama.", en = "Greets by name." }

[limits]
ready_seconds = 20
case_seconds = 5

[cases]
board = 4
final = 2

[baseline]
accuracy = 0.5

[[metrics]]
name = "accuracy"
title = { id = "Ketepatan", en = "Accuracy" }
direction = "higher"
weight = 1
floor = 0.0
target = 1.0
worst = 0.0
why = { id = "Sapaan harus tepat.", en = "The greeting must be right." }
source = "test"
""",
    "input.schema.json": '{"type": "object"}',
    "output.schema.json": '{"type": "object"}',
    "public.jsonl": "".join(
        json.dumps({"id": f"p{n}", "input": {"name": name}, "expected": {"text": f"Halo {name}"}}) + "\n"
        for n, name in enumerate(("Sari", "Budi", "Citra"))
    ),
    "test_salam.py": """
def test_salam(prototype, case, record):
    answer = prototype(case.input)
    right = answer.get("text") == case.expected["text"]
    record("accuracy", 1.0 if right else 0.0)
    assert right
""",
    "generate.py": """
import random


def generate(seed, count):
    rng = random.Random(seed)
    for number in range(count):
        name = f"Nama{rng.randrange(10**9)}"
        yield {"id": f"g{number}", "input": {"name": name}, "expected": {"text": f"Halo {name}"}}
""",
}


def write_task(folder: Path) -> None:
    (folder / SLUG).mkdir(parents=True)
    for name, text in FILES.items():
        (folder / SLUG / name).write_text(text.lstrip("\n"))


@dataclass
class Arena:
    """An event with one track, and what tests do with it."""

    store: ModuleType
    catalog: Catalog
    key: bytes = bytes(range(32))
    slug: str = SLUG
    event_id: UUID = field(default_factory=uuid4)
    track_id: UUID = field(default_factory=uuid4)
    account_id: UUID = field(default_factory=uuid4)
    numbers: dict[UUID, int] = field(default_factory=dict)

    async def open(self, rules: Rules | None = None) -> None:
        """Make the event, with its seeds, and somebody who hands in."""
        now = await self.store.clock()
        days = [now + timedelta(days=day) for day in (-2, -1, 1, 2, 3)]
        track = TrackSpec("layanan", Text(id="Layanan", en="Services"), (TrackTask(self.slug),))
        event = await apply_event(
            EventSpec(
                slug="nusantara",
                title=Text(id="Nusantara", en="Nusantara"),
                zone="Asia/Jakarta",
                schedule=Schedule(*days),
                rules=rules or Rules(),
                tracks=(track,),
            ),
            key=self.key,
            actor=SYSTEM,
            now=now,
        )
        self.event_id, self.track_id = event.id, event.tracks[0].id
        await self.store.execute(
            "INSERT INTO account (id, name, created_at) VALUES ($1, 'Sari', now())", self.account_id
        )

    async def enter(self, name: str) -> UUID:
        """A team's entry; returns the entry's id."""
        team_id, entry_id = uuid4(), uuid4()
        await self.store.execute(
            "INSERT INTO team (id, event_id, name, agency, created_at) VALUES ($1, $2, $3, 'Kabupaten Sleman', now())",
            team_id,
            self.event_id,
            name,
        )
        await self.store.execute(
            "INSERT INTO entry (id, event_id, team_id, track_id, created_at) VALUES ($1, $2, $3, $4, now())",
            entry_id,
            self.event_id,
            team_id,
            self.track_id,
        )
        return entry_id

    async def hand_in(self, entry_id: UUID, *, object_key: str = "none", queue: bool = True) -> UUID:
        """A submission of the entry, queued; returns its id."""
        upload_id, submission_id = uuid4(), uuid4()
        number = self.numbers[entry_id] = self.numbers.get(entry_id, 0) + 1
        digest = hashlib.sha256(submission_id.bytes).hexdigest()
        async with self.store.transaction():
            await self.store.execute(
                "INSERT INTO upload (id, entry_id, account_id, filename, size, sha256, part_bytes, state,"
                " registered_at, completed_at) VALUES ($1, $2, $3, 'p.zip', 1, $4, 1, 'completed', now(), now())",
                upload_id,
                entry_id,
                self.account_id,
                digest,
            )
            await self.store.execute(
                "INSERT INTO submission (id, entry_id, number, upload_id, account_id, filename, sha256, size,"
                " object_key, kit, manifest, registered_at, received_at)"
                " VALUES ($1, $2, $3, $4, $5, 'p.zip', $6, 1, $7, 'python', '{}', now(), now())",
                submission_id,
                entry_id,
                number,
                upload_id,
                self.account_id,
                digest,
                object_key,
            )
            if queue:
                await enqueue(submission_id, catalog=self.catalog)
        return submission_id

    async def worker(self, host: str = "mesin-1", slots: int = 1) -> UUID:
        """A worker that says it is there."""
        worker_id = uuid4()
        await evaluation_store.register_worker(worker_id, host=host, pid=1, slots=slots)
        await evaluation_store.see_worker(worker_id, WorkerState.RUNNING)
        return worker_id

    async def claim(self, worker_id: UUID, lease: timedelta = LEASE) -> Claim:
        """The next claim; there must be one."""
        claim = await claim_next(worker_id, lease=lease)
        assert claim is not None
        return claim

    async def end(self, claim: Claim) -> None:
        """End a claim as a worker would, with a score."""
        async with self.store.transaction():
            await evaluation_store.hold(claim.fences)
            await evaluation_store.begin_running(claim.fences)
            for fence in claim.fences:
                await evaluation_store.finish(
                    fence,
                    status=Status.OK,
                    message=Text(id="Selesai.", en="Done."),
                    score=Score(50.0, 40.0, 60.0, {SLUG: 50.0}),
                    image="sha256:1",
                    engine=None,
                    timings={},
                )

    async def states(self, submission_id: UUID) -> list[str]:
        rows = await self.store.fetch(
            "SELECT state FROM evaluation WHERE submission_id = $1 ORDER BY case_set DESC", submission_id
        )
        return [row["state"] for row in rows]

    async def waiting_jobs(self) -> int:
        count: int = await self.store.fetch_value("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        return count

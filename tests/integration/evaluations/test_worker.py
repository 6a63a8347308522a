"""The worker on a real database with the fake engine: from a job to a score, and what happens when something fails."""

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import asyncpg
import msgspec
import pytest

from hackathon.evaluations import Catalog, latest_evaluated, read_log, status_of, troubles
from hackathon.evaluations.claiming import claim_next
from hackathon.evaluations.worker import Stop, run_worker
from hackathon.keys import load_key
from hackathon.objects import Objects, open_objects
from hackathon.settings import Settings
from sandbox.errors import EngineUnavailable, GraderFailed
from sandbox.fake import FakeProvider
from sandbox.limits import Limits
from sandbox.model import Report
from sandbox.provider import Cancel, Job, Watch
from tests.integration.evaluations.arena import LEASE, SLUG, Arena

GOOD = 'print("siap", flush=True)\ndef predict(task, input):\n    return {"text": "Halo " + input["name"]}\n'
HALF = 'def predict(task, input):\n    return {"text": "Halo Sari"}\n'
CRASHING = """
import os
count = 0
def predict(task, input):
    global count
    count += 1
    if count == 3:
        os._exit(3)
    return {"text": "Halo " + input["name"]}
"""
NO_COPY = "FROM python\nCOPY nowhere.py /app.py\nCMD python3 /app.py\n"


class Flaky(FakeProvider):
    """An engine that fails so many times, then works."""

    def __init__(self, failures: int, error: Callable[[], Exception]) -> None:
        super().__init__()
        self.failures = failures
        self.error = error

    def evaluate(
        self,
        image: str,
        jobs: Sequence[Job],
        *,
        limits: Limits,
        label: str,
        fresh: bool = False,
        watch: Watch = Watch(),  # noqa: B008 - frozen, without state
        cancel: Cancel | None = None,
    ) -> Report:
        if self.failures > 0:
            self.failures -= 1
            raise self.error()
        return super().evaluate(image, jobs, limits=limits, label=label, fresh=fresh, watch=watch, cancel=cancel)


@dataclass
class Shop:
    """An arena whose submissions have archives, and workers for them."""

    arena: Arena
    settings: Settings
    objects: Objects
    stop: Stop = field(default_factory=Stop)
    workers: list[asyncio.Task[None]] = field(default_factory=list)
    providers: list[FakeProvider] = field(default_factory=list)

    def work(self, provider: FakeProvider | None = None, *, drain_seconds: float = 30.0) -> None:
        """Start a worker, with a catalogue of its own as another host would have."""
        engine = provider or FakeProvider()
        catalog = Catalog(self.arena.catalog.get(SLUG).folder.parent)
        self.providers.append(engine)
        worker = run_worker(self.settings, engine, self.stop, catalog=catalog, drain_seconds=drain_seconds)
        self.workers.append(asyncio.create_task(worker))

    async def hand_in(self, entry_id: UUID, files: dict[str, str]) -> UUID:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        return await self.hand_in_bytes(entry_id, buffer.getvalue())

    async def hand_in_bytes(self, entry_id: UUID, data: bytes) -> UUID:
        key = f"archives/{len(data)}-{hash(data)}"
        await self.objects.put(key, data)
        return await self.arena.hand_in(entry_id, object_key=key)

    async def until(self, sql: str, *args: object, seconds: float = 20.0) -> None:
        """Wait until the query gives true."""
        for _ in range(int(seconds / 0.05)):
            if await self.arena.store.fetch_value(sql, *args):
                return
            await asyncio.sleep(0.05)
        rows = await self.arena.store.fetch("SELECT state, attempt, failures, failure FROM evaluation")
        raise AssertionError(f"never true: {sql}: {[dict(row) for row in rows]}")

    async def finished(self, submission_id: UUID) -> None:
        await self.until("SELECT bool_and(state = 'finished') FROM evaluation WHERE submission_id = $1", submission_id)

    async def close(self) -> None:
        self.stop.request()
        for worker in self.workers:
            await asyncio.wait_for(worker, 30)
        for provider in self.providers:
            assert provider.running == 0
            provider.close()
        self.objects.close()


@pytest.fixture
async def shop(arena: Arena, dsn: str, tmp_path: Path) -> AsyncIterator[Shop]:
    """A shop without workers yet."""
    settings = Settings(data_dir=tmp_path / "data", database_url=dsn, lease_seconds=5)
    settings.secret_file.parent.mkdir(parents=True)
    settings.secret_file.write_text(arena.key.hex())
    assert load_key(settings.secret_file) == arena.key
    made = Shop(arena, settings, open_objects(settings))
    yield made
    await made.close()


async def test_a_good_prototype_is_scored_on_both_sets(shop: Shop) -> None:
    entry_id = await shop.arena.enter("Karsa")
    shop.work()

    submission_id = await shop.hand_in(entry_id, {"app.py": GOOD})
    await shop.finished(submission_id)

    progress = await status_of(submission_id)
    public, board = progress.evaluations
    assert [(e.case_set, e.status, e.score) for e in (public, board)] == [
        ("public", "ok", 100.0),
        ("board", "ok", 100.0),
    ]
    assert [step.state for step in progress.steps] == ["done"] * 5
    assert progress.finished
    assert (public.tasks[0].done, public.tasks[0].passed, len(public.tasks[0].cases)) == (3, 3, 3)
    first = public.tasks[0].cases[0]
    assert (first["id"], first["got"], first["expected"]) == ("p0", {"text": "Halo Sari"}, {"text": "Halo Sari"})
    assert (board.tasks[0].done, board.tasks[0].passed, board.tasks[0].cases) == (4, 4, ())
    (row,) = await latest_evaluated(shop.arena.track_id)
    assert (row.entry_id, row.submission_id, row.number, row.status, row.score) == (
        entry_id,
        submission_id,
        1,
        "ok",
        100,
    )
    assert row.tasks == {SLUG: 100.0}
    log = await read_log(submission_id, objects=shop.objects)
    assert b"siap" in log.data
    assert log.complete
    rest = await read_log(submission_id, objects=shop.objects, offset=log.size - 3)
    assert rest.data == log.data[-3:]


async def test_a_score_keeps_all_that_is_needed_to_repeat_it(shop: Shop) -> None:
    shop.work()
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": HALF})
    await shop.finished(submission_id)

    rows = await shop.arena.store.fetch("SELECT * FROM evaluation ORDER BY case_set DESC")
    task = shop.arena.catalog.get(SLUG)
    for row in rows:
        assert row["image"]
        assert msgspec.json.decode(row["engine"])["grader"] == "fake"
        plan = msgspec.json.decode(row["plan"])
        assert plan["tasks"][0]["hash"] == task.hash
        assert plan["limits"]["prototype"]["memory_bytes"] == Limits().prototype.memory_bytes
        run = await shop.arena.store.fetch_one("SELECT * FROM run WHERE evaluation_id = $1", row["id"])
        assert (run["task_version"], run["task_hash"]) == (task.version, task.hash)
    # One of three greetings is right in public, none on the board: nobody else is called Sari.
    assert [round(row["score"], 1) for row in rows] == [33.3, 0.0]
    assert rows[0]["low"] <= rows[0]["score"] <= rows[0]["high"]


async def test_nothing_of_hidden_cases_is_kept(shop: Shop) -> None:
    shop.work()
    telling = GOOD.replace("    return", '    print(input["name"], flush=True)\n    return').replace("Halo ", "Bukan ")
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": telling})
    await shop.finished(submission_id)

    # The generator calls everybody on the board Nama and a number.
    texts = []
    for table in ("evaluation", "run"):
        texts += await shop.arena.store.fetch(f"SELECT to_jsonb({table})::text AS text FROM {table}")  # noqa: S608 - ours
    log = await read_log(submission_id, objects=shop.objects)
    assert len(texts) == 4
    assert not any("Nama" in text for text in [*(row["text"] for row in texts), log.data.decode()])
    assert "Sari" in log.data.decode()
    board = (await status_of(submission_id)).evaluations[1]
    assert board.tasks[0].failed == {"wrong": 4}


async def test_an_answer_that_no_database_takes_is_stored_as_far_as_it_can_be(shop: Shop) -> None:
    hostile = """def predict(task, input):
    return {"text": "nol \\0", "\\0": 10**40}
"""
    shop.work()
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": hostile})
    await shop.finished(submission_id)

    progress = await status_of(submission_id)
    assert progress.failures == 0
    case = progress.evaluations[0].tasks[0].cases[0]
    assert case["got"] == {"text": "nol \ufffd", "\ufffd": 10**40}
    assert case["expected"] == {"text": "Halo Sari"}


async def test_each_reading_of_the_seed_is_written_down_and_there_is_one_a_worker(shop: Shop) -> None:
    shop.work()
    entry_id = await shop.arena.enter("Karsa")
    for _ in range(2):
        await shop.finished(await shop.hand_in(entry_id, {"app.py": GOOD}))

    assert await shop.arena.store.fetch_value("SELECT count(*) FROM outbox WHERE kind = 'seed.read'") == 1


async def test_what_happened_is_told_in_the_outbox(shop: Shop) -> None:
    shop.work()
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": GOOD})
    await shop.finished(submission_id)

    rows = await shop.arena.store.fetch("SELECT subject FROM outbox WHERE kind = 'evaluation.finished' ORDER BY id")
    subjects = [msgspec.json.decode(row["subject"]) for row in rows]
    assert [subject["case_set"] for subject in subjects] == ["public", "board"]
    for subject in subjects:
        assert subject.keys() == {"evaluation", "submission", "entry", "team", "track", "case_set", "status"}
        assert (subject["submission"], subject["track"]) == (str(submission_id), str(shop.arena.track_id))


async def test_a_refused_source_costs_no_attempt_and_is_on_no_board(shop: Shop) -> None:
    shop.work()
    entry_id = await shop.arena.enter("Karsa")
    good = await shop.hand_in(entry_id, {"app.py": GOOD})
    refused = await shop.hand_in_bytes(entry_id, b"this is no archive")
    await shop.finished(refused)

    progress = await status_of(refused)
    assert not progress.charged
    assert [(e.status, e.score) for e in progress.evaluations] == [("refused", 0.0)] * 2
    assert [step.state for step in progress.steps] == ["done", "done", "failed", "skipped", "done"]
    assert [row.submission_id for row in await latest_evaluated(shop.arena.track_id)] == [good]


async def test_a_build_that_fails_is_charged_and_counts_as_nothing(shop: Shop) -> None:
    shop.work()
    entry_id = await shop.arena.enter("Karsa")
    await shop.hand_in(entry_id, {"app.py": GOOD})
    failed = await shop.hand_in(entry_id, {"Dockerfile": NO_COPY})
    await shop.finished(failed)

    progress = await status_of(failed)
    assert progress.charged
    assert {e.status for e in progress.evaluations} == {"build_failed"}
    (row,) = await latest_evaluated(shop.arena.track_id)
    assert (row.submission_id, row.score, row.low, row.high, row.tasks) == (failed, 0.0, 0.0, 0.0, {SLUG: 0.0})


async def test_a_prototype_that_crashes_keeps_what_it_finished_and_its_status(shop: Shop) -> None:
    shop.work()
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": CRASHING})
    await shop.finished(submission_id)

    progress = await status_of(submission_id)
    public, board = progress.evaluations
    assert (public.status, board.status) == ("crashed", "crashed")
    assert (public.tasks[0].done, public.tasks[0].passed) == (2, 2)
    assert public.score == pytest.approx(66.666667)
    assert (board.tasks[0].done, board.score) == (0, 0.0)
    assert progress.steps[3].state == "failed"
    assert progress.steps[3].cause == public.message


async def test_an_engine_that_is_away_makes_the_worker_sick_and_nothing_is_charged(shop: Shop) -> None:
    shop.work(Flaky(1, lambda: EngineUnavailable("no answer")))
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": GOOD})
    await shop.finished(submission_id)

    progress = await status_of(submission_id)
    assert progress.charged
    assert (progress.failures, progress.evaluations[1].attempt, progress.evaluations[1].score) == (1, 2, 100.0)
    assert await shop.arena.store.fetch_value("SELECT state FROM worker") == "running"


async def test_a_worker_without_an_engine_claims_nothing_and_says_why(shop: Shop) -> None:
    engine = FakeProvider()
    engine.close()
    shop.work(engine)
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": GOOD})
    await shop.until("SELECT state = 'sick' AND reason LIKE 'EngineUnavailable%' FROM worker")
    await asyncio.sleep(1.2)

    progress = await status_of(submission_id)
    assert (progress.steps[1].state, progress.failures, progress.place) == ("now", 0, 1)
    assert "Belum ada mesin penguji" in progress.steps[1].cause.id


async def test_what_keeps_failing_on_our_side_stays_queued_and_is_shown_to_the_organizer(shop: Shop) -> None:
    shop.work(Flaky(99, lambda: GraderFailed("spoke nonsense")))
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": GOOD})
    await shop.until("SELECT bool_and(failures >= 1 AND state = 'queued') FROM evaluation")
    other = await shop.hand_in(await shop.arena.enter("Lentera"), {"app.py": GOOD})
    # The pauses get long; here the next try is brought forward.
    forward = "UPDATE evaluation SET due_at = clock_timestamp() WHERE submission_id = $1 AND failures < 3"
    while not any(trouble.submission_id == submission_id for trouble in await troubles()):
        await shop.arena.store.execute(forward, submission_id)
        await asyncio.sleep(0.1)

    found = [trouble for trouble in await troubles() if trouble.submission_id == submission_id]
    assert {(trouble.failures, trouble.reason) for trouble in found} == {(3, "GraderFailed: spoke nonsense")}
    assert (await status_of(submission_id)).charged
    assert (await status_of(other)).failures >= 1
    waits = await shop.arena.store.fetch_value(
        "SELECT extract(epoch FROM min(due_at) - clock_timestamp()) FROM evaluation WHERE submission_id = $1",
        submission_id,
    )
    assert 4 < waits <= 8


async def test_an_archive_that_our_store_lost_is_ours(shop: Shop) -> None:
    shop.work()
    submission_id = await shop.arena.hand_in(await shop.arena.enter("Karsa"), object_key="archives/lost")
    await shop.until("SELECT bool_and(failures = 1) FROM evaluation")

    reason = await shop.arena.store.fetch_value("SELECT failure ->> 'reason' FROM evaluation LIMIT 1")
    assert reason.startswith("ObjectMissing")
    assert (await status_of(submission_id)).charged


async def test_a_task_that_changed_since_it_was_planned_is_ours(shop: Shop) -> None:
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": GOOD})
    test = shop.arena.catalog.get(SLUG).folder / "test_salam.py"
    before = test.read_text()
    test.write_text(before + "\n# Another day.\n")
    shop.work()
    await shop.until("SELECT bool_and(failures = 1) FROM evaluation")
    reason = await shop.arena.store.fetch_value("SELECT failure ->> 'reason' FROM evaluation LIMIT 1")
    assert reason.startswith("PlanMismatch")

    test.write_text(before)
    await shop.finished(submission_id)
    assert (await status_of(submission_id)).evaluations[1].score == 100.0


async def test_a_lost_job_heals(shop: Shop) -> None:
    shop.work()
    await shop.until("SELECT state = 'running' FROM worker")
    entry_id = await shop.arena.enter("Karsa")
    submission_id = await shop.hand_in(entry_id, {"app.py": GOOD})
    await shop.arena.store.execute("DELETE FROM procrastinate_jobs")

    await shop.finished(submission_id)


async def test_a_worker_survives_the_loss_of_all_its_connections(shop: Shop, postgres: str) -> None:
    shop.work()
    entry_id = await shop.arena.enter("Karsa")
    await shop.finished(await shop.hand_in(entry_id, {"app.py": GOOD}))
    name = await shop.arena.store.fetch_value("SELECT current_database()")
    connection = await asyncpg.connect(postgres)
    await connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
    await connection.close()
    # Until this process has read of it, its pool would hand out the dead ones.
    await asyncio.sleep(0.3)

    await shop.finished(await shop.hand_in(entry_id, {"app.py": GOOD}))


async def test_two_slots_serve_two_teams_at_the_same_time_and_one_team_one_after_the_other(shop: Shop) -> None:
    shop.settings = Settings(
        data_dir=shop.settings.data_dir, database_url=shop.settings.database_url, worker_slots=2, lease_seconds=5
    )
    slow = "import time\n" + GOOD.replace("    return", "    time.sleep(0.15)\n    return")
    karsa, lentera = await shop.arena.enter("Karsa"), await shop.arena.enter("Lentera")
    first, second = await shop.hand_in(karsa, {"app.py": slow}), await shop.hand_in(karsa, {"app.py": slow})
    other = await shop.hand_in(lentera, {"app.py": slow})
    shop.work()
    for submission_id in (first, second, other):
        await shop.finished(submission_id)

    spans = {
        row["submission_id"]: (row["begun"], row["ended"])
        for row in await shop.arena.store.fetch(
            "SELECT submission_id, min(claimed_at) AS begun, max(finished_at) AS ended FROM evaluation"
            " GROUP BY submission_id"
        )
    }
    assert spans[first][0] < spans[other][1]
    assert spans[other][0] < spans[first][1]
    assert spans[first][1] <= spans[second][0]


async def test_public_cases_are_seen_as_they_finish_and_hidden_ones_are_counted(shop: Shop) -> None:
    slow = "import time\n" + GOOD.replace("    return", "    time.sleep(0.4)\n    return")
    shop.work()
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": slow})

    seen: list[tuple[int, int, int, int]] = []
    while not (progress := await status_of(submission_id)).finished:
        public, board = (e.tasks[0] for e in progress.evaluations)
        seen.append((public.done, len(public.cases), board.done, len(board.cases)))
        await asyncio.sleep(0.05)

    assert any(0 < done < 3 for done, _, _, _ in seen)
    assert any(0 < done < 4 for _, _, done, _ in seen)
    assert all(cases in {done, 3} or done == cases for done, cases, _, _ in seen)
    assert all(cases == 0 for _, _, _, cases in seen)


async def test_a_worker_that_drains_claims_nothing_more(shop: Shop) -> None:
    shop.work()
    await shop.until("SELECT state = 'running' FROM worker")
    shop.stop.request()
    for worker in shop.workers:
        await asyncio.wait_for(worker, 10)

    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": GOOD})
    await asyncio.sleep(0.5)

    assert await shop.arena.states(submission_id) == ["queued", "queued"]
    assert await shop.arena.store.fetch_value("SELECT state FROM worker") == "gone"
    assert await claim_next(await shop.arena.worker(), lease=LEASE) is not None


async def test_a_worker_that_drains_for_too_long_hands_back_what_it_has(shop: Shop) -> None:
    slow = "import time\n" + GOOD.replace("    return", "    time.sleep(2)\n    return")
    shop.work(drain_seconds=0.3)
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": slow})
    await shop.until("SELECT bool_and(state = 'running') FROM evaluation")

    shop.stop.request()
    for worker in shop.workers:
        await asyncio.wait_for(worker, 10)

    rows = await shop.arena.store.fetch("SELECT state, failures, attempt, claimed_at FROM evaluation")
    assert [tuple(row) for row in rows] == [("queued", 0, 1, None)] * 2
    assert await shop.arena.waiting_jobs() == 1
    assert (await status_of(submission_id)).charged

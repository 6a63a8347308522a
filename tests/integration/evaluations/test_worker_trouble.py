"""The worker when something of ours fails, is lost or ends: nothing is charged, nothing is lost."""

import asyncio
import json
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import asyncpg

from hackathon.evaluations import Catalog, status_of, troubles
from hackathon.evaluations.claiming import claim_next
from hackathon.evaluations.giving_up import PACKAGE_TRIES
from sandbox.errors import EngineUnavailable, GraderFailed, MirrorUnavailable, PackageUnavailable
from sandbox.fake import FakeProvider
from sandbox.model import Build, Finding
from sandbox.provider import Cancel
from sandbox.tasks import Task
from tests.integration.evaluations.arena import LEASE, SLUG
from tests.integration.evaluations.shop import GOOD, Flaky, Shop


async def test_an_engine_that_is_away_makes_the_worker_sick_and_nothing_is_charged(shop: Shop) -> None:
    shop.work(Flaky(1, lambda: EngineUnavailable("no answer")))
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": GOOD})
    await shop.finished(submission_id)

    progress = await status_of(submission_id)
    assert progress.charged
    assert (progress.failures, progress.evaluations[1].attempt, progress.evaluations[1].score) == (1, 2, 100.0)
    assert await shop.arena.store.fetch_value("SELECT state FROM worker") == "running"


async def test_a_mirror_that_is_away_charges_nobody_and_stops_no_other_work(shop: Shop) -> None:
    shop.work(Flaky(1, lambda: MirrorUnavailable("the package mirror failed for lapor-lib: status 502")))
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": GOOD})
    await shop.finished(submission_id)

    progress = await status_of(submission_id)
    assert (progress.failures, progress.evaluations[1].attempt, progress.evaluations[1].score) == (1, 2, 100.0)
    said = await shop.arena.store.fetch_value("SELECT reason FROM worker")
    assert said is None


async def test_a_measurement_whose_packages_are_not_there_fails_no_team_and_says_which(shop: Shop) -> None:
    folder = shop.arena.catalog.get(SLUG).folder
    (folder / "requirements.txt").write_text("pengukur-yang-tidak-ada==1.0\n")
    shop.arena.catalog = Catalog(folder.parent)
    shop.work()
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": GOOD})
    await shop.until("SELECT bool_and(failures >= 1 AND state = 'queued') FROM evaluation")
    why = await shop.arena.store.fetch_value("SELECT failure ->> 'reason' FROM evaluation LIMIT 1")
    assert why.startswith("MirrorUnavailable: ")
    assert "pengukur-yang-tidak-ada==1.0" in why
    assert (await status_of(submission_id)).evaluations[1].score is None
    await shop.until("SELECT state = 'running' FROM worker")


class Fetching(FakeProvider):
    """An engine whose packages for a measurement do not come for as long as it is not told to let them."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.come = threading.Event(), threading.Event()

    def warm(self, tasks: Sequence[Task] = ()) -> None:
        if any(task.packages for task in tasks):
            self.asked.set()
            self.come.wait(60)


async def test_packages_that_take_long_keep_no_worker_from_its_work(shop: Shop) -> None:
    folder = shop.arena.catalog.get(SLUG).folder
    (folder / "requirements.txt").write_text("pengukur-yang-tidak-ada==1.0\n")
    shop.arena.catalog = Catalog(folder.parent)
    engine = Fetching()
    try:
        shop.work(engine)
        await shop.until("SELECT state = 'running' FROM worker")
        await asyncio.to_thread(engine.asked.wait, 60)
        await shop.until("SELECT state = 'running' FROM worker")
    finally:
        engine.come.set()


class Without(FakeProvider):
    """An engine whose mirror answers for every package but one."""

    def build(self, *args: Any, **more: Any) -> Build:
        raise PackageUnavailable("lapor-lib", "status 502")


async def test_a_package_that_no_index_gives_is_told_to_the_team_in_the_end_and_costs_no_attempt(shop: Shop) -> None:
    shop.work(Without())
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": GOOD})
    forward = (
        "WITH sooner AS (UPDATE evaluation SET due_at = clock_timestamp() WHERE state = 'queued' AND failures > 0)"
        " SELECT bool_and(state = 'finished') FROM evaluation"
    )
    await shop.until(forward, seconds=60.0)

    progress = await status_of(submission_id)
    assert (progress.charged, progress.evaluations[1].attempt) == (False, PACKAGE_TRIES)
    told = [step.cause.id for step in progress.steps if step.cause is not None and "“lapor-lib”" in step.cause.id]
    assert told, progress.steps
    assert "Jatah Anda tidak berkurang" in told[0]


async def test_a_worker_without_an_engine_claims_nothing_and_says_why(shop: Shop) -> None:
    engine = FakeProvider()
    engine.close()
    shop.work(engine)
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": GOOD})
    await shop.until("SELECT state = 'sick' AND reason LIKE 'EngineUnavailable%' FROM worker")
    await asyncio.sleep(1.2)

    progress = await status_of(submission_id)
    assert (progress.steps[1].state, progress.failures, progress.place) == ("now", 0, 1)
    assert "Mesin penguji sedang disiapkan" in progress.steps[1].cause.id


class Leaking(FakeProvider):
    """An engine whose host lacks a wall."""

    def prove(self, *, cancel: Cancel | None = None) -> tuple[Finding, ...]:
        return (
            Finding("memory", held=True, found="ended"),
            Finding("network", held=False, found="eth0"),
        )


async def test_a_worker_whose_host_lacks_a_wall_claims_nothing_and_names_the_wall(shop: Shop) -> None:
    shop.work(Leaking())
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": GOOD})
    await shop.until("SELECT state = 'sick' AND reason = 'walls: network' FROM worker")
    await asyncio.sleep(1.2)

    progress = await status_of(submission_id)
    assert (progress.steps[1].state, progress.failures, progress.place) == ("now", 0, 1)
    assert await shop.arena.store.fetch_value("SELECT engine ->> 'runtime' FROM worker") == "process"
    proof = json.loads(await shop.arena.store.fetch_value("SELECT proof FROM worker"))
    assert [(one["wall"], one["held"]) for one in proof["findings"]] == [("memory", True), ("network", False)]


async def test_a_wall_that_the_operator_tolerates_keeps_nobody_from_work_and_is_told(shop: Shop) -> None:
    shop.settings = replace(shop.settings, tolerated_walls=("network",))
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": GOOD})
    shop.work(Leaking())
    await shop.finished(submission_id)
    proof = json.loads(await shop.arena.store.fetch_value("SELECT proof FROM worker"))
    assert [(one["wall"], one["held"]) for one in proof["findings"]] == [("memory", True), ("network", False)]


async def test_a_worker_proves_its_walls_before_it_takes_work(shop: Shop) -> None:
    asked: list[int] = []

    class Walled(FakeProvider):
        def prove(self, *, cancel: Cancel | None = None) -> tuple[Finding, ...]:
            asked.append(self.running)
            return (Finding("network", held=True, found="interfaces lo"),)

    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": GOOD})
    shop.work(Walled())
    await shop.finished(submission_id)
    assert asked == [0]
    assert await shop.arena.store.fetch_value("SELECT proof ->> 'kept' FROM worker") == "false"


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
        "SELECT extract(epoch FROM min(due_at - (failure ->> 'at')::timestamptz)) FROM evaluation"
        " WHERE submission_id = $1",
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

"""The worker on a real database with the fake engine: from a job to a score, and what people see meanwhile."""

import asyncio

import msgspec
import pytest

from hackathon.evaluations import latest_evaluated, read_log, status_of
from hackathon.settings import Settings
from sandbox.limits import Limits
from tests.integration.evaluations.arena import SLUG
from tests.integration.evaluations.shop import CRASHING, GOOD, HALF, NO_COPY, Shop


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

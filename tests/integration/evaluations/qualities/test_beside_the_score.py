"""What the worker measures beside the score: stored, told with the result, and never in its way."""

from pathlib import Path

import pytest

from hackathon.evaluations import Catalog, latest_evaluated, status_of
from sandbox.fake import FakeProvider
from sandbox.qualities import Qualities
from tests.integration.evaluations.arena import SLUG, write_task
from tests.integration.evaluations.shop import GOOD, Shop

# Three public cases and twelve of the board come first; a sample of four is put again behind them.
LATE_CRASH = """
import os
count = 0
def predict(task, input):
    global count
    count += 1
    if count == 17:
        os._exit(3)
    return {"text": "Halo " + input["name"]}
"""
MOODY = """
count = 0
def predict(task, input):
    global count
    count += 1
    return {"text": "Halo " + input["name"], "n": count}
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """The greeting with twelve cases on the board."""
    write_task(tmp_path / "tasks")
    told = tmp_path / "tasks" / SLUG / "task.toml"
    told.write_text(told.read_text().replace("board = 4", "board = 12"))
    return Catalog(tmp_path / "tasks")


async def _qualities(shop: Shop, app: str) -> tuple[Qualities, float | None]:
    shop.work()
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": app})
    await shop.finished(submission_id)
    public, board = (await status_of(submission_id)).evaluations
    assert (board.status, board.tasks[0].done, board.tasks[0].passed) == ("ok", 12, 12)
    assert (public.tasks[0].qualities, public.productivity) == (None, None)
    assert board.tasks[0].qualities is not None
    return board.tasks[0].qualities, board.score


async def test_a_result_comes_with_what_was_measured_beside_it(shop: Shop) -> None:
    found, score = await _qualities(shop, GOOD)
    assert score == 100
    assert (found.consistency.value, found.consistency.cases) == (1.0, 4)
    assert "tidak berisi kalimat" in str(found.robustness.reason)  # names alone
    assert found.efficiency.p95_seconds is not None
    assert found.productivity is not None
    assert 5 < found.productivity.times <= 6
    (row,) = await latest_evaluated(shop.arena.track_id)
    assert row.productivity is not None
    assert row.productivity.times == pytest.approx(found.productivity.times)
    # Of the hidden cases nothing is kept but figures.
    stored = await shop.arena.store.fetch_value("SELECT string_agg(qualities::text, '') FROM run")
    assert "Nama" not in stored
    assert "digest" not in stored


async def test_a_crash_beside_the_score_leaves_it(shop: Shop) -> None:
    found, score = await _qualities(shop, LATE_CRASH)
    assert score == 100
    assert (found.consistency.value, found.consistency.cases) == (1.0, 1)
    assert "berhenti saat 1 dari 4" in str(found.consistency.reason)


async def test_another_answer_to_the_same_question_shows(shop: Shop) -> None:
    found, score = await _qualities(shop, MOODY)
    assert score == 100
    assert found.consistency.value == 0.0


async def test_a_failure_of_ours_beside_the_score_is_a_gap_and_no_more(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(FakeProvider, "vary", broken)
    found, score = await _qualities(shop, GOOD)
    assert score == 100
    assert found.consistency.value is found.robustness.value is None
    assert found.productivity is not None

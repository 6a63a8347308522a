"""Metrics on the page of a result: those of the score, and those that are shown beside it."""

from frontend.language import Language
from frontend.pages.result.metrics import draw_metrics
from hackathon import benchmarks
from hackathon.evaluations import TaskProgress
from sandbox.model import CaseSet, Status
from sandbox.scoring import score_task


def test_what_is_not_counted_says_so() -> None:
    task = benchmarks.load("kelayakan-perizinan")
    score = score_task(task, [], task.cases[CaseSet.BOARD])
    run = TaskProgress(
        task=task.slug,
        hash=task.hash,
        status=Status.OK,
        message=None,
        done=0,
        total=1,
        passed=0,
        score=0.0,
        metrics={name: {"value": one.value, "points": one.points} for name, one in score.metrics.items()},
        failed={},
        cases=(),
    )
    rows = draw_metrics(run, task, (), Language.EN)
    assert [row.title for row in rows if not row.counted] == [
        "Parity difference by sex",
        "Parity difference by origin",
        "Odds difference by sex",
        "Odds difference by origin",
    ]
    assert len(rows) == len(task.metrics)

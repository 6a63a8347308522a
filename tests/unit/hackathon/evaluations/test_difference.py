"""Better, worse, same: what changed from one version to the next, as far as a team is told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from hackathon import benchmarks
from hackathon.evaluations import EvaluationProgress, Progress, State, TaskProgress
from hackathon.evaluations.difference import Verdict, case_points, comparable, compare
from sandbox.model import CaseSet, Status, Text

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TASK = benchmarks.load("otomasi-formulir")
SLUG = TASK.slug
TASKS = {SLUG: TASK}
DONE = Text(id="Selesai.", en="Done.")


def case(name: str, *, passed: bool, f1: float = 1.0) -> Mapping[str, Any]:
    return {
        "id": name,
        "passed": passed,
        "seconds": 0.01,
        "metrics": {"f1_isian": [f1, 8.0], "siap_pakai": [float(passed), 1.0], "tidak_mengarang": [0.0, 0.0]},
        "failure": None if passed else "wrong",
    }


def run(*cases: Mapping[str, Any], points: float = 50.0, version_hash: str = TASK.hash) -> TaskProgress:
    return TaskProgress(
        task=SLUG,
        hash=version_hash,
        status=Status.OK,
        message=DONE,
        done=len(cases),
        total=3,
        passed=sum(one["passed"] for one in cases),
        score=points,
        metrics={"f1_isian": {"value": 0.5, "points": points}},
        cases=cases,
        failed={},
    )


def version(
    number: int, public: TaskProgress, board: TaskProgress, total: tuple[float, float, float] = (50.0, 45.0, 55.0)
) -> Progress:
    def evaluation(case_set: CaseSet, task: TaskProgress) -> EvaluationProgress:
        return EvaluationProgress(
            id=UUID(int=number),
            case_set=case_set,
            round=1,
            state=State.FINISHED,
            attempt=1,
            status=Status.OK,
            message=DONE,
            score=total[0],
            low=total[1],
            high=total[2],
            finished_at=NOW,
            tasks=(task,),
        )

    return Progress(
        submission_id=UUID(int=number),
        entry_id=UUID(int=9),
        team_id=UUID(int=9),
        track_id=UUID(int=9),
        number=number,
        received_at=NOW,
        charged=True,
        now=NOW,
        steps=(),
        place=None,
        waiting=None,
        estimate_seconds=None,
        evaluations=(evaluation(CaseSet.PUBLIC, public), evaluation(CaseSet.BOARD, board)),
        failures=0,
    )


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ((50.0, 45.0, 55.0), (60.0, 56.0, 64.0), Verdict.BETTER),
        ((60.0, 56.0, 64.0), (50.0, 45.0, 55.0), Verdict.WORSE),
        ((50.0, 45.0, 55.0), (52.0, 47.0, 57.0), Verdict.UNCLEAR),
        ((50.0, 45.0, 55.0), (55.0, 55.0, 57.0), Verdict.UNCLEAR),
        ((50.0, 45.0, 55.0), (50.0, 45.0, 55.0), Verdict.SAME),
        ((50.0, 45.0, 55.0), (50.001, 45.001, 55.001), Verdict.SAME),
        ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), Verdict.SAME),
        ((0.0, 0.0, 0.0), (1.0, 0.5, 2.0), Verdict.BETTER),
    ],
)
def test_totals_whose_ranges_overlap_cannot_be_told_apart(
    before: tuple[float, float, float], after: tuple[float, float, float], verdict: Verdict
) -> None:
    change = compare(version(1, run(), run(), before), version(2, run(), run(), after), TASKS).total
    assert change is not None
    assert change.verdict is verdict


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [(50.0, 61.5, Verdict.BETTER), (61.5, 50.0, Verdict.WORSE), (50.0, 50.004, Verdict.SAME)],
)
def test_metrics_are_compared_as_they_are_told(before: float, after: float, verdict: Verdict) -> None:
    (change,) = compare(version(1, run(), run(points=before)), version(2, run(), run(points=after)), TASKS).metrics
    assert (change.metric, change.verdict) == ("f1_isian", verdict)


def test_public_cases_go_by_passing_first_and_by_their_points_then() -> None:
    before = run(
        case("p1", passed=False, f1=0.9),
        case("p2", passed=True),
        case("p3", passed=False, f1=0.2),
        case("p4", passed=False, f1=0.6),
        case("p5", passed=False, f1=0.5),
    )
    after = run(
        case("p1", passed=True),
        case("p2", passed=False, f1=0.9),
        case("p3", passed=False, f1=0.4),
        case("p4", passed=False, f1=0.5),
        case("p5", passed=False, f1=0.5),
    )
    found = compare(version(1, before, run()), version(2, after, run()), TASKS)
    assert [(one.case_id, one.verdict) for one in found.cases] == [
        ("p1", Verdict.BETTER),
        ("p2", Verdict.WORSE),
        ("p3", Verdict.BETTER),
        ("p4", Verdict.WORSE),
        ("p5", Verdict.SAME),
    ]
    assert (found.count(Verdict.BETTER), found.count(Verdict.WORSE), found.count(Verdict.SAME)) == (2, 2, 1)


def test_a_case_that_a_run_did_not_come_to_counts_as_failed() -> None:
    found = compare(version(1, run(case("p1", passed=True)), run()), version(2, run(), run()), TASKS)
    assert [(one.case_id, one.verdict) for one in found.cases] == [("p1", Verdict.WORSE)]


def test_without_the_task_only_passing_is_compared() -> None:
    before, after = run(case("p1", passed=False, f1=0.1)), run(case("p1", passed=False, f1=0.9))
    (change,) = compare(version(1, before, run()), version(2, after, run()), {}).cases
    assert (change.before, change.after, change.verdict) == (None, None, Verdict.SAME)


def test_another_version_of_a_task_is_not_compared() -> None:
    old = run(case("p1", passed=True), version_hash="0" * 64)
    found = compare(version(1, old, old), version(2, run(case("p1", passed=False)), run()), TASKS)
    assert (found.cases, found.metrics, found.incomparable) == ((), (), (SLUG,))


def test_points_of_a_case_leave_out_what_does_not_count() -> None:
    assert case_points(case("p1", passed=True), TASK) == 100.0
    assert case_points({"metrics": {}}, TASK) is None
    assert case_points({"metrics": {"f1_isian": [None, 1.0], "lain": [1.0, 1.0]}}, TASK) is None
    assert case_points({"metrics": {"siap_pakai": [0.0, 1.0], "f1_isian": [1.0, 1.0]}}, TASK) == pytest.approx(200 / 3)


def test_what_was_refused_is_nothing_to_compare_with() -> None:
    done = version(1, run(), run())
    assert comparable(done)
    refused = tuple(replace(one, status=Status.REFUSED) for one in done.evaluations)
    assert not comparable(replace(done, evaluations=refused))
    waiting = tuple(replace(one, state=State.QUEUED) for one in done.evaluations)
    assert not comparable(replace(done, evaluations=waiting))

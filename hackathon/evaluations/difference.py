"""What changed from one version of an entry to the next. Pure functions of what teams are told.

Of hidden cases only the total and the metrics are compared, of public ones each case. Values are compared as they are
told (two decimals), so that no arrow points at a difference that nobody can see.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hackathon.evaluations.progress import EvaluationProgress, Progress, TaskProgress
from sandbox.model import Aggregate, CaseSet, Status
from sandbox.scoring import points
from sandbox.tasks import Task

TOLD_DECIMALS = 2


class Verdict(StrEnum):
    """Which way something went. `UNCLEAR`: the ranges of two totals overlap, so they cannot be told apart."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Total:
    """A score with its range, 0 to 100."""

    score: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TotalChange:
    """The total on the board's cases."""

    before: Total
    after: Total
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class MetricChange:
    """Points (0 to 100) of a metric on the board's cases."""

    task: str
    metric: str
    before: float
    after: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A public case. `before` and `after` are its points (0 to 100), None where the task cannot be read."""

    task: str
    case_id: str
    passed_before: bool
    passed_after: bool
    before: float | None
    after: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions compared. `scores` are the tasks' then; `incomparable` are tasks that were of another version then:
    their cases were others.
    """

    before_number: int
    scores: Mapping[str, float]
    total: TotalChange | None
    metrics: tuple[MetricChange, ...]
    cases: tuple[CaseChange, ...]
    incomparable: tuple[str, ...]

    def count(self, verdict: Verdict) -> int:
        """How many public cases went that way."""
        return sum(case.verdict is verdict for case in self.cases)


def compare(before: Progress, after: Progress, tasks: Mapping[str, Task]) -> Difference:
    """What changed. `tasks` are those that this host can read, by slug; cases are weighed by their metrics."""
    boards = _of(before, CaseSet.BOARD), _of(after, CaseSet.BOARD)
    publics = _of(before, CaseSet.PUBLIC), _of(after, CaseSet.PUBLIC)
    pairs = [pair for sets in (boards, publics) for pair in _pairs(*sets)]
    return Difference(
        before_number=before.number,
        scores={
            old.task: round(old.score, TOLD_DECIMALS)
            for old, new in _pairs(*boards)
            if old.score is not None and _same_task(old, new)
        },
        total=_total(*boards),
        metrics=tuple(change for pair in _pairs(*boards) if _same_task(*pair) for change in _metrics(*pair)),
        cases=tuple(
            change
            for old, new in _pairs(*publics)
            if _same_task(old, new)
            for change in _cases(old, new, _matching(tasks, new))
        ),
        incomparable=tuple(dict.fromkeys(new.task for old, new in pairs if not _same_task(old, new))),
    )


def case_points(case: Mapping[str, Any], task: Task) -> float | None:
    """Points of one case: the weighted mean of its metrics that count; None where none does."""
    share = total = 0.0
    for name, (value, weight) in case["metrics"].items():
        metric = next((metric for metric in task.metrics if metric.name == name), None)
        # A value that is made over a whole run says nothing of one case.
        if metric is None or metric.aggregate is not Aggregate.MEAN or value is None or not weight:
            continue
        share += metric.weight * points(metric, value)
        total += metric.weight
    return share / total if total else None


def _of(progress: Progress, case_set: CaseSet) -> EvaluationProgress | None:
    return next((one for one in progress.evaluations if one.case_set is case_set), None)


def _pairs(
    before: EvaluationProgress | None, after: EvaluationProgress | None
) -> list[tuple[TaskProgress, TaskProgress]]:
    if before is None or after is None:
        return []
    old = {task.task: task for task in before.tasks}
    return [(old[task.task], task) for task in after.tasks if task.task in old]


def _same_task(before: TaskProgress, after: TaskProgress) -> bool:
    return before.hash == after.hash


def _matching(tasks: Mapping[str, Task], run: TaskProgress) -> Task | None:
    task = tasks.get(run.task)
    return task if task is not None and task.hash == run.hash else None


def _total(before: EvaluationProgress | None, after: EvaluationProgress | None) -> TotalChange | None:
    old, new = _range(before), _range(after)
    if old is None or new is None:
        return None
    if old == new:
        verdict = Verdict.SAME
    elif old.low <= new.high and new.low <= old.high:
        verdict = Verdict.UNCLEAR
    else:
        verdict = Verdict.BETTER if new.score > old.score else Verdict.WORSE
    return TotalChange(old, new, verdict)


def _range(evaluation: EvaluationProgress | None) -> Total | None:
    if evaluation is None or evaluation.score is None or evaluation.low is None or evaluation.high is None:
        return None
    score, low, high = (round(value, TOLD_DECIMALS) for value in (evaluation.score, evaluation.low, evaluation.high))
    return Total(score, low, high)


def _metrics(before: TaskProgress, after: TaskProgress) -> list[MetricChange]:
    changes = []
    for name, metric in after.metrics.items():
        if name in before.metrics:
            old, new = (round(one["points"], TOLD_DECIMALS) for one in (before.metrics[name], metric))
            changes.append(MetricChange(after.task, name, old, new, _verdict(old, new)))
    return changes


def _cases(before: TaskProgress, after: TaskProgress, task: Task | None) -> list[CaseChange]:
    old = {case["id"]: case for case in before.cases}
    new = {case["id"]: case for case in after.cases}
    # A case that a run did not come to counts as failed: the run ended before it.
    names = list(dict.fromkeys([*new, *old]))
    return [_case(after.task, name, old.get(name), new.get(name), task) for name in names]


def _case(
    slug: str, name: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, task: Task | None
) -> CaseChange:
    passed_before, passed_after = (bool(case and case["passed"]) for case in (old, new))
    before, after = (_case_points(case, task) for case in (old, new))
    if passed_before is not passed_after:
        verdict = Verdict.BETTER if passed_after else Verdict.WORSE
    else:
        verdict = Verdict.SAME if before is None or after is None else _verdict(before, after)
    return CaseChange(slug, name, passed_before, passed_after, before, after, verdict)


def _case_points(case: Mapping[str, Any] | None, task: Task | None) -> float | None:
    if task is None:
        return None
    found = None if case is None else case_points(case, task)
    if found is None:
        return 100.0 if case is not None and case["passed"] else 0.0
    return round(found, TOLD_DECIMALS)


def _verdict(before: float, after: float) -> Verdict:
    if before == after:
        return Verdict.SAME
    return Verdict.BETTER if after > before else Verdict.WORSE


def comparable(progress: Progress) -> bool:
    """Whether there is something to compare with: it has finished, and was not refused before it was run."""
    board = _of(progress, CaseSet.BOARD)
    return progress.finished and board is not None and board.status is not Status.REFUSED

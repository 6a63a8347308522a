"""From recorded values to points, scores and intervals. Pure functions of plain values.

Points of a metric are linear between its floor and its target (DESIGN: `100 * clip((x - floor) / (target - floor), 0,
1)`); a task's score is the weighted mean of its metrics' points, the automated score the weighted mean of its tasks'.
The interval is the percentile interval of a bootstrap over cases, drawn within each task (B. Efron and R. J.
Tibshirani, An Introduction to the Bootstrap, Chapman & Hall 1993, chapters 6, 8 and 13). No result depends on the
order of cases or tasks.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sandbox.aggregates import tabulate
from sandbox.model import CaseResult
from sandbox.tasks import Metric, Task

Array = npt.NDArray[np.float64]
Scored = tuple[Task, Sequence[CaseResult], int]
"""A task, the cases that gave a result, and how many cases there should have been."""

# Sums may differ in the last bits between numeric libraries; a published score must not.
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class MetricScore:
    """A metric's value over all cases and its points, 0 to 100."""

    value: float
    points: float


@dataclass(frozen=True, slots=True)
class TaskScore:
    """A task's score, 0 to 100, and what it is made of, by metric name."""

    score: float
    metrics: Mapping[str, MetricScore]


@dataclass(frozen=True, slots=True)
class AutomatedScore:
    """The score over the tasks of a track, 0 to 100, its interval (`low <= score <= high`) and the tasks by slug."""

    score: float
    low: float
    high: float
    tasks: Mapping[str, TaskScore]


def points(metric: Metric, value: float) -> float:
    """Points of a metric's value: 0 at the floor or worse and for no number, 100 at the target or better."""
    if not math.isfinite(value):
        return 0.0
    share = (value - metric.floor) / (metric.target - metric.floor)
    return 100.0 * min(max(share, 0.0), 1.0)


def metric_value(metric: Metric, cases: Sequence[CaseResult], total_cases: int) -> float:
    """A metric over `total_cases` cases, as its `aggregate` says: by default the weighted mean.

    A case that failed without recording the metric, and one that is missing because the run ended early, counts at
    `metric.worst` with the mean weight of those recorded (1 where there is none). A case that passed without
    recording it says nothing and does not count. Where nothing counts at all the value is `metric.worst`. Raises
    ValueError for repeated ids or more cases than `total_cases`.
    """
    return round(tabulate(metric, _ordered(cases, total_cases), total_cases).value(), _DECIMALS)


def score_task(task: Task, results: Sequence[CaseResult], expected_count: int) -> TaskScore:
    """Score one task: the weighted mean of its metrics' points; one of weight 0 is told and counts for nothing.

    Raises ValueError as `metric_value` does.
    """
    values = {metric.name: metric_value(metric, results, expected_count) for metric in task.metrics}
    metrics = {
        metric.name: MetricScore(values[metric.name], round(points(metric, values[metric.name]), _DECIMALS))
        for metric in task.metrics
    }
    total = math.fsum(metric.weight for metric in task.metrics)
    score = math.fsum(metric.weight * metrics[metric.name].points for metric in task.metrics) / total
    return TaskScore(round(score, _DECIMALS), metrics)


def score_runs(
    runs: Sequence[Scored],
    weights: Mapping[str, float] | None = None,
    *,
    seed: bytes,
    draws: int = 2000,
    level: float = 0.90,
) -> AutomatedScore:
    """Score the tasks of a track together, with a bootstrap interval at `level`.

    `weights` are the track's by task slug (absent: 1). `seed` comes from the evaluation's id, so that a repeated
    calculation gives the same interval. A prototype that was refused or not built has no cases: 0, from 0 to 0. The
    interval is widened to hold the score where the clipping at floor and target would leave it outside. Raises
    ValueError for no task, a task given twice, a weight that is not positive, or as `metric_value` does.
    """
    ordered = sorted(runs, key=lambda run: run[0].slug)
    slugs = [task.slug for task, _, _ in ordered]
    shares = np.array([1.0 if weights is None else weights.get(slug, 1.0) for slug in slugs])
    if not ordered or len(set(slugs)) != len(slugs):
        raise ValueError("each task of the track exactly once")
    if not (np.isfinite(shares).all() and (shares > 0).all()):
        raise ValueError("weights of tasks must be positive")
    shares /= shares.sum()
    tasks = {task.slug: score_task(task, cases, count) for task, cases, count in ordered}
    drawn = np.stack(
        [
            score_draws(task, cases, draw_times(count, seed=seed + b"\0" + task.slug.encode(), draws=draws))
            for task, cases, count in ordered
        ]
    )
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(shares @ drawn, [tail, 1.0 - tail])
    score = round(math.fsum(share * tasks[slug].score for share, slug in zip(shares, slugs, strict=True)), _DECIMALS)
    return AutomatedScore(
        score=score,
        low=min(score, round(float(low), _DECIMALS)),
        high=max(score, round(float(high), _DECIMALS)),
        tasks=tasks,
    )


def draw_times(count: int, *, seed: bytes, draws: int) -> Array:
    """How often each of `count` cases is in each of `draws` resamples, shape (draws, count)."""
    rng = np.random.Generator(np.random.PCG64(int.from_bytes(hashlib.sha256(seed).digest(), "big")))
    return rng.multinomial(count, np.full(count, 1.0 / count), size=draws).astype(np.float64)


def score_draws(task: Task, cases: Sequence[CaseResult], times: Array) -> Array:
    """Scores of `task` in resamples (`draw_times`) of its cases in the order of their ids, shape (draws,).

    The same `times` for all metrics, and for all runs that are compared: they are measured on the same cases.
    """
    count = times.shape[1]
    results = _ordered(cases, count)
    total = math.fsum(metric.weight for metric in task.metrics)
    scores = np.zeros(times.shape[0])
    for metric in task.metrics:
        if not metric.counted:
            continue
        table = tabulate(metric, results, count)
        # A resample without any case that counts says nothing about this metric: the whole sample's value stands.
        value = table.drawn(times, table.value())
        share = np.clip((value - metric.floor) / (metric.target - metric.floor), 0.0, 1.0)
        scores += metric.weight / total * 100.0 * share
    return scores


def _ordered(cases: Sequence[CaseResult], count: int) -> tuple[CaseResult, ...]:
    if count < 1 or len(cases) > count:
        raise ValueError(f"{len(cases)} results for {count} cases")
    if len({case.case_id for case in cases}) != len(cases):
        raise ValueError("a case has two results")
    return tuple(sorted(cases, key=lambda case: case.case_id))

"""The metrics of a task: what was measured, how it becomes points, and where floor, target and baseline stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from babel.numbers import format_decimal

from frontend import formats
from frontend.api.telling import told_metric, told_score
from frontend.language import Language, pick, say
from frontend.pages.result.bars import Bar, Change, draw_bar, draw_change
from hackathon.evaluations import TaskProgress
from hackathon.evaluations.difference import MetricChange
from sandbox.model import Direction
from sandbox.scoring import points
from sandbox.tasks import Metric, Task


@dataclass(frozen=True, slots=True)
class MetricRow:
    """A metric on the board's cases. `scale` says what 0 and 100 points are; `baseline` is the sample's value; one that
    is not `counted` is shown, and no part of the score.
    """

    title: str
    why: str
    value: str
    points: str
    scale: str
    baseline: str
    bar: Bar
    before: str
    change: Change | None
    counted: bool = True


def draw_metrics(
    run: TaskProgress, task: Task | None, changes: Iterable[MetricChange], language: Language
) -> tuple[MetricRow, ...]:
    """The metrics of a run in the task's order; of a task that this host cannot read, names and figures only."""
    known = {change.metric: change for change in changes if change.task == run.task}
    names = list(run.metrics) if task is None else [one.name for one in task.metrics if one.name in run.metrics]
    return tuple(
        _unknown(name, run.metrics[name], known.get(name), language)
        if task is None
        else _row(task.metric(name), run.metrics[name], task.baseline.get(name), known.get(name), language)
        for name in names
    )


def shown_value(value: float, metric: Metric, language: Language) -> str:
    """A measured value with the metric's decimals and unit."""
    shown = _decimal(value, metric.decimals, language)
    return f"{shown} {metric.unit}" if metric.unit else shown


def _row(
    metric: Metric,
    found: Mapping[str, float],
    baseline: float | None,
    change: MetricChange | None,
    language: Language,
) -> MetricRow:
    earned = told_score(found["points"])
    return MetricRow(
        title=pick(metric.title, language),
        why=pick(metric.why, language),
        value=shown_value(told_metric(found["value"]), metric, language),
        points=formats.score(earned, language),
        scale=_scale(metric, language),
        baseline="" if baseline is None else shown_value(baseline, metric, language),
        bar=draw_bar(
            earned,
            before=None if change is None else change.before,
            baseline=None if baseline is None else points(metric, baseline),
        ),
        before="" if change is None else formats.score(change.before, language),
        change=None if change is None else draw_change(change.verdict, change.after - change.before, language),
        counted=metric.counted,
    )


def _unknown(name: str, found: Mapping[str, float], change: MetricChange | None, language: Language) -> MetricRow:
    earned = told_score(found["points"])
    return MetricRow(
        title=name,
        why="",
        value=_decimal(told_metric(found["value"]), 3, language),
        points=formats.score(earned, language),
        scale="",
        baseline="",
        bar=draw_bar(earned, before=None if change is None else change.before),
        before="" if change is None else formats.score(change.before, language),
        change=None if change is None else draw_change(change.verdict, change.after - change.before, language),
    )


def _scale(metric: Metric, language: Language) -> str:
    floor, target = (shown_value(value, metric, language) for value in (metric.floor, metric.target))
    if metric.direction is Direction.HIGHER:
        return say(language, "0 poin pada {floor} ke bawah, 100 pada {target} ke atas", floor=floor, target=target)
    return say(language, "0 poin pada {floor} ke atas, 100 pada {target} ke bawah", floor=floor, target=target)


def _decimal(value: float, decimals: int, language: Language) -> str:
    return str(format_decimal(value, "0." + "0" * decimals if decimals else "0", locale=language.value))

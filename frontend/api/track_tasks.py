"""The tasks of a track as bodies of the API: what anybody may know of them, and where their files are."""

from typing import Any

import msgspec

from frontend.api.shapes import Words
from frontend.handouts import PUBLIC_CASES, STARTER_KIT, has_starter
from hackathon.evaluations import Catalog
from hackathon.events import Event, Track, TrackTask
from sandbox.errors import TaskInvalid
from sandbox.model import CaseSet, Text
from sandbox.tasks import Metric, Task


class TaskMetricBody(msgspec.Struct, frozen=True):
    """A metric of a task and how it becomes points: 0 at `floor`, 100 at `target`. `baseline` is what the task's own
    sample prototype measures on the public cases; `weight` is relative to the other metrics', 0 where it is shown and
    not counted. `aggregate` says how a run's value is made of what its cases recorded: "mean", "gap" or "calibration".
    """

    name: str
    title: Words
    why: Words
    direction: str
    weight: float
    floor: float
    target: float
    baseline: float
    unit: str
    aggregate: str


class TaskLimitsBody(msgspec.Struct, frozen=True):
    """Seconds that hold for a prototype in this event: to be ready, to answer a case, for everything; and its memory
    in bytes.
    """

    ready_seconds: float
    case_seconds: float
    total_seconds: float
    memory_bytes: int


class TrackTaskBody(msgspec.Struct, frozen=True):
    """A task of a track. `weight` is relative to the track's other tasks. `cases` counts them by case set: only
    `public` ones are to be had, at `public_cases`. Addresses are paths of this server; `starter_kit` is None where the
    task has none.
    """

    slug: str
    version: str
    title: Words
    summary: Words
    weight: float
    protocol: str
    human_minutes: float
    cases: dict[str, int]
    limits: TaskLimitsBody
    metrics: list[TaskMetricBody]
    input_schema: dict[str, Any]
    output_schema: dict[str, Any]
    public_cases: str
    starter_kit: str | None


class TrackTasksBody(msgspec.Struct, frozen=True):
    """The tasks of a track, in its order. One that this server does not have is left out."""

    event: str
    track: str
    tasks: list[TrackTaskBody]


def track_tasks_body(event: Event, track: Track, catalog: Catalog) -> TrackTasksBody:
    """The tasks of a track. Reads files the first time: call it in a thread."""
    found = (_task(event, track, of, catalog) for of in track.tasks)
    return TrackTasksBody(event.slug, track.slug, [task for task in found if task is not None])


def _task(event: Event, track: Track, of: TrackTask, catalog: Catalog) -> TrackTaskBody | None:
    try:
        task = catalog.get(of.slug)
        public = len(catalog.public_cases(task))
    except TaskInvalid:
        return None
    times = task.limits.within(event.rules.limits.run)
    home = f"/acara/{event.slug}/kategori/{track.slug}/{task.slug}"
    return TrackTaskBody(
        slug=task.slug,
        version=task.version,
        title=_words(task.title),
        summary=_words(task.summary),
        weight=of.weight,
        protocol=task.protocol.value,
        human_minutes=task.human_minutes,
        cases={CaseSet.PUBLIC.value: public, CaseSet.BOARD.value: task.cases[CaseSet.BOARD]},
        limits=TaskLimitsBody(
            ready_seconds=times.ready_seconds,
            case_seconds=times.case_seconds,
            total_seconds=times.total_seconds,
            memory_bytes=event.rules.limits.prototype.memory_bytes,
        ),
        metrics=[_metric(task, metric) for metric in task.metrics],
        input_schema=dict(task.input_schema),
        output_schema=dict(task.output_schema),
        public_cases=f"{home}/{PUBLIC_CASES}",
        starter_kit=f"{home}/{STARTER_KIT}" if has_starter(task) else None,
    )


def _metric(task: Task, metric: Metric) -> TaskMetricBody:
    return TaskMetricBody(
        name=metric.name,
        title=_words(metric.title),
        why=_words(metric.why),
        direction=metric.direction.value,
        weight=metric.weight,
        floor=metric.floor,
        target=metric.target,
        baseline=task.baseline[metric.name],
        unit=metric.unit,
        aggregate=metric.aggregate.value,
    )


def _words(text: Text) -> Words:
    return Words(id=text.id, en=text.en)

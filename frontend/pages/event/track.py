"""A track's page: its tasks in plain words with an example, how they are measured, and what to begin with."""

import asyncio
from dataclasses import dataclass, replace
from uuid import UUID

import structlog

from frontend import formats
from frontend.handouts import has_starter
from frontend.language import Language, pick, say
from frontend.pages.event.examples import ShownField, clipped, compact, lay_out
from frontend.pages.event.limits import LimitLine
from frontend.pages.event.spread import Spread, draw_spread
from hackathon.defaults import Defaults, rows
from hackathon.errors import NotFound
from hackathon.evaluations import Catalog
from hackathon.events import Rules, Track, TrackTask
from hackathon.overview import Overview, TeamOverview
from sandbox.errors import TaskInvalid
from sandbox.model import Case, CaseSet, Direction, Text
from sandbox.scoring import points
from sandbox.task_words import FieldWords, TaskWords
from sandbox.tasks import Metric, Task

_LIMITS = ("rules.limits.run.ready_seconds", "rules.limits.run.case_seconds", "rules.limits.run.total_seconds")
_RESOURCES = (
    "rules.limits.prototype.memory_bytes",
    "rules.limits.prototype.cpus",
    "rules.limits.prototype.tmp_bytes",
)

_log = structlog.get_logger(__name__)


class TaskUnknown(NotFound):
    """The track has no such task, or it cannot be read here."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Kategori ini tidak punya tugas uji itu. Buka halaman kategorinya untuk melihat semua tugas uji.",
                en="This track has no such task. Open the page of the track to see all its tasks.",
            ),
            "task_unknown",
        )


@dataclass(frozen=True, slots=True)
class Example:
    """The first public case: what the prototype is given and what is expected, and both exactly as they are sent."""

    case: str
    input: tuple[ShownField, ...]
    expected: tuple[ShownField, ...]
    raw_input: str
    raw_expected: str


@dataclass(frozen=True, slots=True)
class MetricLine:
    """A metric, explained. `baseline` is the value of the sample prototype and `mark` its points, 0 to 100."""

    title: Text
    meaning: Text | None
    why: Text
    share: str
    higher: bool
    floor: str
    target: str
    baseline: str
    mark: float
    points: str
    source: str
    formula: str
    counted: bool


@dataclass(frozen=True, slots=True)
class TaskView:
    """A task. `missing`: this host does not have it, so that only its name can be shown."""

    slug: str
    title: Text
    summary: Text | None
    words: TaskWords
    share: str | None
    example: Example | None
    metrics: tuple[MetricLine, ...]
    baseline: str
    minutes: str
    minutes_why: Text | None
    limits: tuple[LimitLine, ...]
    public_cases: int
    board_cases: int
    starter: bool
    missing: bool = False

    @property
    def input(self) -> tuple[FieldWords, ...]:
        """The explained fields of the input."""
        return self.words.input

    @property
    def output(self) -> tuple[FieldWords, ...]:
        """The explained fields of the answer."""
        return self.words.output


@dataclass(frozen=True, slots=True)
class TrackView:
    """All that a track's page shows beside its frame."""

    tasks: tuple[TaskView, ...]
    teams: tuple[TeamOverview, ...]


@dataclass(frozen=True, slots=True)
class TaskPage:
    """All that a task's own page shows beside its frame. `spread`: what its known prototypes score, None where that was
    not measured for this version.
    """

    task: TaskView
    version: str
    hash: str
    spread: Spread | None


async def draw_task(catalog: Catalog, track: Track, slug: str, rules: Rules, language: Language) -> TaskPage:
    """The page of a task. Raises TaskUnknown where the track has no such task, or this host cannot read it."""
    whole = sum(task.weight for task in track.tasks)
    for of in track.tasks:
        if of.slug == slug:
            return await asyncio.to_thread(_page, catalog, of, whole, len(track.tasks), rules, language)
    raise TaskUnknown


async def draw_track(catalog: Catalog, track: Track, rules: Rules, teams: Overview, language: Language) -> TrackView:
    """The page of a track."""
    # Tasks are files that may have to be read and checked.
    tasks = await asyncio.to_thread(_tasks, catalog, track, rules, language)
    return TrackView(tasks, _teams(teams, track.id))


def _page(catalog: Catalog, of: TrackTask, whole: float, among: int, rules: Rules, language: Language) -> TaskPage:
    view = _task(catalog, of, whole, among, rules, language)
    if view.missing:
        raise TaskUnknown
    task = catalog.get(of.slug)
    try:
        proof = catalog.proof(task)
    except TaskInvalid:
        _log.warning("task.proof_unreadable", task=of.slug, exc_info=True)
        proof = None
    return TaskPage(view, task.version, task.hash, None if proof is None else draw_spread(proof, language))


def _teams(teams: Overview, track_id: UUID) -> tuple[TeamOverview, ...]:
    there = (team for team in teams.teams if track_id in team.tracks)
    return tuple(sorted(there, key=lambda team: team.name.casefold()))


def _tasks(catalog: Catalog, track: Track, rules: Rules, language: Language) -> tuple[TaskView, ...]:
    whole = sum(task.weight for task in track.tasks)
    return tuple(_task(catalog, of, whole, len(track.tasks), rules, language) for of in track.tasks)


def _task(catalog: Catalog, of: TrackTask, whole: float, among: int, rules: Rules, language: Language) -> TaskView:
    share = None if among == 1 else formats.percent(round(100 * of.weight / whole), language)
    try:
        task = catalog.get(of.slug)
        words, cases = catalog.words(task), catalog.public_cases(task)
    except TaskInvalid:
        _log.warning("task.unreadable", task=of.slug, exc_info=True)
        name = Text(id=of.slug, en=of.slug)
        return TaskView(of.slug, name, None, TaskWords(), share, None, (), "", "", None, (), 0, 0, False, missing=True)
    return TaskView(
        slug=task.slug,
        title=task.title,
        summary=task.summary,
        words=words,
        share=share,
        example=_example(cases[0]),
        metrics=draw_metrics(task, words, language),
        baseline=formats.score(_baseline(task), language),
        minutes=formats.figure(task.human_minutes, 1 if task.human_minutes % 1 else 0, language),
        minutes_why=task.human_minutes_why,
        limits=_limits(task, rules, len(cases), language),
        public_cases=len(cases),
        board_cases=task.cases[CaseSet.BOARD],
        starter=has_starter(task),
    )


def draw_metrics(task: Task, words: TaskWords, language: Language) -> tuple[MetricLine, ...]:
    """The metrics of a task in its order."""
    whole = sum(metric.weight for metric in task.metrics)
    return tuple(_metric(task, metric, whole, words, language) for metric in task.metrics)


def _metric(task: Task, metric: Metric, whole: float, words: TaskWords, language: Language) -> MetricLine:
    def told(value: float) -> str:
        shown = formats.figure(value, metric.decimals, language)
        return f"{shown} {metric.unit}" if metric.unit else shown

    baseline = task.baseline[metric.name]
    mark = points(metric, baseline)
    return MetricLine(
        title=metric.title,
        meaning=words.metrics.get(metric.name),
        why=metric.why,
        share=formats.percent(round(100 * metric.weight / whole, 1), language),
        higher=metric.direction is Direction.HIGHER,
        floor=told(metric.floor),
        target=told(metric.target),
        baseline=told(baseline),
        mark=round(mark, 1),
        points=formats.score(mark, language),
        source=metric.source,
        formula=words.formulas.get(metric.name, ""),
        counted=metric.weight > 0,
    )


def _baseline(task: Task) -> float:
    whole = sum(metric.weight for metric in task.metrics)
    return sum(metric.weight * points(metric, task.baseline[metric.name]) for metric in task.metrics) / whole


def _example(case: Case) -> Example:
    expected = case.expected if isinstance(case.expected, dict) else {"": case.expected}
    return Example(
        case=case.id,
        input=lay_out(case.input),
        expected=lay_out(expected),
        raw_input=clipped(compact(case.input)),
        raw_expected=clipped(compact(case.expected)),
    )


def _limits(task: Task, rules: Rules, public: int, language: Language) -> tuple[LimitLine, ...]:
    """Times where the task is stricter than the event, else the event's; calls; what the prototype may use."""
    shown = {row.key: row for row in rows(Defaults(rules=rules))}
    times = task.limits.within(rules.limits.run)
    seconds = (times.ready_seconds, times.case_seconds, times.total_seconds)
    lines = [
        LimitLine(pick(shown[key].title, language), pick(replace(shown[key], value=value).shown, language))
        for key, value in zip(_LIMITS, seconds, strict=True)
    ]
    board = task.cases[CaseSet.BOARD]
    calls = say(
        language,
        "{public} kasus terbuka, lalu {hidden} kasus tersembunyi",
        public=formats.whole(public, language),
        hidden=formats.whole(board, language),
    )
    lines.append(LimitLine(say(language, "panggilan tiap pengajuan"), calls))
    lines += [LimitLine(pick(shown[key].title, language), pick(shown[key].shown, language)) for key in _RESOURCES]
    lines.append(LimitLine(say(language, "internet"), say(language, "tidak ada")))
    return tuple(lines)

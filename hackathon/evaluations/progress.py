"""What a team sees of its submission: steps, place, estimate, cases as they finish, results, log."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from hackathon import store as database
from hackathon.errors import NotFound
from hackathon.evaluations import reading
from hackathon.evaluations.forecast import forecast
from hackathon.evaluations.model import State
from hackathon.evaluations.reading import EvaluationRow, RunRow
from hackathon.evaluations.steps import Facts, QueueFacts, Step, steps_of
from hackathon.objects import ObjectMissing, Objects
from sandbox.model import CaseSet, Status, Text
from sandbox.qualities import Productivity, Qualities


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """One task of an evaluation. `cases` are shown for the public set only; of hidden ones `failed` counts the classes.

    Until the evaluation has finished, score and metrics (`{"value", "points"}` by name) are None and empty, and of
    hidden cases neither `passed` nor `failed` is told; `done` moves in quarters of `total`. `hash` is that of the task
    as it was run: `public_cases` joins inputs by it. `qualities` were measured with the hidden cases.
    """

    task: str
    hash: str
    status: Status | None
    message: Text | None
    done: int
    total: int
    passed: int
    score: float | None
    metrics: Mapping[str, Mapping[str, float]]
    cases: tuple[Mapping[str, Any], ...]
    failed: Mapping[str, int]
    qualities: Qualities | None = None


@dataclass(frozen=True, slots=True)
class EvaluationProgress:
    """One evaluation of a submission."""

    id: UUID
    case_set: CaseSet
    round: int
    state: State
    attempt: int
    status: Status | None
    message: Text | None
    score: float | None
    low: float | None
    high: float | None
    finished_at: datetime | None
    tasks: tuple[TaskProgress, ...]
    productivity: Productivity | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a submission is. `now` is the database's clock: ages are counted from it.

    `place` (1: next) and `waiting` are given while it waits; `estimate_seconds` is the time until its result, None when
    it is there, no worker is active, or it takes longer than a typical one. `failures` counts those of our side; after
    one `next_try_at` says from when it is tried again.
    """

    submission_id: UUID
    entry_id: UUID
    team_id: UUID
    track_id: UUID
    number: int
    received_at: datetime
    charged: bool
    now: datetime
    steps: tuple[Step, ...]
    place: int | None
    waiting: int | None
    estimate_seconds: float | None
    evaluations: tuple[EvaluationProgress, ...]
    failures: int
    next_try_at: datetime | None = None

    @property
    def finished(self) -> bool:
        """Whether the result is there."""
        return all(evaluation.state is State.FINISHED for evaluation in self.evaluations)


@dataclass(frozen=True, slots=True)
class Log:
    """A piece of a log from `offset` on. `complete`: nothing more will come."""

    data: bytes
    offset: int
    size: int
    complete: bool


async def status_of(submission_id: UUID) -> Progress:
    """Where a submission is and what is known of it. Raises NotFound."""
    row = await reading.submission(submission_id)
    evaluations = await reading.evaluations(submission_id)
    if row is None or not evaluations:
        raise _not_found()
    build = await reading.build(submission_id)
    now = await database.clock()
    views = tuple([await _view(evaluation) for evaluation in evaluations])
    place = waiting = estimate = around = None
    if any(evaluation.state is not State.FINISHED for evaluation in evaluations):
        queue = await reading.queue()
        forecasts = forecast(
            queue.waiting, queue.running, queue.served, slots=queue.slots, seconds=queue.seconds, now=now
        )
        mine = forecasts.get(submission_id)
        if mine is not None:
            place, waiting, estimate = mine.place, len(forecasts), mine.ends_in
            around = QueueFacts(
                place=place,
                waiting=waiting,
                workers=queue.workers,
                team_is_running=any(active.team_id == row.team_id for active in queue.running),
                finishing=queue.finishing,
                sick=queue.sick,
                short=queue.short,
            )
        else:
            estimate = _remaining(evaluations, queue.seconds, now)
    facts = [_facts(evaluation, view) for evaluation, view in zip(evaluations, views, strict=True)]
    return Progress(
        submission_id=row.id,
        entry_id=row.entry_id,
        team_id=row.team_id,
        track_id=row.track_id,
        number=row.number,
        received_at=row.received_at,
        charged=row.charged,
        now=now,
        steps=steps_of(row.received_at, facts, None if build is None else build[0], around, now),
        place=place,
        waiting=waiting,
        estimate_seconds=estimate,
        evaluations=views,
        failures=max(evaluation.failures for evaluation in evaluations),
        next_try_at=_next_try(evaluations),
    )


async def read_log(submission_id: UUID, *, objects: Objects, offset: int = 0) -> Log:
    """The log of the build and of the public cases from byte `offset` on. Raises NotFound, ValueError for a negative
    offset.
    """
    if offset < 0:
        raise ValueError("an offset counts from 0")
    evaluations = await reading.evaluations(submission_id)
    if not evaluations:
        raise _not_found()
    # The state before the bytes: whatever is written in between is found by the next call.
    complete = all(evaluation.state is State.FINISHED for evaluation in evaluations)
    build = await reading.build(submission_id)
    if build is None:
        return Log(b"", offset, 0, complete)
    try:
        data = await objects.read(build[1])
    except ObjectMissing:
        data = b""
    return Log(data[offset:], offset, len(data), complete)


async def _view(row: EvaluationRow) -> EvaluationProgress:
    if row.state is State.FINISHED:
        found = {run.task: run for run in await reading.runs(row.id)}
        tasks = tuple(_ended(slug, total, found.get(slug), row) for slug, total in row.planned.items())
    else:
        under_way = {item["task"]: item for item in row.progress}
        tasks = tuple(_under_way(slug, total, under_way.get(slug), row) for slug, total in row.planned.items())
    return EvaluationProgress(
        id=row.id,
        case_set=row.case_set,
        round=row.round,
        state=row.state,
        attempt=row.attempt,
        status=row.status,
        message=row.message,
        score=row.score,
        low=row.low,
        high=row.high,
        finished_at=row.finished_at,
        tasks=tasks,
        productivity=row.productivity,
    )


def _ended(slug: str, total: int, run: RunRow | None, row: EvaluationRow) -> TaskProgress:
    cases = () if run is None else run.cases
    return TaskProgress(
        task=slug,
        hash=row.hashes[slug],
        status=row.status if run is None else run.status,
        message=row.message if run is None else run.message,
        done=len(cases),
        total=total,
        passed=sum(1 for case in cases if case["passed"]),
        score=row.tasks.get(slug) if run is None else run.score,
        metrics={} if run is None else run.metrics,
        cases=cases if row.case_set is CaseSet.PUBLIC else (),
        failed=Counter(case["failure"] for case in cases if case["failure"] is not None),
        qualities=None if run is None else run.qualities,
    )


def in_quarters(done: int, total: int) -> int:
    """How many of `total` hidden cases are told as done: whole quarters.

    A prototype chooses how long it takes for a case, so the moment of each would be a message of it to its team.
    """
    return 4 * done // total * total // 4 if total else 0


def _under_way(slug: str, total: int, item: Mapping[str, Any] | None, row: EvaluationRow) -> TaskProgress:
    cases = tuple(() if item is None else item.get("cases", ()))
    done = 0 if item is None else item["done"]
    return TaskProgress(
        task=slug,
        hash=row.hashes[slug],
        status=None,
        message=None,
        done=done if row.case_set is CaseSet.PUBLIC else in_quarters(done, total),
        total=total,
        passed=0 if item is None else item["passed"],
        score=None,
        metrics={},
        cases=cases,
        failed=Counter(case["failure"] for case in cases if case["failure"] is not None),
    )


def _facts(row: EvaluationRow, view: EvaluationProgress) -> Facts:
    return Facts(
        case_set=row.case_set,
        state=row.state,
        queued_at=row.queued_at,
        due_at=row.due_at,
        claimed_at=row.claimed_at,
        running_at=row.running_at,
        finished_at=row.finished_at,
        status=row.status,
        message=row.message,
        failures=row.failures,
        done=sum(task.done for task in view.tasks),
        total=sum(task.total for task in view.tasks),
    )


def _next_try(evaluations: tuple[EvaluationRow, ...]) -> datetime | None:
    paused = [row.due_at for row in evaluations if row.state is State.QUEUED and row.failures]
    return max(paused, default=None)


def _remaining(evaluations: tuple[EvaluationRow, ...], seconds: float, now: datetime) -> float | None:
    """What is left of a typical evaluation; None for one that takes longer, of which nobody knows."""
    begun = min((row.claimed_at for row in evaluations if row.claimed_at is not None), default=now)
    left = seconds - (now - begun).total_seconds()
    return left if left > 0 else None


def _not_found() -> NotFound:
    return NotFound(
        Text(id="Pengajuan itu tidak ada. Periksa alamatnya.", en="There is no such submission. Check the address."),
        "submission_not_found",
    )

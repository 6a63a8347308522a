"""Queries that only read: rows as values."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from hackathon import store as database
from hackathon.evaluations.forecast import Running, Waiting
from hackathon.evaluations.model import Evaluated, State, Trouble
from hackathon.evaluations.steps import BuildFacts
from hackathon.images.model import NO_ROOM
from sandbox.model import CaseSet, Status, Text
from sandbox.qualities import Productivity, Qualities

TYPICAL_SECONDS = 20.0
"""What an evaluation is taken to need before the first one has finished."""

_RECENT = 50


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """A submission, as far as its progress needs it."""

    id: UUID
    entry_id: UUID
    team_id: UUID
    track_id: UUID
    number: int
    received_at: datetime
    charged: bool


@dataclass(frozen=True, slots=True)
class RunRow:
    """One task of a finished evaluation. `cases` as they were stored (`model.stored_case`)."""

    task: str
    version: str
    status: Status
    message: Text
    score: float
    metrics: Mapping[str, Mapping[str, float]]
    cases: tuple[Mapping[str, Any], ...]
    expected_cases: int
    seconds: float
    qualities: Qualities | None = None


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """An evaluation. `progress` has an item a task while it runs (`reporting`); `planned` counts cases by task and
    `hashes` say which version of it was wanted.
    """

    id: UUID
    case_set: CaseSet
    round: int
    state: State
    attempt: int
    queued_at: datetime
    due_at: datetime
    claimed_at: datetime | None
    running_at: datetime | None
    finished_at: datetime | None
    planned: Mapping[str, int]
    hashes: Mapping[str, str]
    progress: tuple[Mapping[str, Any], ...]
    status: Status | None
    message: Text | None
    score: float | None
    low: float | None
    high: float | None
    tasks: Mapping[str, float]
    failures: int
    productivity: Productivity | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """The whole queue at one moment: what `forecast` needs.

    `workers` take work, with `slots` together; `finishing` only end what they have, `sick` wait for their engine,
    `short` of these for room on a disk.
    """

    waiting: tuple[Waiting, ...]
    running: tuple[Running, ...]
    served: Mapping[UUID, datetime]
    workers: int
    finishing: int
    sick: int
    short: int
    slots: int
    seconds: float


async def submission(submission_id: UUID) -> SubmissionRow | None:
    """A submission, or None."""
    row = await database.fetch_one(
        "SELECT submission.id, submission.entry_id, team_id, track_id, number, received_at, charged"
        " FROM submission JOIN entry ON entry.id = submission.entry_id WHERE submission.id = $1",
        submission_id,
    )
    return None if row is None else SubmissionRow(**row)


async def evaluations(submission_id: UUID) -> tuple[EvaluationRow, ...]:
    """The evaluations that belong to handing in, each in its latest round: public first, then board. Final ones are not
    a matter of progress.
    """
    rows = await database.fetch(
        "SELECT DISTINCT ON (case_set) id, case_set, round, state, attempt, queued_at, due_at, claimed_at, running_at,"
        " finished_at, plan, progress, status, message, score, low, high, tasks, failures,"
        " productivity FROM evaluation WHERE submission_id = $1 AND case_set IN ('public', 'board')"
        " ORDER BY case_set DESC, round DESC",
        submission_id,
    )
    return tuple(
        EvaluationRow(
            id=row["id"],
            case_set=CaseSet(row["case_set"]),
            round=row["round"],
            state=State(row["state"]),
            attempt=row["attempt"],
            queued_at=row["queued_at"],
            due_at=row["due_at"],
            claimed_at=row["claimed_at"],
            running_at=row["running_at"],
            finished_at=row["finished_at"],
            planned={task["slug"]: task["cases"] for task in msgspec.json.decode(row["plan"])["tasks"]},
            hashes={task["slug"]: task["hash"] for task in msgspec.json.decode(row["plan"])["tasks"]},
            progress=tuple(msgspec.json.decode(row["progress"] or "[]")),
            status=None if row["status"] is None else Status(row["status"]),
            message=_text(row["message"]),
            score=row["score"],
            low=row["low"],
            high=row["high"],
            tasks=msgspec.json.decode(row["tasks"] or "{}"),
            failures=row["failures"],
            productivity=_productivity(row["productivity"]),
        )
        for row in rows
    )


async def runs(evaluation_id: UUID) -> tuple[RunRow, ...]:
    """The runs of a finished evaluation, by task."""
    rows = await database.fetch("SELECT * FROM run WHERE evaluation_id = $1 ORDER BY task_slug", evaluation_id)
    return tuple(
        RunRow(
            task=row["task_slug"],
            version=row["task_version"],
            status=Status(row["status"]),
            message=msgspec.json.decode(row["message"], type=Text),
            score=row["score"],
            metrics=msgspec.json.decode(row["metrics"]),
            cases=tuple(msgspec.json.decode(row["cases"])),
            expected_cases=row["expected_cases"],
            seconds=row["seconds"],
            qualities=None if row["qualities"] is None else msgspec.json.decode(row["qualities"], type=Qualities),
        )
        for row in rows
    )


async def build(submission_id: UUID) -> tuple[BuildFacts, str] | None:
    """The last build of a submission and where its log lies, or None."""
    row = await database.fetch_one("SELECT * FROM build WHERE submission_id = $1", submission_id)
    if row is None:
        return None
    facts = BuildFacts(
        status=None if row["status"] is None else Status(row["status"]),
        message=_text(row["message"]),
        cached=bool(row["cached"]),
        started_at=row["started_at"],
        finished_at=row["finished_at"],
    )
    return facts, row["log_key"]


async def queue() -> Queue:
    """The queue now."""
    waiting = await database.fetch(
        "SELECT submission_id, evaluation.team_id, min(queued_at) AS queued_at, max(due_at) AS due_at,"
        ' team_load.allowed AS "limit" FROM evaluation JOIN team_load ON team_load.team_id = evaluation.team_id'
        " WHERE state = 'queued' GROUP BY submission_id, evaluation.team_id, team_load.allowed"
    )
    running = await database.fetch(
        "SELECT submission_id, team_id, min(claimed_at) AS claimed_at, bool_or(worker.state = 'running') AS keeps_slot"
        " FROM evaluation JOIN worker ON worker.id = worker_id"
        " WHERE evaluation.state IN ('building', 'running') GROUP BY submission_id, team_id"
    )
    served = await database.fetch(
        "SELECT team_id, max(claimed_at) AS served_at FROM evaluation WHERE claimed_at IS NOT NULL"
        " AND team_id = ANY($1) GROUP BY team_id",
        list({row["team_id"] for row in waiting}),
    )
    workers = await database.fetch_one(
        "SELECT count(*) FILTER (WHERE state = 'running') AS workers,"
        " count(*) FILTER (WHERE state = 'draining') AS finishing, count(*) FILTER (WHERE state = 'sick') AS sick,"
        " count(*) FILTER (WHERE state = 'sick' AND starts_with(reason, $1)) AS short,"
        " coalesce(sum(slots) FILTER (WHERE state = 'running'), 0) AS slots FROM worker WHERE state <> 'gone'",
        NO_ROOM,
    )
    seconds = await database.fetch_value(
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - claimed_at)) FROM ("
        " SELECT finished_at, claimed_at FROM evaluation WHERE state = 'finished' ORDER BY finished_at DESC LIMIT $1"
        ") AS recent",
        _RECENT,
    )
    return Queue(
        waiting=tuple(Waiting(**row) for row in waiting),
        running=tuple(Running(**row) for row in running),
        served={row["team_id"]: row["served_at"] for row in served},
        workers=0 if workers is None else workers["workers"],
        finishing=0 if workers is None else workers["finishing"],
        sick=0 if workers is None else workers["sick"],
        short=0 if workers is None else workers["short"],
        slots=0 if workers is None else int(workers["slots"]),
        seconds=TYPICAL_SECONDS if seconds is None else max(float(seconds), 0.1),
    )


_EVALUATED = """
SELECT DISTINCT ON (evaluation.entry_id) evaluation.entry_id, evaluation.team_id, evaluation.submission_id, number,
    status, score, low, high, evaluation.tasks, finished_at, productivity, (
        SELECT coalesce(jsonb_object_agg(task_slug, metrics), '{}') FROM run WHERE evaluation_id = evaluation.id
    ) AS metrics
FROM evaluation JOIN submission ON submission.id = evaluation.submission_id
WHERE state = 'finished'
"""

_NEWEST_FIRST = "ORDER BY evaluation.entry_id, number DESC, round DESC"


async def latest_evaluated(track_id: UUID) -> tuple[Evaluated, ...]:
    """See `service.latest_evaluated`."""
    rows = await database.fetch(
        f"{_EVALUATED} AND evaluation.track_id = $1 AND case_set = 'board' AND charged {_NEWEST_FIRST}", track_id
    )
    return tuple(_evaluated(row) for row in rows)


async def finished_finals(submission_ids: Collection[UUID]) -> tuple[Evaluated, ...]:
    """See `service.finished_finals`."""
    rows = await database.fetch(
        f"{_EVALUATED} AND evaluation.submission_id = ANY($1) AND case_set = 'final' {_NEWEST_FIRST}",
        list(submission_ids),
    )
    return tuple(_evaluated(row) for row in rows)


async def troubles(failures: int) -> tuple[Trouble, ...]:
    """See `service.troubles`."""
    rows = await database.fetch(
        "SELECT id, submission_id, failures, failure, queued_at FROM evaluation"
        " WHERE state <> 'finished' AND failures >= $1 ORDER BY failures DESC, queued_at, id",
        failures,
    )
    found = []
    for row in rows:
        failure = msgspec.json.decode(row["failure"])
        found.append(
            Trouble(
                evaluation_id=row["id"],
                submission_id=row["submission_id"],
                failures=row["failures"],
                reason=failure["reason"],
                host=failure["host"],
                since=row["queued_at"],
            )
        )
    return tuple(found)


def _evaluated(row: database.Row) -> Evaluated:
    return Evaluated(
        **{
            **row,
            "status": Status(row["status"]),
            "tasks": msgspec.json.decode(row["tasks"]),
            "metrics": _points(row["metrics"]),
            "productivity": _productivity(row["productivity"]),
        }
    )


def _points(encoded: str) -> dict[str, dict[str, float]]:
    metrics: dict[str, dict[str, dict[str, float]]] = msgspec.json.decode(encoded)
    return {task: {name: score["points"] for name, score in scores.items()} for task, scores in metrics.items()}


def _productivity(encoded: str | None) -> Productivity | None:
    return None if encoded is None else msgspec.json.decode(encoded, type=Productivity)


def _text(encoded: str | None) -> Text | None:
    return None if encoded is None else msgspec.json.decode(encoded, type=Text)

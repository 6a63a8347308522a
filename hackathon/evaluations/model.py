"""Evaluations: states, plans, claims and the rules of retrying. Values and pure functions only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from hackathon.evaluations.encoding import clipped
from sandbox.limits import Limits
from sandbox.model import Case, CaseResult, CaseSet, Run, Status, Text
from sandbox.qualities import FOURFOLD, Productivity

FAILURES_TO_ALARM = 3
"""After this many failures of ours an evaluation is listed for the organizer. It stays queued and is tried on."""

STARTING = "starting"
"""The reason of a worker that has just started."""

PROVING = "proving"
"""The reason of a worker that tries its walls now (`sandbox.proof`)."""

PREPARING = frozenset({STARTING, PROVING})
"""Reasons that pass by themselves."""

WALLS_MISSING = "walls: "
"""How the reason of a worker begins that refuses to work; the names of the walls follow, with commas between."""

_FIRST_PAUSE = timedelta(seconds=2)
_LONGEST_PAUSE = timedelta(minutes=5)


class State(StrEnum):
    """Where an evaluation is. Only `BUILDING` and `RUNNING` have a worker and a lease."""

    QUEUED = "queued"
    BUILDING = "building"
    RUNNING = "running"
    FINISHED = "finished"


class WorkerState(StrEnum):
    """What a worker is doing. `SICK`: its engine does not answer, it claims nothing. `GONE`: ended, or not seen for
    long.
    """

    RUNNING = "running"
    SICK = "sick"
    DRAINING = "draining"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class MirrorFault:
    """What is wrong with a host's package mirror: it itself does not answer, or the `index` behind it."""

    index: bool
    reason: str


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """One task of a plan, pinned: what was wanted when the submission came in is what its score says it was."""

    slug: str
    version: str
    hash: str
    weight: float
    cases: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What an evaluation runs. `seed_sha256` (hex) names the seed of hidden cases; None for the public set."""

    case_set: CaseSet
    tasks: tuple[PlannedTask, ...]
    seed_sha256: str | None
    limits: Limits

    @property
    def weights(self) -> Mapping[str, float]:
        """Weights of the track's tasks by slug."""
        return {task.slug: task.weight for task in self.tasks}


@dataclass(frozen=True, slots=True)
class Fence:
    """What every write about a claimed evaluation must match. A worker that lost its lease matches nothing."""

    evaluation_id: UUID
    attempt: int
    worker_id: UUID


@dataclass(frozen=True, slots=True)
class ClaimedEvaluation:
    """One evaluation of a claim."""

    fence: Fence
    plan: Plan
    failures: int

    @property
    def id(self) -> UUID:
        """The evaluation's id."""
        return self.fence.evaluation_id


@dataclass(frozen=True, slots=True)
class Claim:
    """What a worker took: the evaluations of one submission that run in one container, public first."""

    submission_id: UUID
    entry_id: UUID
    team_id: UUID
    track_id: UUID
    event_id: UUID
    object_key: str
    evaluations: tuple[ClaimedEvaluation, ...]

    @property
    def fences(self) -> tuple[Fence, ...]:
        """The fences of all its evaluations."""
        return tuple(evaluation.fence for evaluation in self.evaluations)

    @property
    def attempt(self) -> int:
        """The number that names this try in logs and labels: the highest of its evaluations."""
        return max(evaluation.fence.attempt for evaluation in self.evaluations)

    @property
    def final(self) -> bool:
        """Whether it runs the final cases, of which nothing is told to the team: neither a build nor a log."""
        return any(evaluation.plan.case_set is CaseSet.FINAL for evaluation in self.evaluations)

    @property
    def label(self) -> str:
        """What containers and images of this try are known by."""
        return f"{self.submission_id}-{'final-' if self.final else ''}{self.attempt}"

    @property
    def log_key(self) -> str:
        """Where the log of this try lies in the object store."""
        return log_key(self.submission_id, self.attempt, final=self.final)

    @property
    def failures(self) -> int:
        """How often our side failed it so far."""
        return max(evaluation.failures for evaluation in self.evaluations)


@dataclass(frozen=True, slots=True)
class Score:
    """A score with its interval, 0 to 100, and the scores of its tasks by slug."""

    score: float
    low: float
    high: float
    tasks: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """An entry's latest submission whose evaluation on the board's cases has finished: what a board row is made from.

    `tasks` are scores by task, `metrics` points by task and metric, all 0 to 100; a task not run has no metrics.
    """

    entry_id: UUID
    team_id: UUID
    submission_id: UUID
    number: int
    status: Status
    score: float
    low: float
    high: float
    tasks: Mapping[str, float]
    finished_at: datetime
    metrics: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    productivity: Productivity | None = None

    @property
    def fourfold(self) -> bool:
        """Whether the work goes at least four times faster, the interval's lower end counted."""
        return self.productivity is not None and self.productivity.low >= FOURFOLD


@dataclass(frozen=True, slots=True)
class Trouble:
    """An evaluation that our side failed `failures` times in a row: for the organizer."""

    evaluation_id: UUID
    submission_id: UUID
    failures: int
    reason: str
    host: str
    since: datetime


def pause_after(failures: int) -> timedelta:
    """The pause after an evaluation's `failures`-th failure of ours: 2 s, doubled each time, 5 minutes at most."""
    if failures < 1:
        return timedelta(0)
    doubled: int = 2 ** min(failures - 1, 16)
    return min(_FIRST_PAUSE * doubled, _LONGEST_PAUSE)


def log_key(submission_id: UUID, attempt: int, *, final: bool = False) -> str:
    """Where the log of an attempt lies in the object store. Each attempt has its own: a stale worker spoils nothing.
    Attempts on the final cases count by themselves, and no page reads their logs.
    """
    return f"logs/{submission_id}/{'final-' if final else ''}{attempt}.log"


def overall_status(runs: tuple[Run, ...]) -> tuple[Status, Text]:
    """Status and message of an evaluation: of the first run that ended badly, else of the last. ValueError for none."""
    if not runs:
        raise ValueError("an evaluation has at least one run")
    for run in runs:
        if run.status is not Status.OK:
            return run.status, run.message
    return runs[-1].status, runs[-1].message


def stored_case(result: CaseResult, case_set: CaseSet, case: Case | None = None) -> dict[str, Any]:
    """A case's result as it is stored, with what was expected where `case` is given.

    Of a hidden case only what a team may learn is kept: no answer, no words, nothing of the case.
    """
    row: dict[str, Any] = {
        "id": result.case_id,
        "passed": result.passed,
        "seconds": round(result.seconds, 6),
        "metrics": {name: [m.value, m.weight] for name, m in sorted(result.metrics.items())},
        "failure": result.failure,
    }
    if case_set is CaseSet.PUBLIC:
        row["message"] = None if result.message is None else {"id": result.message.id, "en": result.message.en}
        row["got"], row["got_clipped"] = clipped(result.got)
        row["expected"] = None if case is None else case.expected
    return row


def encode_plan(plan: Plan) -> str:
    """A plan as JSON text."""
    return msgspec.json.encode(plan, order="deterministic").decode()


def decode_plan(text: str | bytes) -> Plan:
    """A plan from JSON text. Raises msgspec.DecodeError where it is none."""
    return msgspec.json.decode(text, type=Plan)

"""Values of the engine: statuses, texts, cases, runs, builds. Plain data, no behaviour beyond derivation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How an evaluation of a prototype ended. Everything but `OK` is the team's to mend."""

    OK = "ok"
    REFUSED = "refused"
    BUILD_FAILED = "build_failed"
    NOT_READY = "not_ready"
    CRASHED = "crashed"
    OUT_OF_MEMORY = "out_of_memory"
    TIMED_OUT = "timed_out"
    OUTPUT_LIMIT = "output_limit"


class CaseSet(StrEnum):
    """Which cases: `PUBLIC` is shown to teams, `BOARD` and `FINAL` never are."""

    PUBLIC = "public"
    BOARD = "board"
    FINAL = "final"


class Protocol(StrEnum):
    """How the grader calls a prototype."""

    INVOCATIONS = "invocations"
    OPENAI_CHAT = "openai-chat"


class Direction(StrEnum):
    """Which way a metric improves."""

    HIGHER = "higher"
    LOWER = "lower"


class Aggregate(StrEnum):
    """How a metric's records become its value over a run (`sandbox.aggregates`).

    `MEAN`: their weighted mean. `GAP`: the largest less the smallest of the groups' weighted means, within a stratum
    where a group is named `stratum/group`, the largest of the strata. With a decision as value and a protected
    attribute as group it is the demographic parity difference, with the truth as stratum the equalised odds difference
    (M. Hardt, E. Price, N. Srebro, Equality of Opportunity in Supervised Learning, NeurIPS 2016; as fairlearn defines
    them). `CALIBRATION`: the expected calibration error of probabilities, the group being the outcome, `1` or `0`
    (M. P. Naeini, G. F. Cooper, M. Hauskrecht, AAAI 2015; C. Guo et al., ICML 2017).
    """

    MEAN = "mean"
    GAP = "gap"
    CALIBRATION = "calibration"


class Failure(StrEnum):
    """Class of a failed case: all that a team learns of a hidden one."""

    WRONG = "wrong"  # answered in the right form, not well enough
    BAD_ANSWER = "bad_answer"  # not JSON, wrong shape, wrong status, too big, too deep
    TOO_SLOW = "too_slow"
    NO_CONNECTION = "no_connection"
    TASK_ERROR = "task_error"  # the task's own test broke: ours


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence for people: Bahasa Indonesia first, English second."""

    id: str
    en: str

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True)
class Case:
    """One input of a task. `expected` is whatever the task's test wants; neither leaves the worker for hidden sets."""

    id: str
    input: Mapping[str, Any]
    expected: Any = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """One call of `record` with a group."""

    value: float
    weight: float = 1.0
    group: str = ""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a metric recorded in one case: the weighted mean, with its weight in the run's mean (0: does not count).

    `records` are the single ones where they have groups. They tell of the case what is expected: they are scored and
    never stored.
    """

    value: float
    weight: float = 1.0
    records: tuple[Recorded, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What one case gave.

    `got` and the words of `message` are kept for public cases only; `seconds` is the prototype's answer time. `digest`
    is the same for the same outputs: it is compared within an evaluation and never stored.
    """

    case_id: str
    passed: bool
    seconds: float
    metrics: Mapping[str, Measurement] = field(default_factory=dict)
    failure: Failure | None = None
    message: Text | None = None
    got: Any = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One wall of an engine, tried (`sandbox.proof.WALLS` names them).

    `found` is what the probe saw, in English, for logs and organizers; it is never text of a team's.
    """

    wall: str
    held: bool
    found: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Resources of a run: CPU seconds, peak memory in bytes; `None` where the engine does not tell."""

    cpu_seconds: float | None = None
    peak_memory_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One prototype against one task and case set. A run that ended early holds the cases it finished."""

    task: str
    case_set: CaseSet
    status: Status
    message: Text
    cases: tuple[CaseResult, ...]
    seconds: float
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation of an image gave: a run per job, in the order of the jobs.

    `log` is the prototype's output up to the end of the last public job: what it wrote while it saw hidden cases is not
    in it.
    `timings` are seconds by stage name, for the bench and for people who ask where the time went.
    """

    runs: tuple[Run, ...]
    log: bytes = b""
    timings: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Build:
    """What a build gave. `image` is the engine's id (sha256:...) when `status` is `OK`, else None.

    `status` is `OK`, `REFUSED` (a rule named in `message`, costs no attempt) or `BUILD_FAILED`.
    """

    status: Status
    message: Text
    image: str | None
    seconds: float
    cached: bool = False
    log: bytes = b""

"""What was measured of a prototype on one task, as plain values. A figure that is None was not measured."""

from dataclasses import dataclass

from sandbox.model import Text

FOURFOLD = 4.0
"""How many times faster work must at least be to be called so on a board."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """A figure from a sample of `cases` cases, with its interval at 90 %.

    `reason` says why there is none, or what cut the sample short.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    cases: int = 0
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Efficiency:
    """What answering costs: the answer time of half and of 95 % of the cases at most, CPU seconds a case (with those
    for starting where the run began with it), and the peak of memory since the start.
    """

    p50_seconds: float | None = None
    p95_seconds: float | None = None
    cpu_seconds: float | None = None
    peak_memory_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Productivity:
    """How many `times` faster the work goes with the prototype, with its interval at 90 %.

    Minutes a case: `hand_minutes` without it, `review_minutes` to check its answer, `minutes` with it all in all.
    """

    times: float
    low: float
    high: float
    hand_minutes: float
    review_minutes: float
    minutes: float


@dataclass(frozen=True, slots=True)
class Qualities:
    """All of one task. `consistency` is a share, 0 to 1; `robustness` the points of the task's score that varied
    wording costs (below zero: it helped).
    """

    consistency: Sampled
    robustness: Sampled
    efficiency: Efficiency
    productivity: Productivity | None = None

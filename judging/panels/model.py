"""What a panel's estimate says: of each entry, each judge, the panel as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class Score(NamedTuple):
    """One judge's score of one entry, in any unit. A plain tuple of the same three will do."""

    judge_id: UUID
    entry_id: UUID
    score: float


class PanelFlag(StrEnum):
    """What makes a panel's estimate worth little. None of it is an error: the intervals are wide instead."""

    EMPTY = "empty"
    """There is no score."""
    ONE_ENTRY = "one_entry"
    """A single entry: there is no field to compare it with."""
    ONE_JUDGE = "one_judge"
    """A single judge: severity cannot be told from quality."""
    DISCONNECTED = "disconnected"
    """Parts of the panel share no judge: they are compared only by the assumption that they are alike."""
    CONSTANT = "constant"
    """All scores are the same."""
    THIN = "thin"
    """Entries with a single score."""
    TIED = "tied"
    """Harsh judges met weak entries, or strong ones, more often than chance explains."""


@dataclass(frozen=True, slots=True)
class EntryEstimate:
    """What an average judge of the pool would give, in score units.

    `low` and `high` bound the distance from the field's mean, drawn around `value`. `count` is the number of scores,
    `raw` their plain mean.
    """

    value: float
    low: float
    high: float
    raw: float
    count: int


@dataclass(frozen=True, slots=True)
class JudgeEstimate:
    """How a judge scores.

    `severity`: points below what the average judge of the pool gives (negative: generous), with its interval.
    `spread`: 1 uses the scale as the average judge does, below 1 scores closer together. `noise`: standard deviation
    of what the estimate leaves unexplained, score units. `count`: scores given.
    """

    severity: float
    low: float
    high: float
    spread: float
    noise: float
    count: int


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Two entries next to each other in the order by value; `probability` that the upper one is better (0.5 to 1)."""

    upper: UUID
    lower: UUID
    probability: float
    apart: bool


@dataclass(frozen=True, slots=True)
class Component:
    """Entries and judges that are linked by scores; sorted by id."""

    entries: tuple[UUID, ...]
    judges: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class PanelEstimate:
    """An estimate of a panel. `neighbours` and `order` go from the best entry down; equal values by id.

    `level` is the probability of the intervals; `mean` the mean of the values; `tie` how strongly an entry's quality
    goes with the generosity of its judges (0: not at all; positive: generous judges have the strong entries).
    """

    level: float
    mean: float
    tie: float
    entries: Mapping[UUID, EntryEstimate]
    judges: Mapping[UUID, JudgeEstimate]
    order: tuple[UUID, ...]
    neighbours: tuple[Neighbours, ...]
    components: tuple[Component, ...]
    flags: tuple[PanelFlag, ...]

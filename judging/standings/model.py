"""Places, spans, brackets and trends of a track.

A place is by score alone: equal scores share it and the next place is skipped (1, 2, 2, 4). What a score is worth is
said beside it: the span of places its interval allows, and a bracket around teams that can't be told apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

DECIMALS = 6
"""Scores are rounded to this before they are compared: a sum in another order must not break a tie."""


class Scored(Protocol):
    """What standings read of an entry's latest evaluated submission; scores are 0..100."""

    @property
    def entry_id(self) -> UUID: ...
    @property
    def team_id(self) -> UUID: ...
    @property
    def number(self) -> int: ...
    @property
    def status(self) -> str: ...
    @property
    def score(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def tasks(self) -> Mapping[str, float]: ...
    @property
    def metrics(self) -> Mapping[str, Mapping[str, float]]: ...
    @property
    def finished_at(self) -> datetime: ...
    @property
    def fourfold(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class JudgesPart:
    """What judges give an entry, 0..100 with two decimals: `value` by the event's method, and its interval.

    `value` None: too few have sent theirs, and the total counts what the publication says of such entries.
    `scorecards` is how many the value is made of.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    scorecards: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One entry on a board.

    `place` counts from 1; `place_low <= place <= place_high` are the places its interval allows. `tie` numbers the
    bracket from 1 downwards. `trend` is how many places it rose since the row it is compared with (negative: fell),
    None when it was not there. `score`, `low`, `high`, the task scores and the points of metrics (by task, then name)
    are 0..100, rounded to `DECIMALS`.

    `score` is what places are made of. Where judges count, that is the total; `automated` is then the measured score
    and `judges` what judges give. Both are None where the measured score is all there is.

    `fourfold`: the work goes at least four times faster with it (`sandbox.qualities`); no part of the score.
    """

    entry_id: UUID
    team_id: UUID
    place: int
    place_low: int
    place_high: int
    tie: int
    score: float
    low: float
    high: float
    tasks: Mapping[str, float]
    metrics: Mapping[str, Mapping[str, float]]
    submission_number: int
    status: str
    evaluated_at: datetime
    trend: int | None
    automated: float | None = None
    judges: JudgesPart | None = None
    fourfold: bool = False

    @property
    def measured(self) -> float:
        """The measured score."""
        return self.score if self.automated is None else self.automated


class Bracket(StrEnum):
    """Which part of a bracket a row draws; `ALONE` draws none."""

    ALONE = ""
    FIRST = "first"
    MIDDLE = "middle"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class _Candidate:
    scored: Scored
    score: float
    low: float
    high: float


def standings(evaluated: Iterable[Scored], previous: Sequence[Row] = ()) -> tuple[Row, ...]:
    """Rank entries by score, best first; any order of `evaluated` gives the same rows.

    Rows of equal score are ordered by time of evaluation, then entry id: order for the eye, not a place.
    An interval that leaves its own score out is widened to hold it, so a span always holds its place.
    Raises ValueError when an entry appears twice.
    """
    candidates = sorted(
        (_candidate(scored) for scored in evaluated),
        key=lambda c: (-c.score, c.scored.finished_at, c.scored.entry_id),
    )
    if len({c.scored.entry_id for c in candidates}) != len(candidates):
        raise ValueError("an entry has one row on a board")
    before = {row.entry_id: row.place for row in previous}
    rows: list[Row] = []
    tie, tie_low = 0, 0.0
    for candidate in candidates:
        scored = candidate.scored
        place = 1 + sum(other.score > candidate.score for other in candidates)
        # Equal scores open or join a bracket as one, else the order for the eye would decide it.
        equals = [other for other in candidates if other.score == candidate.score]
        if tie == 0 or (candidate is equals[0] and max(other.high for other in equals) < tie_low):
            tie, tie_low = tie + 1, min(other.low for other in equals)
        rows.append(
            Row(
                entry_id=scored.entry_id,
                team_id=scored.team_id,
                place=place,
                place_low=1 + sum(other.low > candidate.high for other in candidates),
                place_high=sum(other.high >= candidate.low for other in candidates),
                tie=tie,
                score=candidate.score,
                low=candidate.low,
                high=candidate.high,
                tasks=all_rounded(scored.tasks),
                metrics={slug: all_rounded(points) for slug, points in sorted(scored.metrics.items())},
                submission_number=scored.number,
                status=str(scored.status),
                evaluated_at=scored.finished_at,
                trend=before[scored.entry_id] - place if scored.entry_id in before else None,
                fourfold=scored.fourfold,
            )
        )
    return tuple(rows)


def brackets(rows: Sequence[Row]) -> tuple[Bracket, ...]:
    """The part of a bracket that each row draws, in the order of `rows`.

    A bracket holds the rows whose interval reaches that of its first: they can't be told apart from it.
    """
    drawn: list[Bracket] = []
    for index, row in enumerate(rows):
        above = index > 0 and rows[index - 1].tie == row.tie
        below = index + 1 < len(rows) and rows[index + 1].tie == row.tie
        if above:
            drawn.append(Bracket.MIDDLE if below else Bracket.LAST)
        else:
            drawn.append(Bracket.FIRST if below else Bracket.ALONE)
    return tuple(drawn)


def bests(rows: Iterable[Mapping[str, float]]) -> Mapping[str, float]:
    """The best value of each name (a task, a metric) over the rows' values; one nobody got a point in has no best."""
    found: dict[str, float] = {}
    for values in rows:
        for name, value in values.items():
            if value > found.get(name, 0.0):
                found[name] = value
    return found


def same_standing(one: Sequence[Row], other: Sequence[Row]) -> bool:
    """Whether two boards say the same. Trends are left out: they are about the step between boards."""
    return [_without_trend(row) for row in one] == [_without_trend(row) for row in other]


def _candidate(scored: Scored) -> _Candidate:
    score = rounded(scored.score)
    return _Candidate(
        scored=scored,
        score=score,
        low=min(score, rounded(scored.low)),
        high=max(score, rounded(scored.high)),
    )


def rounded(value: float) -> float:
    """A score as it is compared and kept."""
    # 0.0 is added so that -0.0 is written as 0.0 and hashes alike
    return round(float(value), DECIMALS) + 0.0


def all_rounded(values: Mapping[str, float]) -> dict[str, float]:
    """Scores by name, sorted by it."""
    return {name: rounded(value) for name, value in sorted(values.items())}


def _without_trend(row: Row) -> Row:
    return replace(row, trend=None)

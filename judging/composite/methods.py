"""The official methods: how an event combines the scorecards of an entry. Chosen and locked before the first score."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from judging.composite.decimals import published, weighted_mean
from judging.panels import PanelEstimate, estimate_panel

LOWEST, HIGHEST = 0.0, 100.0
FEWEST_TO_TRIM = 3


class Method(StrEnum):
    """`mean`: the plain mean. `trimmed`: without the highest and the lowest, where there are three scores or more.
    `adjusted`: what an average judge would give (`judging.estimate_panel`), within 0 and 100.
    """

    MEAN = "mean"
    TRIMMED = "trimmed"
    ADJUSTED = "adjusted"


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry by a method: `value` is official; `low` and `high` are the estimate's doubt, around it."""

    value: float
    low: float
    high: float


def judged(
    scores: Iterable[tuple[UUID, UUID, float]], method: Method, *, estimate: PanelEstimate | None = None
) -> Mapping[UUID, Standing]:
    """Each entry's standing from (judge id, entry id, points 0 to 100) rows.

    Whatever the method, the interval is as wide as the panel's estimate says: a plain mean is no surer for being
    plain. `estimate` is that of the same rows, where it is at hand. Raises ValueError for points outside 0 to 100.
    """
    rows = list(scores)
    if any(not LOWEST <= score <= HIGHEST for _, _, score in rows):
        raise ValueError("points are from 0 to 100")
    found = estimate or estimate_panel(rows)
    of_entry: dict[UUID, dict[UUID, float]] = {}
    for judge, entry, score in rows:
        of_entry.setdefault(entry, {})[judge] = score
    standings = {}
    for entry, given in of_entry.items():
        half = (found.entries[entry].high - found.entries[entry].low) / 2
        value = combined(list(given.values()), method, adjusted=found.entries[entry].value)
        standings[entry] = Standing(value, bounded(value - half), bounded(value + half))
    return standings


def combined(scores: Iterable[float], method: Method, *, adjusted: float) -> float:
    """The official value of one entry's scores; each counts with the two decimals that are published of it."""
    ordered = sorted(published(score) for score in scores)
    if method is Method.ADJUSTED:
        return bounded(adjusted)
    if method is Method.TRIMMED and len(ordered) >= FEWEST_TO_TRIM:
        ordered = ordered[1:-1]
    return weighted_mean((1, score) for score in ordered)


def bounded(value: float) -> float:
    """Within 0 and 100, as published."""
    return published(min(max(value, LOWEST), HIGHEST))

"""A team's sheet: the numbers from which anybody recomputes its official value by hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from judging.composite.decimals import published, weighted_mean
from judging.composite.methods import FEWEST_TO_TRIM, Method, combined
from judging.panels import PanelEstimate


@dataclass(frozen=True, slots=True)
class Line:
    """One judge's score, all numbers as published (two decimals; `weight` three).

    `correction`: points added for the judge's severity (0 unless `adjusted`); `corrected` = score + correction, it may
    lie outside 0 and 100; `weight`: how much it counts beside the others, 0 where it is left out.
    """

    judge_id: UUID
    score: float
    correction: float
    corrected: float
    weight: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """An entry's value, step by step.

    `base` is the sum of weight * corrected over the sum of the weights, to two decimals. `pull` is what the value is
    drawn towards the field's mean (and for how judges spread their scores); `value` = base + pull, within 0 and 100.
    """

    entry_id: UUID
    method: Method
    lines: tuple[Line, ...]
    base: float
    pull: float
    value: float


def sheet(entry_id: UUID, scores: Iterable[tuple[UUID, UUID, float]], method: Method, estimate: PanelEstimate) -> Sheet:
    """The sheet of one entry from the panel's (judge id, entry id, points) rows and their estimate.

    Lines are sorted by judge id. Raises ValueError for an entry that nobody scored.
    """
    given = {judge: score for judge, entry, score in scores if entry == entry_id}
    if not given:
        raise ValueError("nobody scored this entry")
    adjusted = method is Method.ADJUSTED
    weights = _weights(given, estimate, method)
    lines = []
    for judge in sorted(given, key=str):
        correction = published(estimate.judges[judge].severity) if adjusted else 0.0
        score = published(given[judge])
        lines.append(Line(judge, score, correction, published(score + correction), weights[judge]))
    base = recomputed(lines)
    value = combined(given.values(), method, adjusted=estimate.entries[entry_id].value)
    pull = published(value - base) if adjusted else 0.0
    return Sheet(entry_id, method, tuple(lines), base, pull, value)


def recomputed(lines: Iterable[Line]) -> float:
    """The base of a sheet from its lines, as anybody would do it."""
    return weighted_mean((line.weight, line.corrected) for line in lines)


def _weights(given: dict[UUID, float], estimate: PanelEstimate, method: Method) -> dict[UUID, float]:
    if method is Method.TRIMMED and len(given) >= FEWEST_TO_TRIM:
        ordered = sorted(given, key=lambda judge: (given[judge], str(judge)))
        out = {ordered[0], ordered[-1]}
        return {judge: 0.0 if judge in out else 1.0 for judge in given}
    if method is not Method.ADJUSTED:
        return dict.fromkeys(given, 1.0)
    # As the estimate weighs them: spread over variance of the noise.
    raw = {j: max(estimate.judges[j].spread, 0.0) / max(estimate.judges[j].noise, 1e-9) ** 2 for j in given}
    total = sum(raw.values())
    if total <= 0:
        return dict.fromkeys(given, round(1 / len(given), 3))
    return {judge: round(weight / total, 3) for judge, weight in raw.items()}

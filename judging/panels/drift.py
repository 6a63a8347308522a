"""Whether scores rise or fall over the day: judges tire, or grow milder."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import sqrt
from statistics import NormalDist
from uuid import UUID

import numpy as np

from judging.panels.fit import Fit, fit
from judging.panels.gaussian import posterior
from judging.panels.links import Links
from judging.panels.residuals import left, residuals
from judging.panels.table import Floats, tabulate
from judging.panels.threads import one_thread
from judging.panels.unit import unit_of

_FALSE_ALARMS = 0.04


@dataclass(frozen=True, slots=True)
class Slope:
    """Score units an hour, with its interval; `drifts` when it is not by chance (all judges together: below 5 %)."""

    per_hour: float
    low: float
    high: float
    drifts: bool


@dataclass(frozen=True, slots=True)
class Drift:
    """`panel`: all judges together; `judges`: each alone. None or missing where nothing can be said."""

    panel: Slope | None
    judges: dict[UUID, Slope]


@one_thread()
def drift(scores: Iterable[tuple[UUID, UUID, float, float]], *, level: float = 0.90) -> Drift:
    """Look for drift in (judge id, entry id, score, hour) rows; the hour counts from any moment.

    A slope is estimated from what the panel's model leaves of the scores, on what it leaves of the hours: so judges
    who came late and entries that were shown late do not pass for drift (Frisch and Waugh 1933). Where a pair appears
    twice, the later row counts.
    """
    rows = {(judge, entry): (score, hour) for judge, entry, score, hour in sorted(scores, key=_later)}
    if len(rows) < 4:
        return Drift(None, {})
    table = tabulate([(judge, entry, score) for (judge, entry), (score, _) in rows.items()])
    pairs = zip(table.judge.tolist(), table.entry.tolist(), strict=True)
    hours = np.array([rows[table.judges[j], table.entries[i]][1] for j, i in pairs])
    unit = unit_of(table.score)
    if unit.constant or not np.isfinite(hours).all():
        return Drift(None, {})
    hours = hours - hours.mean()
    found = fit(Links.of(table), (table.score - unit.centre) / unit.size, unit.resolution)
    freedom = len(table.score) - len(table.entries) - len(table.judges) + 1
    if freedom < 3:
        return Drift(None, {})
    rest = residuals(found)
    noise = rest.error / found.design.weight[table.judge]
    judges: dict[UUID, Slope] = {}
    for j, id in enumerate(table.judges):
        slope = _slope(found, np.where(table.judge == j, hours, 0.0), rest.raw, noise, level, len(table.judges))
        if slope is not None:
            judges[id] = _scaled(slope, unit.size)
    panel = _slope(found, hours, rest.raw, noise, level, 1)
    return Drift(None if panel is None else _scaled(panel, unit.size), judges)


def _later(row: tuple[UUID, UUID, float, float]) -> tuple[float, str, str, float]:
    return row[3], str(row[0]), str(row[1]), row[2]


def _slope(found: Fit, hours: Floats, rest: Floats, noise: Floats, level: float, tests: int) -> Slope | None:
    design = found.design
    size = float(np.abs(hours).max())
    if size == 0:
        return None
    # The hours as the model sees them: what judges and entries explain of them is taken out.
    timed = replace(design, scores=hours / size)
    left_over = left(timed, posterior(timed, found.at), timed.scores)
    weight = float((left_over * timed.scores / noise).sum())
    if weight < 1e-6:
        return None
    slope = float((timed.scores * rest / noise).sum()) / weight / size
    error = 1 / sqrt(weight) / size
    reach = NormalDist().inv_cdf((1 + level) / 2)
    bar = NormalDist().inv_cdf(1 - _FALSE_ALARMS / (2 * tests))
    return Slope(slope, slope - reach * error, slope + reach * error, abs(slope) > bar * error)


def _scaled(slope: Slope, size: float) -> Slope:
    return Slope(round(slope.per_hour * size, 6), round(slope.low * size, 6), round(slope.high * size, 6), slope.drifts)

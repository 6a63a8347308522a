"""`estimate_panel`: what an average judge of the pool would give to each entry, and how sure that is.

An empirical Bayes estimate. Qualities, severities and errors are normal; their variances and the tie between quality
and severity come from the scores with weak priors, and are averaged over (`judging.panels.mode`). Each judge also has
a spread and a noise of their own, drawn towards the common ones as far as their few scores leave them open
(`judging.panels.habits`). Where judges are many and panels thin this is shrinkage; where quality and severity are tied
it does what two-way least squares does; a judge who scores at random counts for little. docs/judging.md shows how it
compares, by kind of panel.
"""

from collections.abc import Iterable
from statistics import NormalDist
from uuid import UUID

import numpy as np

from judging.panels.components import components
from judging.panels.fit import Fit, fit
from judging.panels.links import Links
from judging.panels.model import (
    Component,
    EntryEstimate,
    JudgeEstimate,
    Neighbours,
    PanelEstimate,
    PanelFlag,
)
from judging.panels.student import student
from judging.panels.table import Table, tabulate
from judging.panels.threads import one_thread
from judging.panels.unit import DIGITS, Unit, unit_of

_LEAST_FREEDOM = 3
_TIED = 2.5
"""Standard deviations that a tie must be away from none to be flagged."""


@one_thread()
def estimate_panel(scores: Iterable[tuple[UUID, UUID, float]], *, level: float = 0.90) -> PanelEstimate:
    """Estimate a panel from (judge id, entry id, score) rows, in any order and any unit.

    The result does not depend on the order of the rows or on what the ids are. Every panel has an estimate: with one
    score, one judge, parts without a link or all scores alike the intervals are wide and `flags` say why. A pair that
    appears twice counts once, with the mean of its scores.
    Raises ValueError for a level outside (0, 1) and for a score that is not a finite number, or beyond 1e100.
    """
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, not {level}")
    table = tabulate(scores)
    if not table.entries:
        return PanelEstimate(level, 0.0, 0.0, {}, {}, (), (), (), (PanelFlag.EMPTY,))
    unit = unit_of(table.score)
    links = Links.of(table)
    parts = components(table)
    found = fit(links, (table.score - unit.centre) / unit.size, unit.resolution)
    freedom = len(table.score) - len(table.entries) - len(table.judges) + len(parts)
    reach = student((1 + level) / 2, max(_LEAST_FREEDOM, freedom))
    entries = _entries(table, links, unit, found, reach)
    order = tuple(sorted(table.entries, key=lambda id: (-entries[id].value, str(id))))
    return PanelEstimate(
        level=level,
        mean=unit.round(float(np.mean([entries[id].value for id in table.entries]))),
        tie=round(found.tie, DIGITS) + 0.0,
        entries=entries,
        judges=_judges(table, unit, found, reach),
        order=order,
        neighbours=_neighbours(table, found, order, reach, level),
        components=parts,
        flags=_flags(table, links, unit, found, parts),
    )


def _pool_slope(found: Fit) -> float:
    """The spread of the average judge of the pool, leaving out those whose scores say nothing."""
    trust = np.minimum(found.habits.weight, 1.0)
    return float((found.habits.slope * trust).sum() / trust.sum())


def _entries(table: Table, links: Links, unit: Unit, found: Fit, reach: float) -> dict[UUID, EntryEstimate]:
    slope = _pool_slope(found)
    value = unit.centre + unit.size * (found.fixed[-1] + found.fixed[:-1].mean() + slope * found.quality)
    # One entry has no distance from the field: then it is the value itself that is in doubt.
    variance = found.variance if len(table.entries) > 1 else found.alone
    half = reach * unit.size * np.sqrt(variance) * abs(slope)
    if unit.constant:
        half = np.maximum(half, unit.size / 2)
    raw = links.by_entry(table.score / links.seen[links.entry])
    return {
        id: EntryEstimate(
            value=unit.round(float(value[i])),
            low=unit.round(float(value[i] - half[i])),
            high=unit.round(float(value[i] + half[i])),
            raw=unit.round(float(raw[i])),
            count=int(links.seen[i]),
        )
        for i, id in enumerate(table.entries)
    }


def _judges(table: Table, unit: Unit, found: Fit, reach: float) -> dict[UUID, JudgeEstimate]:
    judges = len(table.judges)
    # At the field's mean quality, less what the average judge gives there.
    given = found.fixed[:-1] + found.habits.slope * found.quality.mean()
    severity = unit.size * (given.mean() - given)
    if judges > 1:
        apart = np.eye(judges) - 1 / judges
        variance = np.diag(apart @ found.cover[:-1, :-1] @ apart)
    else:
        variance = np.diag(found.cover)[:-1]
    variance = variance + found.habits.slope_variance * found.quality.mean() ** 2
    half = reach * unit.size * np.sqrt(variance)
    noise = unit.size * np.sqrt(found.error / found.habits.weight)
    load = np.bincount(table.judge, minlength=judges)
    return {
        id: JudgeEstimate(
            severity=unit.round(float(severity[j])),
            low=unit.round(float(severity[j] - half[j])),
            high=unit.round(float(severity[j] + half[j])),
            spread=round(float(found.habits.slope[j]), DIGITS),
            noise=unit.round(float(noise[j])),
            count=int(load[j]),
        )
        for j, id in enumerate(table.judges)
    }


def _neighbours(
    table: Table, found: Fit, order: tuple[UUID, ...], reach: float, level: float
) -> tuple[Neighbours, ...]:
    if len(order) < 2:
        return ()
    index = {id: i for i, id in enumerate(table.entries)}
    places = np.array([index[id] for id in order])
    upper, lower = places[:-1], places[1:]
    difference = np.abs(found.quality[upper] - found.quality[lower])
    # As wide as the intervals: Student's reach over the normal's.
    wider = reach / NormalDist().inv_cdf((1 + level) / 2)
    deviations = difference / (wider * np.sqrt(found.difference_variance(upper, lower)))
    bar = NormalDist().inv_cdf((1 + level) / 2)
    return tuple(
        Neighbours(order[n], order[n + 1], round(NormalDist().cdf(float(d)), DIGITS), bool(d > bar))
        for n, d in enumerate(deviations)
    )


def _flags(table: Table, links: Links, unit: Unit, found: Fit, parts: tuple[Component, ...]) -> tuple[PanelFlag, ...]:
    raised = {
        PanelFlag.ONE_ENTRY: len(table.entries) == 1,
        PanelFlag.ONE_JUDGE: len(table.judges) == 1,
        PanelFlag.DISCONNECTED: len(parts) > 1,
        PanelFlag.CONSTANT: unit.constant,
        PanelFlag.THIN: bool((links.seen == 1).any()),
        PanelFlag.TIED: abs(found.tie) > _TIED * found.tie_sd,
    }
    return tuple(flag for flag, raise_it in raised.items() if raise_it)

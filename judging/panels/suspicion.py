"""Scores and judges that organizers should look at: a judge for or against an entry, a judge who scores at random.

Correcting severity helps whoever colludes: a judge who lifts a favourite and presses its rivals looks harsh, and the
favourite is lifted once more. So every score is held against what all other scores predict. The tests are on the
whole panel: with nothing wrong, fewer than one panel in twenty has a flag of a kind (Bonferroni; docs/judging.md
shows what the simulation found). A flag accuses nobody; organizers decide.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist
from uuid import UUID

import numpy as np

from judging.panels.fit import fit
from judging.panels.links import Links
from judging.panels.residuals import residuals
from judging.panels.student import student
from judging.panels.table import tabulate
from judging.panels.threads import one_thread
from judging.panels.unit import unit_of

_ODD_SCORES = 0.2
"""Nominal share of good panels with an odd score. The test is careful (its noise is that of whole judges, and an odd
score raises it): the simulation finds the real share below 5 %."""
_ERRATIC_JUDGES = 0.04
"""Nominal share of good panels with an erratic judge; the real one is lower still, since a flag must also be loud."""
_PRIOR_FREEDOM = 8.0
"""How firmly a judge's noise is taken to be the panel's, in scores."""
_FEWEST = 5
"""Scores a judge must have given before they can be called erratic."""
_LOUD = 1.6
"""How many times the panel's noise is worth a flag, however certain."""


class Side(StrEnum):
    """Which way a score is off."""

    FOR = "for"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class OddScore:
    """A score that all others do not explain: `score`, what they `expected` for this judge and entry, and how many
    standard deviations it is off.
    """

    judge_id: UUID
    entry_id: UUID
    score: float
    expected: float
    deviations: float
    side: Side


@dataclass(frozen=True, slots=True)
class ErraticJudge:
    """A judge whose scores go with nobody's: `noise` times as noisy as the panel, from `count` scores."""

    judge_id: UUID
    noise: float
    count: int


@dataclass(frozen=True, slots=True)
class Suspicions:
    """What stands out in a panel; strongest first."""

    scores: tuple[OddScore, ...]
    judges: tuple[ErraticJudge, ...]


@one_thread()
def suspicions(scores: Iterable[tuple[UUID, UUID, float]]) -> Suspicions:
    """Look at a panel's (judge id, entry id, score) rows; too small or constant a panel has nothing that stands out."""
    table = tabulate(scores)
    entries, judges = table.shape
    freedom = len(table.score) - entries - judges + 1
    if freedom < 2:
        return Suspicions((), ())
    unit = unit_of(table.score)
    if unit.constant:
        return Suspicions((), ())
    links = Links.of(table)
    found = fit(links, (table.score - unit.centre) / unit.size, unit.resolution)
    rest = residuals(found)
    open_share = 1 - rest.leverage
    # Squares that count one each when nothing is wrong; a judge's own noise without the score at hand.
    squares = rest.raw**2 / rest.error / open_share
    of_judge = links.by_judge(squares)
    loud = (_PRIOR_FREEDOM + of_judge[links.judge] - squares) / (_PRIOR_FREEDOM + links.load[links.judge] - 1)
    deviations = np.sign(rest.raw) * np.sqrt(squares / np.maximum(loud, 1.0))
    odd = []
    for n in range(len(table.score)):
        bar = student(1 - _ODD_SCORES / (2 * len(table.score)), _PRIOR_FREEDOM + links.load[links.judge[n]] - 1)
        if abs(deviations[n]) > bar:
            score = float(table.score[n])
            odd.append(
                OddScore(
                    judge_id=table.judges[int(table.judge[n])],
                    entry_id=table.entries[int(table.entry[n])],
                    score=score,
                    expected=unit.round(score - unit.size * float(rest.raw[n] / open_share[n])),
                    deviations=round(float(abs(deviations[n])), 3),
                    side=Side.FOR if rest.raw[n] > 0 else Side.AGAINST,
                )
            )
    erratic = []
    for j, judge_id in enumerate(table.judges):
        count = float(links.load[j])
        bar = _chi_square(1 - _ERRATIC_JUDGES / judges, count)
        if count >= _FEWEST and of_judge[j] > bar and of_judge[j] > _LOUD**2 * count:
            erratic.append(ErraticJudge(judge_id, round(sqrt(float(of_judge[j]) / count), 3), int(count)))
    return Suspicions(
        scores=tuple(sorted(odd, key=lambda o: (-o.deviations, str(o.entry_id), str(o.judge_id)))),
        judges=tuple(sorted(erratic, key=lambda e: (-e.noise, str(e.judge_id)))),
    )


def _chi_square(probability: float, freedom: float) -> float:
    """The quantile of chi-square (Wilson and Hilferty 1931)."""
    part = 2 / (9 * freedom)
    return float(freedom * (1 - part + NormalDist().inv_cdf(probability) * sqrt(part)) ** 3)

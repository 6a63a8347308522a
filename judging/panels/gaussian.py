"""The linear model of a panel for given weights and variances: posterior and evidence, many variances at once.

    score = level + generosity[judge] + slope[judge] * quality[entry] + error / sqrt(weight[judge])

    quality[entry]    ~ N(tie * mean generosity of the entry's judges, quality variance)
    generosity[judge] ~ N(0, judge variance)
    error             ~ N(0, error variance);  level flat

The posterior of (quality, generosity, level) is normal, with a precision that is diagonal in the qualities: they are
eliminated, and what is left has the size of the judges (Schur complement; the mixed model equations of Henderson
1975, "Best linear unbiased estimation and prediction under a selection model"). `tie` is the device of Mundlak (1978,
"On the pooling of time series and cross section data"): without it, an estimate that shrinks takes strong entries for
generous judges where the two were tied by the assignment.
"""

from dataclasses import dataclass

import numpy as np

from judging.panels.links import Links
from judging.panels.table import Floats

QUALITY, JUDGE, ERROR, TIE = range(4)
"""Columns of a matrix of variances: three logarithms of a variance, and the tie itself."""

_NUMBERS_AT_ONCE = 3_000_000


@dataclass(frozen=True, slots=True)
class Design:
    """A panel in standard units (`scores`, one each) and what is known of its judges (J each).

    `slope2` is the mean square of a slope: larger than the square of its mean while the slope is uncertain.
    """

    links: Links
    scores: Floats
    slope: Floats
    slope2: Floats
    weight: Floats


@dataclass(frozen=True, slots=True)
class Posterior:
    """The normal posterior under one row of variances.

    `quality` (E); `fixed` (J + 1): the judges' generosity, then the level; `own` (E): the variance of each quality when
    all else is known; `across` (E, J + 1): how it moves with the rest, of covariance `cover` (J + 1, J + 1). So
    cov(quality) = diag(own) + across @ cover @ across.T.
    """

    quality: Floats
    fixed: Floats
    own: Floats
    across: Floats
    cover: Floats


@dataclass(frozen=True, slots=True)
class _System:
    """The equations of K rows of variances after the qualities are eliminated."""

    precision: Floats  # (K, J)
    own: Floats  # (K, E)
    coupling: Floats  # (K, N), between the quality and the generosity of each score
    level_coupling: Floats  # (K, E), between each quality and the level
    quality_sum: Floats  # (K, E)
    schur: Floats  # (K, J + 1, J + 1)
    reduced: Floats  # (K, J + 1)


def evidence(design: Design, variances: Floats) -> Floats:
    """The log evidence (K) of each row of `variances` (K, 4), flat in the level; up to a constant."""
    links = design.links
    step = max(1, _NUMBERS_AT_ONCE // (len(design.scores) * int(links.seen.max()) + len(links.load) ** 2))
    return np.concatenate([_evidence(design, variances[at : at + step]) for at in range(0, len(variances), step)])


def posterior(design: Design, variances: Floats) -> Posterior:
    """The posterior under one row (4) of variances."""
    system = _system(design, variances[None])
    own = system.own[0]
    across = np.empty((len(own), len(design.weight) + 1))
    across[:, :-1] = design.links.full(system.coupling[0])
    across[:, -1] = system.level_coupling[0]
    across *= -own[:, None]
    cover = np.linalg.inv(system.schur[0])
    cover = (cover + cover.T) / 2
    fixed = cover @ system.reduced[0]
    return Posterior(own * system.quality_sum[0] + across @ fixed, fixed, own, across, cover)


def _evidence(design: Design, variances: Floats) -> Floats:
    system, links = _system(design, variances), design.links
    fixed = np.linalg.solve(system.schur, system.reduced[:, :, None])[:, :, 0]
    misfit = (
        (system.precision * links.by_judge(design.scores**2)).sum(axis=1)
        - (system.own * system.quality_sum**2).sum(axis=1)
        - (system.reduced * fixed).sum(axis=1)
    )
    found: Floats = -0.5 * (
        len(links.seen) * variances[:, QUALITY]
        + len(links.load) * variances[:, JUDGE]
        - (links.load * np.log(system.precision)).sum(axis=1)
        - np.log(system.own).sum(axis=1)
        + np.linalg.slogdet(system.schur)[1]
        + misfit
    )
    return found


def _system(design: Design, variances: Floats) -> _System:
    links = design.links
    judges = len(links.load)
    quality_v, judge_v, error_v = np.exp(variances[:, :TIE].T)
    pull = variances[:, TIE] / quality_v
    precision = design.weight / error_v[:, None]
    loaded = (precision * design.slope)[:, links.judge]
    own = 1 / (1 / quality_v[:, None] + links.by_entry((precision * design.slope2)[:, links.judge]))
    coupling = loaded - pull[:, None] / links.seen[links.entry]
    level_coupling = links.by_entry(loaded)
    quality_sum = links.by_entry(loaded * design.scores)
    schur = np.empty((len(variances), judges + 1, judges + 1))
    schur[:, :judges, :judges] = -links.by_pair(coupling, own)
    if variances[:, TIE].any():
        # The prior of the qualities also draws the generosities of an entry's judges together.
        share = np.ones((1, len(links.entry)))
        common = links.by_pair(share, 1 / links.seen[None] ** 2)
        schur[:, :judges, :judges] += (variances[:, TIE] * pull)[:, None, None] * common
    diagonal = np.arange(judges)
    summed = links.load * precision
    schur[:, diagonal, diagonal] += 1 / judge_v[:, None] + summed
    beside = summed - links.by_judge(coupling * (own * level_coupling)[:, links.entry])
    schur[:, judges, :judges] = schur[:, :judges, judges] = beside
    schur[:, judges, judges] = summed.sum(axis=1) - (own * level_coupling**2).sum(axis=1)
    reduced = np.empty((len(variances), judges + 1))
    of_judges = precision * links.by_judge(design.scores)
    carried = own * quality_sum
    reduced[:, :judges] = of_judges - links.by_judge(coupling * carried[:, links.entry])
    reduced[:, judges] = of_judges.sum(axis=1) - (carried * level_coupling).sum(axis=1)
    return _System(precision, own, coupling, level_coupling, quality_sum, schur, reduced)

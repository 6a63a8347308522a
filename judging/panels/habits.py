"""Habits of judges: how far they spread their scores, and how noisy they are.

Both are drawn towards what is common to the panel's judges, as far as a judge's own scores leave them open: a slope is
normal around 1, a noise's variance an inverse chi-square (so that a few judges who score at random stand out: their
weight falls towards 0). Expectations are over the qualities, as in variational Bayes: an entry whose quality is hardly
known says little of a judge.
"""

from dataclasses import dataclass
from math import lgamma, log

import numpy as np

from judging.panels.gaussian import ERROR, Design, Posterior
from judging.panels.table import Floats

_SLOPE_VARIANCE = 0.1
_SLOPE_JUDGES = 6.0
"""Prior of the slopes' variance: as if that many judges had shown it."""
_FREEDOMS = np.array([2.0, 4.0, 8.0, 30.0, 200.0])
"""How alike the judges' noises may be: degrees of freedom of the inverse chi-square; 200 is the same for all."""
_LEAST_RESIDUAL = 1e-12


@dataclass(frozen=True, slots=True)
class Habits:
    """Of each judge (J each): the slope and its variance; the weight (1: the common noise, below: noisier) and the
    variance of its logarithm; `squares`, the expected sum of squared residuals.
    """

    slope: Floats
    slope_variance: Floats
    weight: Floats
    weight_variance: Floats
    squares: Floats


def habits(design: Design, post: Posterior, variances: Floats) -> Habits:
    """Estimate slopes and weights from a posterior under a row of `variances`."""
    links = design.links
    judges = len(links.load)
    error_v = float(np.exp(variances[ERROR]))
    fixed, cover = post.fixed, post.cover
    carried = post.across @ cover
    q = post.quality[links.entry]
    q_square = (post.quality**2 + post.own + (carried * post.across).sum(axis=1))[links.entry]
    base = fixed[:judges] + fixed[judges]
    base_variance = np.diag(cover)[:judges] + 2 * cover[:judges, judges] + cover[judges, judges]
    # cov(quality of the entry, generosity of the judge + level), of each score
    shared = carried[links.entry, links.judge] + carried[links.entry, judges]
    quality_square = links.by_judge(q_square)
    product = links.by_judge(q * (design.scores - base[links.judge]) - shared)
    precision = design.weight / error_v
    common, slope, slope_variance = _SLOPE_VARIANCE, design.slope, np.zeros(judges)
    for _ in range(3):
        slope_variance = 1 / (1 / common + precision * quality_square)
        slope = slope_variance * (1 / common + precision * product)
        shown = float(((slope - 1) ** 2 + slope_variance).sum())
        common = (_SLOPE_JUDGES * _SLOPE_VARIANCE + shown) / (_SLOPE_JUDGES + judges)
    own_square = links.by_judge((design.scores - base[links.judge]) ** 2) + links.load * base_variance
    squares = own_square - 2 * slope * product + (slope**2 + slope_variance) * quality_square
    squares = np.maximum(squares, _LEAST_RESIDUAL)
    weight, weight_variance = _weights(squares / error_v, links.load)
    return Habits(slope, slope_variance, weight, weight_variance, squares)


def _weights(ratio: Floats, count: Floats) -> tuple[Floats, Floats]:
    """Weights from sums of squared residuals in units of the common variance, averaged over how alike judges are."""
    logs = np.array([_log_density(freedom, ratio, count) for freedom in _FREEDOMS.tolist()])
    share = np.exp(logs - logs.max())
    share /= share.sum()
    freedom = _FREEDOMS[:, None]
    return share @ ((freedom + count) / (freedom + ratio)), share @ (2 / (freedom + count))


def _log_density(freedom: float, ratio: Floats, count: Floats) -> float:
    """Of the judges' sums of squares with their noises integrated out: scaled F distributions."""
    constant = freedom / 2 * log(freedom) - lgamma(freedom / 2)
    halves = (freedom + count) / 2
    gammas = sum(lgamma(half) for half in halves.tolist())
    return gammas + len(count) * constant - float((halves * np.log(freedom + ratio)).sum())


def doubt(design: Design, post: Posterior, known: Habits, variances: Floats) -> Floats:
    """How far the qualities move (E, 2 J) when one slope or one logarithm of a weight is off by its standard deviation.

    The delta method: how the solution of the linear model moves with each. The squares of a row's differences from
    another's sum up to the variance that the difference of two qualities owes to habits that are only estimated.
    """
    links = design.links
    judges = len(links.load)
    precision = (design.weight / float(np.exp(variances[ERROR])))[links.judge]
    slope = known.slope[links.judge]
    q = post.quality[links.entry]
    base = post.fixed[:judges] + post.fixed[judges]
    residual = design.scores - base[links.judge] - slope * q
    moved = (
        (precision * (residual - slope * q), -precision * q, known.slope_variance),
        (precision * slope * residual, precision * residual, known.weight_variance),
    )
    shifts = []
    for on_quality, on_fixed, variance in moved:
        right = np.zeros((judges + 1, judges))
        right[np.arange(judges), np.arange(judges)] = right[judges] = links.by_judge(on_fixed)
        of_quality = links.full(on_quality)
        change = post.cover @ (right + post.across.T @ of_quality)
        shifts.append((post.own[:, None] * of_quality + post.across @ change) * np.sqrt(variance))
    return np.hstack(shifts)

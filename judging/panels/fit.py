"""Fit the model of a panel: variances and habits in turn, then everything averaged over the variances."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from judging.panels.gaussian import ERROR, TIE, Design, Posterior, evidence, posterior
from judging.panels.habits import Habits, doubt, habits
from judging.panels.links import Links
from judging.panels.mode import Density, climb, spread
from judging.panels.table import Floats, Integers

_START = np.array([*np.log([0.4, 0.3, 0.3]), 0.0])
_TIE_SD = 0.5
_BOUNDS = (-12.0, 6.0)
"""Of a logarithm of a variance, in units of the variance of all scores."""
_ROUNDS = 20
_SETTLED = 0.01
"""Habits that move no further than this between two rounds are settled."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The averaged posterior, standard units. `cover` is the covariance of the judges' generosity and the level.

    `variance` (E) is of each quality's distance from the field's mean; `alone` (E) of what the average judge would
    give to each entry; `tie_sd` of the tie. `design` and `at` (a row of variances) are the mode; `components` are the
    averaged variances of quality, judges and error.
    """

    quality: Floats
    variance: Floats
    alone: Floats
    fixed: Floats
    cover: Floats
    error: float
    tie: float
    tie_sd: float
    habits: Habits
    posteriors: tuple[Posterior, ...]
    shares: Floats
    doubt: Floats
    design: Design
    at: Floats
    components: Floats

    def difference_variance(self, one: Integers, other: Integers) -> Floats:
        """The variances of the differences between the qualities of entries `one` and `other` (indices, alike long)."""
        within, means = [], []
        for post in self.posteriors:
            across = post.across[one] - post.across[other]
            within.append(post.own[one] + post.own[other] + ((across @ post.cover) * across).sum(axis=1))
            means.append(post.quality[one] - post.quality[other])
        mean = self.shares @ np.array(means)
        off = self.shares @ (np.array(within) + (np.array(means) - mean) ** 2)
        total: Floats = off + ((self.doubt[one] - self.doubt[other]) ** 2).sum(axis=1)
        return total


def fit(links: Links, scores: Floats, resolution: float) -> Fit:
    """Fit standardized scores, rounded to multiples of `resolution` (0: not rounded)."""
    judges = len(links.load)
    alike = np.ones(judges)
    design = Design(links, scores, alike, alike, alike)
    mode = climb(_density(design, resolution), _START)
    known = habits(design, posterior(design, _bounded(mode.at, resolution)), _bounded(mode.at, resolution))
    for _ in range(_ROUNDS):
        before = np.concatenate([design.slope, design.weight])
        slope2 = known.slope**2 + known.slope_variance
        design = Design(links, scores, known.slope, slope2, known.weight)
        if np.abs(np.concatenate([design.slope, design.weight]) - before).max() < _SETTLED:
            break
        mode = climb(_density(design, resolution), mode.at, iterations=1)
        at = _bounded(mode.at, resolution)
        known = habits(design, posterior(design, at), at)
    mode = climb(_density(design, resolution), mode.at, iterations=4)
    at = _bounded(mode.at, resolution)
    points, shares = spread(_density(design, resolution), mode)
    points = np.array([_bounded(point, resolution) for point in points])
    posts = tuple(posterior(design, point) for point in points)
    moves = doubt(design, posterior(design, at), known, at)
    quality, variance = _mixed(shares, [post.quality - post.quality.mean() for post in posts], map(_apart, posts))
    fixed, _ = _mixed(shares, [post.fixed for post in posts], [np.diag(post.cover) for post in posts])
    _, alone = _mixed(shares, [_value(post) for post in posts], map(_value_variance, posts))
    off = [post.fixed - fixed for post in posts]
    cover = sum(share * (post.cover + np.outer(o, o)) for share, post, o in zip(shares, posts, off, strict=True))
    return Fit(
        quality=quality + float(shares @ [post.quality.mean() for post in posts]),
        variance=variance + ((moves - moves.mean(axis=0)) ** 2).sum(axis=1),
        alone=alone + (moves**2).sum(axis=1),
        fixed=fixed,
        cover=np.asarray(cover),
        error=float(shares @ np.exp(points[:, ERROR])),
        tie=float(shares @ points[:, TIE]),
        tie_sd=float(np.sqrt(np.linalg.inv(mode.curvature)[TIE, TIE])),
        habits=known,
        posteriors=posts,
        shares=shares,
        doubt=moves,
        design=design,
        at=at,
        components=shares @ np.exp(points[:, :TIE]),
    )


def _density(design: Design, resolution: float) -> Density:
    def log_density(variances: Floats) -> Floats:
        bounded = _bounded(variances, resolution)
        # Half-normal priors of scale 1 (all scores have that scale) on the three standard deviations.
        prior = (0.5 * variances[:, :TIE] - 0.5 * np.exp(np.clip(variances[:, :TIE], *_BOUNDS))).sum(axis=1)
        total: Floats = evidence(design, bounded) + prior - 0.5 * (variances[:, TIE] / _TIE_SD) ** 2
        return total

    return log_density


def _bounded(variances: Floats, resolution: float) -> Floats:
    """Variances that can be computed with; a rounded score is off by a twelfth of its squared step at least."""
    bounded = variances.copy()
    bounded[..., :TIE] = np.clip(variances[..., :TIE], *_BOUNDS)
    bounded[..., ERROR] = np.log(np.exp(bounded[..., ERROR]) + resolution**2 / 12)
    return bounded


def _mixed(shares: Floats, means: Sequence[Floats], variances: Iterable[Floats]) -> tuple[Floats, Floats]:
    """Mean and variance of a mixture."""
    stacked = np.array(means)
    mean = shares @ stacked
    return mean, shares @ (np.array(list(variances)) + (stacked - mean) ** 2)


def _apart(post: Posterior) -> Floats:
    """Variances of the qualities' distances from their mean."""
    entries = len(post.own)
    across = post.across - post.across.mean(axis=0)
    own = post.own * (1 - 2 / entries) + post.own.sum() / entries**2
    variance: Floats = own + ((across @ post.cover) * across).sum(axis=1)
    return variance


def _value(post: Posterior) -> Floats:
    value: Floats = post.quality + post.fixed[:-1].mean() + post.fixed[-1]
    return value


def _value_variance(post: Posterior) -> Floats:
    across = post.across + np.append(np.full(len(post.fixed) - 1, 1 / (len(post.fixed) - 1)), 1.0)
    variance: Floats = post.own + ((across @ post.cover) * across).sum(axis=1)
    return variance

"""What each score would be without it: residuals that were left out of their own prediction."""

from dataclasses import dataclass

import numpy as np

from judging.panels.fit import Fit
from judging.panels.gaussian import ERROR, Design, Posterior, posterior
from judging.panels.table import Floats


@dataclass(frozen=True, slots=True)
class Residuals:
    """One of each score, standard units. `raw`: score less what the model gives; `leverage` (0 to 1): how much of that
    the score itself decided. So `raw / (1 - leverage)` is the score less its prediction from all other scores, of
    variance `error * / weight / (1 - leverage)` (Cook and Weisberg 1982, "Residuals and Influence in Regression",
    section 2.2; priors count as observations).
    """

    raw: Floats
    leverage: Floats
    error: float


def residuals(found: Fit) -> Residuals:
    """The residuals at the mode of a fit."""
    design = found.design
    post = posterior(design, found.at)
    error = float(np.exp(found.at[ERROR]))
    links = design.links
    judges = len(links.load)
    slope = design.slope[links.judge]
    carried = post.across @ post.cover
    quality_v = (post.own + (carried * post.across).sum(axis=1))[links.entry]
    shared = carried[links.entry, links.judge] + carried[links.entry, judges]
    base_v = np.diag(post.cover)[:judges] + 2 * post.cover[:judges, judges] + post.cover[judges, judges]
    known = slope**2 * quality_v + 2 * slope * shared + base_v[links.judge]
    leverage = np.clip(known * design.weight[links.judge] / error, 0.0, 0.999)
    return Residuals(left(design, post, design.scores), leverage, error)


def left(design: Design, post: Posterior, scores: Floats) -> Floats:
    """What a posterior leaves of scores."""
    links = design.links
    judges = len(links.load)
    base = post.fixed[:judges] + post.fixed[judges]
    rest: Floats = scores - base[links.judge] - design.slope[links.judge] * post.quality[links.entry]
    return rest

"""How far judges agree: Krippendorff's alpha and intraclass correlations, of one criterion or of whole scores."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from judging.panels.fit import fit
from judging.panels.links import Links
from judging.panels.table import Table, tabulate
from judging.panels.threads import one_thread
from judging.panels.unit import unit_of


@dataclass(frozen=True, slots=True)
class Agreement:
    """From 1 (full agreement) down to 0 (as by chance; alpha may be negative); None where the scores cannot tell.

    `alpha`: Krippendorff's, for intervals. `absolute`: the share of a score's variance that is the entry's (the
    intraclass correlation of one judge drawn from the pool); `consistency`: the same once severity is corrected;
    `mean`: of the mean of an entry's usual number of corrected scores. `reviews` is that number (a mean).
    """

    alpha: float | None
    absolute: float | None
    consistency: float | None
    mean: float | None
    reviews: float


@one_thread()
def agreement(scores: Iterable[tuple[UUID, UUID, float]]) -> Agreement:
    """The agreement of (judge id, entry id, score) rows.

    Alpha as in Krippendorff (2011), "Computing Krippendorff's alpha-reliability", with the interval metric. The
    correlations are those of McGraw and Wong (1996), "Forming inferences about some intraclass correlation
    coefficients" (ICC(A,1), ICC(C,1), ICC(C,k)), from the variances of the panel's model, so that scores may be
    missing.
    """
    table = tabulate(scores)
    if not table.entries:
        return Agreement(None, None, None, None, 0.0)
    unit = unit_of(table.score)
    reviews = len(table.score) / len(table.entries)
    if unit.constant or len(table.entries) < 2 or len(table.judges) < 2 or reviews == 1:
        return Agreement(_alpha(table), None, None, None, round(reviews, 3))
    links = Links.of(table)
    quality, judge, error = fit(links, (table.score - unit.centre) / unit.size, unit.resolution).components.tolist()
    return Agreement(
        alpha=_alpha(table),
        absolute=round(quality / (quality + judge + error), 4),
        consistency=round(quality / (quality + error), 4),
        mean=round(quality / (quality + error / reviews), 4),
        reviews=round(reviews, 3),
    )


def _alpha(table: Table) -> float | None:
    seen = np.bincount(table.entry)
    paired = seen[table.entry] > 1
    values, entry = table.score[paired], table.entry[paired]
    if not len(values) or values.min() == values.max():
        return None
    # Scaled to 0..1: alpha has no unit, and squares must not overflow.
    values = values / np.abs(values).max()
    values = values - values.mean()
    count = np.bincount(entry, minlength=len(seen))
    # The sum over pairs of squared differences: n times the squares less the squared sum, twice.
    squares, sums = np.bincount(entry, values**2, len(seen)), np.bincount(entry, values, len(seen))
    within = 2 * (count * squares - sums**2) / np.maximum(count - 1, 1)
    total = len(values)
    among = 2 * (total * float((values**2).sum()) - float(values.sum()) ** 2) / (total - 1)
    return round(1 - float(within.sum()) / among, 4) if among > 0 else None

"""How the records of a metric become its value over a run: their mean, a gap between groups, a calibration error.

Each is computed for the whole run and for resamples of its cases alike. A case that failed without recording the
metric, and one that is missing because the run ended early, is worth `metric.worst`: the value moves towards it by the
share of such cases. A case that passed without recording it does not count. Pure functions of plain values.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sandbox.errors import TaskInvalid
from sandbox.model import Aggregate, CaseResult, Measurement, Recorded
from sandbox.tasks import Metric

Array = npt.NDArray[np.float64]

BINS = 10
"""Bins of equal width of the expected calibration error, as in Guo et al. 2017 (who use 15) and Naeini et al. 2015."""


MOST_GROUPS = 64
"""Groups of a metric over a run."""


@dataclass(frozen=True, slots=True)
class Table:
    """One metric over all expected cases in a fixed order.

    `weights` of those that recorded and those that count as `worst` (`lost`); `cells` and `sums` hold, for each case
    and each cell (a group, a bin; of a mean there is one), the weights and the weighted values of its records.
    """

    metric: Metric
    weights: Array
    lost: Array
    cells: Array
    sums: Array
    strata: tuple[tuple[int, ...], ...] = ()

    def value(self) -> float:
        """The value over the whole run: `metric.worst` where nothing counts."""
        whole = np.ones((1, len(self.weights)))
        return float(self.drawn(whole, self.metric.worst)[0])

    def drawn(self, times: Array, empty: float) -> Array:
        """Values in resamples, shape (draws, cases) of how often each case is in each; `empty` where nothing counts."""
        counted = times @ self.weights
        lost = times @ self.lost
        there = counted > 0
        share = np.where(there, lost / np.where(there, counted, 1.0), 0.0)
        value = (1.0 - share) * self._measured(times) + share * self.metric.worst
        return np.where(there, value, empty)

    def _measured(self, times: Array) -> Array:
        """The value over what was recorded; anything where nothing was."""
        weight, total = times @ self.cells, times @ self.sums
        match self.metric.aggregate:
            case Aggregate.MEAN:
                mean: Array = total[:, 0] / np.where(weight[:, 0] > 0, weight[:, 0], 1.0)
                return mean
            case Aggregate.CALIBRATION:
                # In a bin, the sum of (probability - outcome) is the bin's share times its gap.
                every = weight.sum(axis=1)
                error: Array = np.abs(total).sum(axis=1) / np.where(every > 0, every, 1.0)
                return error
            case Aggregate.GAP:
                gaps = [_gap(weight[:, stratum], total[:, stratum]) for stratum in map(list, self.strata)]
                return np.asarray(np.max(gaps, axis=0), dtype=np.float64) if gaps else np.zeros(len(times))


def tabulate(metric: Metric, ordered: Sequence[CaseResult], count: int) -> Table:
    """The table of `metric` over `count` cases, of which `ordered` gave a result.

    Raises TaskInvalid for too many groups: a task that takes them from answers would let a team choose what its score
    costs.
    """
    weights = np.full(count, np.nan)
    records: list[tuple[Recorded, ...]] = [()] * count
    for position, case in enumerate(ordered):
        measured = case.metrics.get(metric.name)
        if measured is None:
            weights[position] = 0.0 if case.passed else np.nan
        elif math.isfinite(measured.value) and math.isfinite(measured.weight):
            records[position] = _records(metric.aggregate, measured)
            weights[position] = sum(record.weight for record in records[position])
    known = np.array([weights[at] for at, case in enumerate(ordered) if metric.name in case.metrics], dtype=np.float64)
    known = known[np.isfinite(known)]
    lost = np.where(np.isnan(weights), known.mean() if known.size else 1.0, 0.0)
    names = sorted({_cell(metric.aggregate, record) for one in records for record in one})
    if len(names) > MOST_GROUPS:
        raise TaskInvalid("test_*.py", f"metric `{metric.name}`: {len(names)} groups in a run, at most {MOST_GROUPS}")
    cells, sums = (np.zeros((count, max(len(names), 1))) for _ in range(2))
    for position, one in enumerate(records):
        for record in one:
            at = names.index(_cell(metric.aggregate, record))
            cells[position, at] += record.weight
            sums[position, at] += record.weight * _term(metric.aggregate, record)
    return Table(metric, np.where(np.isnan(weights), lost, weights), lost, cells, sums, _strata(names))


def outcome(group: str) -> bool | None:
    """What came to pass, as a calibration's record tells by its group; None where it tells nothing."""
    return {"1": True, "0": False}.get(group)


def _records(aggregate: Aggregate, measured: Measurement) -> tuple[Recorded, ...]:
    whole = (Recorded(measured.value, max(measured.weight, 0.0)),)
    if aggregate is Aggregate.MEAN:
        return whole
    return tuple(
        one for one in measured.records or whole if aggregate is Aggregate.GAP or outcome(one.group) is not None
    )


def _cell(aggregate: Aggregate, record: Recorded) -> str:
    match aggregate:
        case Aggregate.MEAN:
            return ""
        case Aggregate.GAP:
            return record.group
        case Aggregate.CALIBRATION:
            return str(min(int(_probability(record) * BINS), BINS - 1))


def _term(aggregate: Aggregate, record: Recorded) -> float:
    if aggregate is Aggregate.CALIBRATION:
        return _probability(record) - float(outcome(record.group) or False)
    return record.value


def _probability(record: Recorded) -> float:
    return min(max(record.value, 0.0), 1.0)


def _strata(names: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Positions of the groups that are compared with each other: those of one stratum."""
    strata: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        strata.setdefault(name.rpartition("/")[0], []).append(at)
    return tuple(tuple(stratum) for stratum in strata.values())


def _gap(weight: Array, total: Array) -> Array:
    """The largest less the smallest mean of the groups that have any weight; 0 where fewer than two have."""
    there = weight > 0
    mean = total / np.where(there, weight, 1.0)
    highest, lowest = np.where(there, mean, -np.inf).max(axis=1), np.where(there, mean, np.inf).min(axis=1)
    gap: Array = np.where(there.any(axis=1), highest - lowest, 0.0)
    return gap


def odd_groups(metric: Metric, results: Iterable[CaseResult]) -> str | None:
    """What is wrong with the groups that a task's test gave to records of `metric`; None where nothing is."""
    if metric.aggregate is Aggregate.MEAN:
        return None
    groups = {
        record.group
        for case in results
        if (measured := case.metrics.get(metric.name)) is not None
        for record in measured.records or (Recorded(measured.value, measured.weight),)
        if record.weight > 0
    }
    if metric.aggregate is Aggregate.CALIBRATION:
        odd = sorted(group for group in groups if outcome(group) is None)
        return f'record("{metric.name}", ..., group=...) must be "1" or "0", not "{odd[0]}"' if odd else None
    strata = _strata(sorted(groups))
    if "" in groups or all(len(stratum) < 2 for stratum in strata):
        return f'record("{metric.name}", ..., group=...) must name at least two groups to compare'
    return None

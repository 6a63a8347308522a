"""Medians and percentiles, for the few numbers that a bench gives."""

from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie, linear in between. Raises ValueError for none."""
    if not values:
        raise ValueError("a percentile needs values")
    ordered = sorted(values)
    position = share * (len(ordered) - 1)
    low = int(position)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (position - low)


def median(values: Sequence[float]) -> float:
    """The middle value. Raises ValueError for none."""
    return percentile(values, 0.5)

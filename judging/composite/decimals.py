"""Official numbers as people compute them: exact, and half a hundredth goes up. Binary sums would round 13.425 down."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

DECIMALS = 2
"""Official numbers are published with two decimals, and what is published is what counts."""

_STEP = Decimal(1).scaleb(-DECIMALS)


def published(value: float | Fraction) -> float:
    """A number with the decimals that are published."""
    if isinstance(value, Fraction):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
    else:
        exact = Decimal(repr(float(value)))
    return float(exact.quantize(_STEP, ROUND_HALF_UP)) + 0.0


def weighted_mean(pairs: Iterable[tuple[float, float]]) -> float:
    """The mean of (weight, value) pairs, exact in the decimals that are shown, then as published.

    Raises ZeroDivisionError where all weights are 0.
    """
    exact = [(Fraction(repr(float(weight))), Fraction(repr(float(value)))) for weight, value in pairs]
    return published(sum((w * v for w, v in exact), Fraction()) / sum((w for w, _ in exact), Fraction()))

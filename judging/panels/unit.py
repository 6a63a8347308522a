"""The unit that scores are computed in: their own standard deviation."""

from dataclasses import dataclass
from math import floor, log10, sqrt

import numpy as np

from judging.panels.table import Floats

DIGITS = 6
"""Decimals of a standard unit that numbers are rounded to, so that the last bits of a sum decide no place."""

_ALIKE = 1e-12


@dataclass(frozen=True, slots=True)
class Unit:
    """From score units to standard ones and back; `resolution` is the step of the scale in standard units.

    `constant`: all scores are alike.
    """

    centre: float
    size: float
    resolution: float
    constant: bool

    def round(self, value: float) -> float:
        """Score units, rounded to `DIGITS` of a standard unit; 0.0 is added so that -0.0 is written as 0.0."""
        return round(value, DIGITS - floor(log10(self.size))) + 0.0


def unit_of(scores: Floats) -> Unit:
    """The unit of at least one score."""
    # Scaled down first: squares of huge scores would overflow, those of tiny ones vanish.
    largest = float(np.abs(scores).max()) or 1.0
    shrunk = scores / largest
    centre = float(shrunk.mean())
    deviation = sqrt(float(((shrunk - centre) ** 2).mean()))
    if deviation < _ALIKE:
        # All alike: nothing tells the step of the scale, so one score unit is taken.
        size = max(1.0, largest * 1e-6)
        return Unit(float(scores[0]), size, 1.0 / size, constant=True)
    gaps = np.diff(np.unique(shrunk))
    return Unit(centre * largest, deviation * largest, float(gaps.min()) / deviation, constant=False)

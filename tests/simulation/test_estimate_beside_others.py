"""A slice of the simulation with fixed seeds: the estimate holds its bars (docs/judging.md has the whole)."""

import pytest

from tests.simulation.panels import KINDS, Kind
from tests.simulation.report import report

PANELS = 40
WITHIN = 0.015
"""Behind the best reference, on this few panels; the bar of the whole simulation is .010."""


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.teams < 200], ids=lambda kind: kind.name)
def test_the_estimate_is_near_the_best_method_of_each_kind(kind: Kind) -> None:
    (row,) = report(PANELS, kinds=[kind])
    if kind.erratic:
        assert row.estimate >= 0.67
    elif kind.tie:
        # The raw mean may gain from a tie by luck; the honest rival is least squares.
        assert row.estimate >= row.reference["least squares"] - WITHIN
    else:
        assert row.behind <= WITHIN
    assert (0.84 if kind.tie or kind.erratic else 0.86) <= row.held <= 0.94

"""Quantiles of Student's t against printed tables."""

import pytest

from judging.panels.student import student


@pytest.mark.parametrize(
    ("probability", "freedom", "quantile"),
    [
        (0.95, 1, 6.313752),
        (0.95, 2, 2.919986),
        (0.95, 3, 2.353363),
        (0.975, 5, 2.570582),
        (0.95, 15, 1.753050),
        (0.995, 30, 2.749996),
        (0.95, 1000, 1.646379),
        (0.9995, 4, 8.610302),
    ],
)
def test_quantiles(probability: float, freedom: float, quantile: float) -> None:
    assert student(probability, freedom) == pytest.approx(quantile, rel=2e-5)
    assert student(1 - probability, freedom) == pytest.approx(-quantile, rel=2e-5)


def test_the_median_is_0() -> None:
    assert student(0.5, 7) == 0.0

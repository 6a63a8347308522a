"""Percentiles as everybody computes them."""

import statistics

import pytest

from frontend.bench.figures import median, percentile


def test_a_percentile_is_linear_between_neighbours() -> None:
    values = [40.0, 10.0, 30.0, 20.0]

    assert percentile(values, 0.0) == 10.0
    assert percentile(values, 1.0) == 40.0
    assert percentile(values, 0.5) == 25.0
    assert percentile(values, 0.99) == pytest.approx(39.7)


@pytest.mark.parametrize("values", [[3.0], [2.0, 1.0], [5.0, 1.0, 3.0], [9.0, 1.0, 4.0, 4.0]])
def test_the_median_is_the_standard_librarys(values: list[float]) -> None:
    assert median(values) == statistics.median(values)


def test_nothing_has_no_median() -> None:
    with pytest.raises(ValueError):
        median([])

"""Coordinates of whiskers, sparklines and the field of petals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontend.pages.charts import axis, field, spark


def test_the_axis_of_the_board_of_sukaraya_is_round() -> None:
    found = axis([63.0, 89.9])
    assert [tick.value for tick in found.ticks] == [60, 70, 80, 90]
    assert [tick.x for tick in found.ticks] == [0.0, 73.3, 146.7, 220.0]
    assert found.x(75.0) == 110.0


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([], [0, 20, 40, 60, 80, 100]),
        ([0.0], [0, 5]),
        ([100.0], [95, 100]),
        ([50.0, 50.0], [45, 50]),
        ([0.0, 100.0], [0, 20, 40, 60, 80, 100]),
    ],
)
def test_an_axis_has_length_even_for_one_value(values: list[float], ticks: list[int]) -> None:
    assert [tick.value for tick in axis(values).ticks] == ticks


@given(st.lists(st.floats(min_value=0, max_value=100), min_size=1))
def test_an_axis_holds_all_its_values(values: list[float]) -> None:
    found = axis(values)
    assert 0 <= found.low < found.high <= 100
    assert found.low <= min(values) <= max(values) <= found.high
    assert 2 <= len(found.ticks) <= 7
    assert all(0 <= found.x(value) <= found.width for value in values)


def test_a_line_needs_two_places_and_has_the_best_on_top() -> None:
    assert spark([3], 12) == ()
    line = spark([12, 1, 6], 12)
    assert line[0] == (3.0, 36.0)
    assert line[1][1] == 4.0
    assert line[-1][0] == 85.0


@given(st.integers(min_value=0, max_value=400))
def test_every_team_has_a_petal_of_its_own(count: int) -> None:
    made = field(count)
    assert len(set(made.petals)) == count
    assert all(petal.x + 32 <= made.width and petal.y + 32 <= made.height for petal in made.petals)


def test_forty_eight_teams_fill_four_by_three() -> None:
    made = field(48)
    assert (made.width, made.height) == (128, 96)
    assert len(made.knots) == 6

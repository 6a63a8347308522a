"""What is told of hidden cases while they run."""

import pytest

from hackathon.evaluations.progress import in_quarters


@pytest.mark.parametrize(
    ("total", "told"),
    [
        (0, [0]),
        (1, [0, 1]),
        (2, [0, 1, 2]),
        (4, [0, 1, 2, 3, 4]),
        (10, [0, 0, 0, 2, 2, 5, 5, 5, 7, 7, 10]),
    ],
)
def test_hidden_cases_are_told_as_done_in_quarters(total: int, told: list[int]) -> None:
    assert [in_quarters(done, total) for done in range(total + 1)] == told


def test_no_more_than_four_steps_are_told_of_any_number() -> None:
    for total in (60, 61, 97, 1000):
        told = [in_quarters(done, total) for done in range(total + 1)]
        assert told == sorted(told)
        assert len(set(told)) == 5
        assert all(0 <= shown <= done for done, shown in enumerate(told))

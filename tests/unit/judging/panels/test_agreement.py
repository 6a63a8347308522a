"""Agreement against published figures, and what cannot tell."""

from uuid import UUID

import pytest

from judging.panels.agreement import agreement
from tests.simulation.panels import KINDS, draw

# Krippendorff (2011), the example with missing data: four observers, twelve units; alpha for intervals is 0.849.
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)


def test_alpha_is_krippendorffs() -> None:
    rows = [
        (UUID(int=1 + j), UUID(int=100 + e), float(score))
        for j, given in enumerate(OBSERVERS)
        for e, score in enumerate(given)
        if score is not None
    ]
    assert agreement(rows).alpha == pytest.approx(0.849, abs=0.0005)


def test_the_correlations_are_near_what_the_panel_was_drawn_with() -> None:
    # Variances 1, .64 and .49, with spreads that add a little to the noise.
    found = agreement(draw(KINDS[6], 1).rows())  # type: ignore[arg-type]
    assert found.absolute == pytest.approx(1 / 2.13, abs=0.12)
    assert found.consistency == pytest.approx(1 / 1.49, abs=0.12)
    assert found.mean is not None
    assert found.consistency is not None
    assert found.mean > found.consistency
    assert found.reviews == 5


def test_judges_who_agree_in_everything() -> None:
    rows = [(UUID(int=j), UUID(int=100 + e), float(e)) for j in range(4) for e in range(8)]
    found = agreement(rows)
    assert found.alpha == 1
    assert found.consistency is not None
    assert found.consistency > 0.95


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(UUID(int=1), UUID(int=2), 3.0)],
        [(UUID(int=j), UUID(int=100 + j), float(j)) for j in range(5)],
        [(UUID(int=j), UUID(int=100 + e), 3.0) for j in range(3) for e in range(3)],
    ],
)
def test_scores_that_cannot_tell(rows: list[tuple[UUID, UUID, float]]) -> None:
    found = agreement(rows)
    assert (found.alpha, found.absolute, found.consistency) == (None, None, None)

"""A panel that grows sterner as the day goes, one that does not, and one judge who tires."""

from uuid import UUID

import numpy as np

from judging.panels.drift import Drift, drift
from tests.simulation.panels import KINDS, draw

MIDDLE = KINDS[2]


def day(seed: int, *, per_hour: float = 0.0, tired: int | None = None) -> Drift:
    panel = draw(MIDDLE, seed)
    hours = np.random.default_rng(seed).uniform(0, 8, len(panel.score))
    sterner = per_hour * hours * (1 if tired is None else panel.judge == tired)
    return drift(
        (UUID(int=j), UUID(int=1000 + e), score + more, hour)
        for (j, e, score), more, hour in zip(panel.rows(), sterner.tolist(), hours.tolist(), strict=True)
    )


def test_a_panel_that_grows_sterner_is_seen() -> None:
    found = [day(seed, per_hour=-0.25).panel for seed in range(10)]
    assert sum(slope is not None and slope.drifts for slope in found) >= 9
    assert -0.3 < np.mean([slope.per_hour for slope in found if slope]) < -0.18


def test_a_panel_that_does_not_is_left_alone() -> None:
    found = [day(seed) for seed in range(20)]
    assert sum(drift.panel is not None and drift.panel.drifts for drift in found) <= 3
    assert sum(any(slope.drifts for slope in drift.judges.values()) for drift in found) <= 3


def test_one_judge_who_tires_is_named() -> None:
    named = [
        {id for id, slope in day(seed, per_hour=-0.9, tired=3).judges.items() if slope.drifts} for seed in range(10)
    ]
    assert sum(UUID(int=3) in judges for judges in named) >= 7


def test_too_little_to_say() -> None:
    judge, entry = UUID(int=1), UUID(int=2)
    assert drift([]) == Drift(None, {})
    assert drift([(judge, entry, 3.0, 1.0)] * 9) == Drift(None, {})
    same_time = [(UUID(int=j), UUID(int=100 + e), float(j + e * e % 5), 4.0) for j in range(5) for e in range(9)]
    assert drift(same_time) == Drift(None, {})

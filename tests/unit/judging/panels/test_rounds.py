"""How large a final must be, and that both rounds count."""

from uuid import UUID

import numpy as np
import pytest

from judging.panels import estimate_panel
from judging.panels.rounds import combine_rounds, final_judge, plan_final
from tests.simulation.panels import KINDS, draw

MIDDLE = KINDS[2]


def first_round(seed: int) -> list[tuple[UUID, UUID, float]]:
    return [(UUID(int=j), UUID(int=1000 + e), score) for j, e, score in draw(MIDDLE, seed).rows()]


def test_one_round_cannot_pick_a_podium_and_a_final_can() -> None:
    plan = plan_final(estimate_panel(first_round(1)), 0.7)
    assert plan.without.hit < 0.65
    assert plan.advice is not None
    assert plan.advice.hit >= 0.7
    assert plan.advice.scorecards == min(option.scorecards for option in plan.options if option.hit >= 0.7)
    assert plan.best.hit >= plan.advice.hit > plan.without.hit


def test_a_certainty_that_no_final_reaches() -> None:
    plan = plan_final(estimate_panel(first_round(1)), 1.0)
    assert plan.advice is None
    assert plan.best.hit < 1


def test_the_plan_says_what_happens() -> None:
    # The share of the true podium that one round finds, over many panels, and what the plans foretold.
    foretold, happened = [], []
    for seed in range(40):
        panel = draw(MIDDLE, seed)
        found = estimate_panel([(UUID(int=j), UUID(int=1000 + e), s) for j, e, s in panel.rows()])
        foretold.append(plan_final(found, 0.8, teams=(6,), reviews=(3,)).without.hit)
        true = set(np.argsort(-panel.quality)[:3].tolist())
        happened.append(len(true & {id.int - 1000 for id in found.order[:3]}) / 3)
    assert np.mean(foretold) == pytest.approx(np.mean(happened), abs=0.1)


def test_small_fields_have_finals_too() -> None:
    one = estimate_panel([(UUID(int=1), UUID(int=2), 3.0)])
    assert plan_final(one, 0.9).without.hit == 1
    with pytest.raises(ValueError, match="a final needs entries"):
        plan_final(estimate_panel([]), 0.9)


def test_both_rounds_count() -> None:
    panel = draw(MIDDLE, 2)
    first = first_round(2)
    alone = estimate_panel(first)
    finalists = alone.order[:6]
    random = np.random.default_rng(1)
    final = [
        # Sterner in the final, all judges alike: that must press no finalist below the rest of the field.
        (UUID(int=j), id, panel.quality[id.int - 1000] * 1.5 + 3 + random.normal() * 0.5)
        for j in range(5)
        for id in finalists
    ]
    both = combine_rounds(first, final)
    assert final_judge(UUID(int=0)) in both.judges
    assert both.entries[finalists[0]].count == 3 + 5
    widths = [both.entries[id].high - both.entries[id].low for id in finalists]
    before = [alone.entries[id].high - alone.entries[id].low for id in finalists]
    assert sum(widths) < 0.85 * sum(before)
    truly_best = max(finalists, key=lambda id: panel.quality[id.int - 1000])
    assert both.order.index(truly_best) <= alone.order.index(truly_best)
    assert set(both.order[:10]) & set(finalists)

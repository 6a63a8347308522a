"""A judge who lifts a favourite, a judge who scores at random, and panels with nothing wrong."""

from uuid import UUID

import numpy as np

from judging.panels.suspicion import Side, suspicions
from tests.simulation.panels import KINDS, Panel, draw

MIDDLE, RANDOM = KINDS[2], KINDS[11]


def rows(panel: Panel) -> list[tuple[UUID, UUID, float]]:
    return [(UUID(int=judge), UUID(int=1000 + entry), score) for judge, entry, score in panel.rows()]


def test_a_lifted_favourite_stands_out() -> None:
    found = 0
    for seed in range(12):
        panel = draw(MIDDLE, seed)
        judge = seed % MIDDLE.judges
        mine = np.flatnonzero(panel.judge == judge)
        favourite = mine[np.argmin(panel.quality[panel.entry[mine]])]
        panel.score[mine] = np.clip(panel.score[mine] - 2, 1, 10)
        panel.score[favourite] = 10
        odd = suspicions(rows(panel)).scores
        named = [o for o in odd if (o.judge_id.int, o.entry_id.int - 1000) == (judge, panel.entry[favourite])]
        assert all(o.side is Side.FOR and o.score == 10 and o.expected < 7 for o in named)
        found += bool(named)
    assert found >= 9


def test_judges_who_score_at_random_are_named() -> None:
    found = [suspicions(rows(draw(RANDOM, seed))).judges for seed in range(12)]
    assert sum(len(judges) for judges in found) >= 18
    assert all(judge.noise > 1.6 and judge.count > 5 for judges in found for judge in judges)


def test_good_panels_seldom_have_a_flag() -> None:
    looked = [suspicions(rows(draw(kind, 500 + seed))) for kind in KINDS[:4] for seed in range(20)]
    assert sum(bool(found.scores) for found in looked) <= 4
    assert sum(bool(found.judges) for found in looked) <= 4


def test_the_order_of_the_rows_changes_nothing() -> None:
    given = rows(draw(RANDOM, 1))
    assert suspicions(reversed(given)) == suspicions(given)


def test_too_little_to_say() -> None:
    judge, entry = UUID(int=1), UUID(int=2)
    for few in ([], [(judge, entry, 3.0)], [(UUID(int=j), UUID(int=100 + e), 4.0) for j in range(5) for e in range(9)]):
        found = suspicions(few)
        assert (found.scores, found.judges) == ((), ())

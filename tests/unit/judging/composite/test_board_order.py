"""A composed board owes nothing to the order in which its scores come, and its official numbers nothing to ids."""

from collections.abc import Sequence
from random import Random
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from judging.composite.methods import Method, judged
from judging.panels import Score, estimate_panel
from judging.results.compose import Composed, compose
from judging.results.model import JudgedField
from tests.unit.judging.test_standings import Team

Given = tuple[int, int, float]
"""Judge, entry and points."""

POINTS = st.integers(0, 400).map(lambda n: n / 4)
PANELS = st.dictionaries(st.tuples(st.integers(1, 4), st.integers(1, 6)), POINTS, min_size=2).map(
    lambda found: [(judge, entry, points) for (judge, entry), points in found.items()]
)


def board(
    measured: Sequence[float], panel: Sequence[Given], method: Method, *, shift: int = 0, order: Random | None = None
) -> Composed:
    """The board of entries 1, 2, ... whose ids are moved by `shift`."""
    rows = [Score(UUID(int=judge + 100 + shift), UUID(int=entry + shift), points) for judge, entry, points in panel]
    scored = [Team(UUID(int=n + shift), score, score - 2, score + 2) for n, score in enumerate(measured, start=1)]
    if order is not None:
        order.shuffle(rows)
        order.shuffle(scored)
    estimate = estimate_panel(rows)
    field = JudgedField(method, tuple(rows), estimate, judged(rows, method, estimate=estimate))
    return compose(scored, field, share=40.0, ties=("judges",), least=1, seed="layanan")


@given(st.lists(POINTS, min_size=1, max_size=6), PANELS, st.sampled_from(Method), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_order_changes_nothing_and_ids_no_official_number(
    measured: list[float], panel: list[Given], method: Method, order: Random
) -> None:
    told = board(measured, panel, method)
    assert board(measured, panel, method, order=order) == told
    # Which entry has which draws goes by ids, so intervals may move by a draw; what is official may not.
    other = board(measured, panel, method, shift=7000)
    official = {
        row.entry_id.int: (row.place, row.score, row.automated, row.judges and row.judges.value) for row in told.rows
    }
    moved = {
        row.entry_id.int - 7000: (row.place, row.score, row.automated, row.judges and row.judges.value)
        for row in other.rows
    }
    assert moved == official
    assert other.basis == told.basis

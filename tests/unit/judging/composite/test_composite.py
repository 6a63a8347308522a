"""The official methods, totals with their doubt, ties, and sheets that anybody recomputes."""

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.composite import Method, Part, Standing, judged, sheet, totals
from judging.composite.sheet import recomputed
from judging.panels import estimate_panel

SARI, BAYU, RATNA, HENDRA = (UUID(int=1 + n) for n in range(4))
BANJIR, LAPOR, PASAR, SEKOLAH = (UUID(int=101 + n) for n in range(4))

POINTS = st.integers(0, 1000).map(lambda n: n / 10)


@st.composite
def panels(draw: st.DrawFn) -> list[tuple[UUID, UUID, float]]:
    cards = draw(
        st.dictionaries(
            st.tuples(st.sampled_from([SARI, BAYU, RATNA, HENDRA]), st.sampled_from([BANJIR, LAPOR, PASAR, SEKOLAH])),
            POINTS,
            min_size=1,
        )
    )
    return [(judge, entry, score) for (judge, entry), score in cards.items()]


def sure(values: Mapping[UUID, float]) -> dict[UUID, Standing]:
    return {id: Standing(value, value, value) for id, value in values.items()}


def test_mean_and_trimmed() -> None:
    rows = [(SARI, BANJIR, 50.0), (BAYU, BANJIR, 60.0), (RATNA, BANJIR, 61.0), (HENDRA, BANJIR, 100.0)]
    rows += [(SARI, LAPOR, 40.0), (BAYU, LAPOR, 50.0)]
    assert judged(rows, Method.MEAN)[BANJIR].value == 67.75
    assert judged(rows, Method.TRIMMED)[BANJIR].value == 60.5
    # Of two scores none can be left out.
    assert judged(rows, Method.TRIMMED)[LAPOR].value == 45.0


@given(panels(), st.sampled_from(Method))
@settings(max_examples=40)
def test_standings_are_points_with_their_doubt(rows: list[tuple[UUID, UUID, float]], method: Method) -> None:
    for standing in judged(rows, method).values():
        assert 0 <= standing.low <= standing.value <= standing.high <= 100


@given(panels(), st.sampled_from(Method))
@settings(max_examples=40)
def test_a_sheet_recomputes_by_hand(rows: list[tuple[UUID, UUID, float]], method: Method) -> None:
    estimate = estimate_panel(rows)
    official = judged(rows, method, estimate=estimate)
    for entry in official:
        shown = sheet(entry, rows, method, estimate)
        assert shown.value == official[entry].value
        assert shown.base == recomputed(shown.lines)
        for line in shown.lines:
            assert line.corrected == pytest.approx(line.score + line.correction, abs=0.0051)
        weights = sum(Fraction(str(line.weight)) for line in shown.lines)
        by_hand = sum(Fraction(str(line.weight)) * Fraction(str(line.corrected)) for line in shown.lines) / weights
        assert float(by_hand) == pytest.approx(shown.base, abs=0.00501)
        assert float(Fraction(str(shown.base)) + Fraction(str(shown.pull))) == pytest.approx(shown.value, abs=1e-9)
        if method is not Method.ADJUSTED:
            assert shown.pull == 0


def test_half_a_hundredth_goes_up_as_by_hand() -> None:
    rows = [(SARI, BANJIR, 0.0), (BAYU, BANJIR, 0.1), (RATNA, BANJIR, 49.4), (HENDRA, BANJIR, 4.2)]
    assert judged(rows, Method.MEAN)[BANJIR].value == 13.43


def test_a_sheet_of_an_entry_that_nobody_scored() -> None:
    rows = [(SARI, BANJIR, 50.0)]
    with pytest.raises(ValueError, match="nobody scored"):
        sheet(LAPOR, rows, Method.MEAN, estimate_panel(rows))


@pytest.mark.parametrize("score", [-0.1, 100.1, float("nan")])
def test_points_outside_of_0_to_100_are_refused(score: float) -> None:
    with pytest.raises(ValueError, match="points are from 0 to 100"):
        judged([(SARI, BANJIR, score)], Method.MEAN)


def test_a_total_is_the_weighted_mean_of_its_parts() -> None:
    automated = Part("automated", 40, sure({BANJIR: 80, LAPOR: 60}))
    judges = Part("judges", 60, sure({BANJIR: 50, LAPOR: 75, PASAR: 90}))
    rows = totals([automated, judges])
    assert [(row.entry_id, row.total, row.place) for row in rows] == [
        (LAPOR, 69.0, 1),
        (BANJIR, 62.0, 2),
        (PASAR, 54.0, 3),
    ]
    assert all(row.low == row.total == row.high and row.place_low == row.place == row.place_high for row in rows)


def test_equal_totals_are_told_apart_by_the_published_rule() -> None:
    automated = Part("automated", 1, sure({BANJIR: 60, LAPOR: 70, PASAR: 70, SEKOLAH: 10}))
    judges = Part("judges", 1, sure({BANJIR: 80, LAPOR: 70, PASAR: 70, SEKOLAH: 10}))
    rows = totals([automated, judges], ties=("judges",))
    assert [(row.entry_id, row.place) for row in rows] == [(BANJIR, 1), (LAPOR, 2), (PASAR, 2), (SEKOLAH, 4)]
    assert [row.tie_part for row in rows] == ["judges", "judges", "judges", ""]
    shared = totals([automated, judges])
    assert [row.place for row in shared] == [1, 1, 1, 4]
    assert [(row.place_low, row.place_high) for row in shared] == [(1, 1), (1, 1), (1, 1), (4, 4)]


def test_doubt_spreads_over_places() -> None:
    close = {id: Standing(60 - n, 50 - n, 70 - n) for n, id in enumerate((BANJIR, LAPOR, PASAR))}
    rows = totals([Part("judges", 1, {**close, SEKOLAH: Standing(10, 9, 11)})], seed="sukaraya")
    assert [(row.place, row.place_low, row.place_high) for row in rows] == [(1, 1, 3), (2, 1, 3), (3, 1, 3), (4, 4, 4)]
    assert rows[0].low == pytest.approx(50, abs=0.7)
    assert rows[0].high == pytest.approx(70, abs=0.7)


@given(st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_the_order_of_parts_and_entries_changes_nothing(random: Random) -> None:
    automated = sure({BANJIR: 60.1, LAPOR: 70.3, PASAR: 70.3})
    judges = {id: Standing(50 + n, 40, 70) for n, id in enumerate((BANJIR, LAPOR, PASAR, SEKOLAH))}
    plain = totals([Part("automated", 0.3, automated), Part("judges", 0.7, judges)], ties=("judges",), seed=7)
    mixed = [
        Part("judges", 0.7, dict(random.sample(list(judges.items()), 4))),
        Part("automated", 0.3, dict(random.sample(list(automated.items()), 3))),
    ]
    assert totals(mixed, ties=("judges",), seed=7) == plain


@pytest.mark.parametrize(
    ("parts", "ties"),
    [
        ([], ()),
        ([Part("judges", 0, {})], ()),
        ([Part("judges", -1, {}), Part("automated", 2, {})], ()),
        ([Part("judges", 1, {}), Part("judges", 1, {})], ()),
        ([Part("judges", 1, {})], ("luck",)),
    ],
)
def test_rules_that_make_no_total_are_refused(parts: list[Part], ties: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="parts"):
        totals(parts, ties=ties)


def test_no_entries_no_places() -> None:
    assert totals([Part("judges", 1, {})]) == ()

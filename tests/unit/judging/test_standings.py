"""Places, spans, brackets and trends, on the board of the twelve teams of Sukaraya and on random ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.standings import Bracket, Row, bests, brackets, same_standing, standings

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Team:
    """An entry's latest evaluated submission."""

    entry_id: UUID
    score: float
    low: float
    high: float
    tasks: Mapping[str, float] = field(default_factory=dict)
    metrics: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    number: int = 1
    status: str = "ok"
    finished_at: datetime = NOON
    fourfold: bool = False

    @property
    def team_id(self) -> UUID:
        return UUID(int=self.entry_id.int + 1000)


def team(identity: int, score: float, low: float | None = None, high: float | None = None) -> Team:
    return Team(UUID(int=identity), score, score if low is None else low, score if high is None else high)


# name, score, low, high, places its range allows
SUKARAYA = [
    ("Sigap Nota", 88.9, 87.9, 89.9, (1, 1)),
    ("Aksara Layanan", 86.1, 84.6, 87.6, (2, 4)),
    ("Lentera Warga", 85.0, 83.7, 86.3, (2, 4)),
    ("Kawan Lapor", 84.1, 82.5, 85.7, (2, 4)),
    ("Satu Meja", 80.3, 78.9, 81.7, (5, 7)),
    ("Tembusan", 79.8, 78.6, 81.0, (5, 7)),
    ("Rapikan", 78.8, 77.1, 80.5, (5, 8)),
    ("Jaga Data", 76.4, 75.1, 77.7, (7, 10)),
    ("Bilik Aduan", 73.8, 72.3, 75.3, (8, 10)),
    ("Padat Makna", 73.6, 71.8, 75.4, (8, 10)),
    ("Cermat", 69.1, 67.5, 70.7, (11, 11)),
    ("Pamong Muda", 64.9, 63.0, 66.8, (12, 12)),
]


def sukaraya() -> list[Team]:
    return [team(i, score, low, high) for i, (_, score, low, high, _) in enumerate(SUKARAYA, 1)]


def test_places_and_spans_of_the_board_of_sukaraya() -> None:
    rows = standings(reversed(sukaraya()))
    assert [row.place for row in rows] == list(range(1, 13))
    assert [(row.place_low, row.place_high) for row in rows] == [span for *_, span in SUKARAYA]


def test_brackets_hold_the_teams_that_reach_the_first_of_the_bracket() -> None:
    first, middle, last, alone = Bracket.FIRST, Bracket.MIDDLE, Bracket.LAST, Bracket.ALONE
    assert brackets(standings(sukaraya())) == (
        *(alone, first, middle, last),
        *(first, middle, last),
        *(first, middle, last),
        *(alone, alone),
    )


def test_equal_scores_share_a_place_and_the_next_is_skipped() -> None:
    later = NOON + timedelta(minutes=1)
    rows = standings([team(1, 50), replace(team(2, 70), finished_at=later), team(3, 70), team(4, 90)])
    assert [(row.place, row.entry_id.int) for row in rows] == [(1, 4), (2, 3), (2, 2), (4, 1)]


def test_a_sum_in_another_order_breaks_no_tie() -> None:
    rows = standings([team(1, 0.1 + 0.2 + 0.3), team(2, 0.3 + 0.2 + 0.1)])
    assert [row.place for row in rows] == [1, 1]
    assert rows[0].score == rows[1].score


def test_trend_is_against_the_board_before() -> None:
    before = standings([team(1, 80), team(2, 70), team(3, 60)])
    now = standings([team(1, 80), team(2, 70), team(3, 90), team(4, 10)], before)
    assert {row.entry_id.int: row.trend for row in now} == {3: 2, 1: -1, 2: -1, 4: None}


def test_the_best_of_a_task_needs_a_point() -> None:
    rows = standings(
        [replace(team(1, 50), tasks={"ringkas": 80.0, "rute": 0.0}), replace(team(2, 40), tasks={"ringkas": 90.0})]
    )
    assert bests(row.tasks for row in rows) == {"ringkas": 90.0}


def test_nobody_has_handed_in() -> None:
    assert standings([]) == ()
    assert brackets(()) == ()
    assert bests(()) == {}


def test_an_entry_has_one_row() -> None:
    with pytest.raises(ValueError, match="one row"):
        standings([team(1, 50), team(1, 60)])


def test_trend_alone_is_no_news_but_a_new_submission_is() -> None:
    rows = standings([team(1, 50), team(2, 60)])
    assert same_standing(rows, [replace(row, trend=3) for row in rows])
    assert not same_standing(rows, standings([replace(team(1, 50), number=2), team(2, 60)]))
    assert not same_standing(rows, rows[:1])


scores = st.floats(min_value=0, max_value=100, allow_nan=False)
boards = st.lists(st.tuples(scores, scores, scores), max_size=14).map(
    lambda triples: [
        replace(team(i, score, min(a, b), max(a, b)), finished_at=NOON + timedelta(seconds=i % 3))
        for i, (score, a, b) in enumerate(triples, 1)
    ]
)


@given(boards, st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(teams: list[Team], random: Random) -> None:
    shuffled = list(teams)
    random.shuffle(shuffled)
    assert standings(teams) == standings(shuffled)


@given(boards)
def test_what_every_board_keeps(teams: list[Team]) -> None:
    rows = standings(teams)
    assert len(rows) == len(teams)
    assert [row.score for row in rows] == sorted((row.score for row in rows), reverse=True)
    for row in rows:
        better = [other for other in rows if other.score > row.score]
        assert row.place == 1 + len(better)
        assert 1 <= row.place_low <= row.place <= row.place_high <= len(rows)
        assert row.low <= row.score <= row.high
    ties = [row.tie for row in rows]
    assert ties == sorted(ties)
    assert set(ties) == set(range(1, len(set(ties)) + 1))


@given(boards)
def test_equal_scores_are_never_torn_apart_by_a_bracket(teams: list[Team]) -> None:
    by_score: dict[float, set[int]] = {}
    for row in standings(teams):
        by_score.setdefault(row.score, set()).add(row.tie)
    assert all(len(ties) == 1 for ties in by_score.values())


@given(boards)
def test_brackets_open_and_close(teams: list[Team]) -> None:
    rows: tuple[Row, ...] = standings(teams)
    open_tie: int | None = None
    for row, part in zip(rows, brackets(rows), strict=True):
        if part in (Bracket.ALONE, Bracket.FIRST):
            assert open_tie is None
        else:
            assert open_tie == row.tie
        open_tie = row.tie if part in (Bracket.FIRST, Bracket.MIDDLE) else None
    assert open_tie is None


@given(boards)
def test_a_board_compared_with_itself_stands_still(teams: list[Team]) -> None:
    rows = standings(teams)
    assert all(row.trend == 0 for row in standings(teams, rows))
    assert same_standing(rows, standings(teams, rows))

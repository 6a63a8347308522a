"""The judges of Sukaraya get their entries: fair, even, linked, and never across a conflict."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.assignment import Assignment, AssignmentInfeasible, Cell, Constraint, assign_judges, coverage
from tests.unit.judging.assignment.flow import most

ENTRIES = [UUID(int=1000 + n) for n in range(40)]
JUDGES = [UUID(int=1 + n) for n in range(12)]
SARI, BAYU, RATNA, HENDRA = JUDGES[:4]
BANJIR, LAPOR, PASAR = ENTRIES[:3]


@dataclass(frozen=True)
class Field:
    """What is asked of an assignment."""

    entries: list[UUID]
    judges: list[UUID]
    k: int
    conflicts: frozenset[tuple[UUID, UUID]]
    max_load: int
    seed: int

    def assign(self, **more: object) -> tuple[Assignment, ...]:
        return assign_judges(self.entries, self.judges, self.k, self.conflicts, self.max_load, self.seed, **more)  # type: ignore[arg-type]

    def fits(self, max_load: int) -> bool:
        room = dict.fromkeys(self.judges, max_load)
        return most(self.entries, self.judges, self.k, self.conflicts, room) == self.k * len(self.entries)


@st.composite
def fields(draw: st.DrawFn) -> Field:
    entries = ENTRIES[: draw(st.integers(0, 9))]
    judges = JUDGES[: draw(st.integers(0, 6))]
    pairs = [(j, e) for j in judges for e in entries]
    conflicts = draw(st.frozensets(st.sampled_from(pairs))) if pairs and draw(st.booleans()) else frozenset()
    return Field(
        entries, judges, draw(st.integers(0, 4)), conflicts, draw(st.integers(0, 10)), draw(st.integers(0, 99))
    )


def attempt(field: Field) -> tuple[Assignment, ...] | AssignmentInfeasible:
    try:
        return field.assign()
    except AssignmentInfeasible as refusal:
        return refusal


def loads(found: tuple[Assignment, ...], judges: list[UUID]) -> list[int]:
    count = Counter(a.judge_id for a in found)
    return [count[judge] for judge in judges]


@given(fields())
@settings(max_examples=250)
def test_a_plan_keeps_every_constraint_or_there_is_none(field: Field) -> None:
    found = attempt(field)
    if isinstance(found, AssignmentInfeasible):
        assert not field.fits(field.max_load)
        assert found.missing > 0
        assert set(found.entries) <= set(field.entries)
        assert found.message.id
        assert found.message.en
        return
    assert len(set(found)) == len(found)
    assert Counter(a.entry_id for a in found) == Counter({e: field.k for e in field.entries if field.k})
    assert all((a.judge_id, a.entry_id) not in field.conflicts for a in found)
    heaviest = max(loads(found, field.judges), default=0)
    assert heaviest <= field.max_load
    if heaviest:
        # No other plan has a lighter heaviest load.
        assert not field.fits(heaviest - 1)


@given(fields(), st.randoms(use_true_random=False))
def test_the_order_of_the_arguments_changes_nothing(field: Field, random: Random) -> None:
    mixed = Field(
        random.sample(field.entries, len(field.entries)),
        random.sample(field.judges, len(field.judges)),
        field.k,
        field.conflicts,
        field.max_load,
        field.seed,
    )
    found, again = attempt(field), attempt(mixed)
    if isinstance(found, AssignmentInfeasible) or isinstance(again, AssignmentInfeasible):
        assert str(again) == str(found)
        return
    assert again == found


@given(fields())
def test_without_conflicts_loads_differ_by_at_most_one(field: Field) -> None:
    free = Field(field.entries, field.judges, min(field.k, len(field.judges)), frozenset(), 99, field.seed)
    given_loads = loads(free.assign(), free.judges)
    assert max(given_loads, default=0) - min(given_loads, default=0) <= 1


@given(fields(), st.data())
@settings(max_examples=120)
def test_finished_work_stays_and_late_ones_are_fitted_in(field: Field, data: st.DataObject) -> None:
    try:
        before = field.assign()
    except AssignmentInfeasible:
        return
    done = data.draw(st.sets(st.sampled_from(before))) if before else set()
    late = Field([*field.entries, PASAR_LATE], [*field.judges, HASAN_LATE], field.k, field.conflicts, 99, field.seed)
    try:
        after = late.assign(existing=done)
    except AssignmentInfeasible:
        assert not late.fits(99)
        return
    assert done <= set(after)
    assert Counter(a.entry_id for a in after) == Counter({e: field.k for e in late.entries if field.k})
    assert all((a.judge_id, a.entry_id) not in field.conflicts for a in after)


PASAR_LATE = UUID(int=7777)
HASAN_LATE = UUID(int=8888)


@pytest.mark.parametrize(("entries", "judges", "k"), [(20, 5, 2), (40, 12, 3), (40, 12, 2), (30, 10, 2)])
@pytest.mark.parametrize("seed", range(5))
def test_a_plan_is_linked_and_pairs_meet_evenly(entries: int, judges: int, k: int, seed: int) -> None:
    ids, panel = ENTRIES[:entries], JUDGES[:judges]
    plan = assign_judges(ids, panel, k, set(), 99, seed)
    seen = coverage(ids, panel, plan, k=k)
    assert seen.connected
    assert (seen.uncovered, seen.short) == ((), ())
    mean = entries * k * (k - 1) / (judges * (judges - 1))
    assert seen.pairs_most <= mean + 2
    assert seen.pairs_least >= mean - 2


def test_two_reviews_and_many_judges_are_linked_too() -> None:
    # 60 teams, 30 judges, 2 each: left to chance such a panel often falls into parts.
    ids, panel = [UUID(int=1000 + n) for n in range(60)], [UUID(int=1 + n) for n in range(30)]
    for seed in range(5):
        assert coverage(ids, panel, assign_judges(ids, panel, 2, set(), 4, seed), k=2).connected


def test_rooms_that_conflicts_close_stay_apart_and_that_shows() -> None:
    # Sari and Bayu may judge the first two only, Ratna and Hendra the third only.
    conflicts = {(SARI, PASAR), (BAYU, PASAR), *((j, e) for j in (RATNA, HENDRA) for e in (BANJIR, LAPOR))}
    plan = assign_judges([BANJIR, LAPOR, PASAR], [SARI, BAYU, RATNA, HENDRA], 2, conflicts, 9, "sukaraya")
    seen = coverage([BANJIR, LAPOR, PASAR], [SARI, BAYU, RATNA, HENDRA], plan, k=2, conflicts=conflicts)
    assert not seen.connected
    assert seen.parts == ((BANJIR, LAPOR), (PASAR,))


def test_a_wish_is_heard_where_fairness_leaves_a_choice() -> None:
    wishes = {(SARI, BANJIR): 1.0, (BAYU, LAPOR): 1.0, (RATNA, PASAR): 1.0}
    plan = assign_judges([BANJIR, LAPOR, PASAR], [SARI, BAYU, RATNA], 1, set(), 1, 3, affinity=wishes)
    assert {(a.judge_id, a.entry_id) for a in plan} == set(wishes)


def test_a_judge_who_left_keeps_what_is_done_and_gets_nothing_new() -> None:
    done = {Assignment(HENDRA, BANJIR)}
    plan = assign_judges([BANJIR, LAPOR], [SARI, BAYU, RATNA], 2, set(), 9, 1, existing=done)
    assert [a for a in plan if a.judge_id == HENDRA] == [Assignment(HENDRA, BANJIR)]
    assert Counter(a.entry_id for a in plan) == {BANJIR: 2, LAPOR: 2}


@pytest.mark.parametrize(
    ("k", "max_load", "conflicts", "constraint", "entries"),
    [
        (4, 9, set(), Constraint.JUDGES, (BANJIR, LAPOR, PASAR)),
        (2, 9, {(SARI, LAPOR), (BAYU, LAPOR)}, Constraint.CONFLICTS, (LAPOR,)),
        (2, 1, set(), Constraint.LOAD, None),
        (
            1,
            1,
            {(SARI, BANJIR), (BAYU, BANJIR), (SARI, LAPOR), (BAYU, LAPOR)},
            Constraint.CONFLICTS_AND_LOAD,
            (BANJIR, LAPOR),
        ),
    ],
)
def test_what_cannot_be_is_named(
    k: int,
    max_load: int,
    conflicts: set[tuple[UUID, UUID]],
    constraint: Constraint,
    entries: tuple[UUID, ...] | None,
) -> None:
    with pytest.raises(AssignmentInfeasible) as refused:
        assign_judges([BANJIR, LAPOR, PASAR], [SARI, BAYU, RATNA], k, conflicts, max_load, 1)
    assert refused.value.constraint is constraint
    if entries is not None:
        assert refused.value.entries == entries


def test_finished_work_in_conflict_is_named() -> None:
    with pytest.raises(AssignmentInfeasible) as refused:
        assign_judges([BANJIR], [SARI, BAYU], 1, {(SARI, BANJIR)}, 9, 1, existing=[Assignment(SARI, BANJIR)])
    assert refused.value.constraint is Constraint.EXISTING
    assert (refused.value.entries, refused.value.judges) == ((BANJIR,), (SARI,))


def test_a_large_event_is_planned() -> None:
    random = Random(5)
    ids, panel = [UUID(int=10_000 + n) for n in range(2000)], [UUID(int=1 + n) for n in range(200)]
    conflicts = {(random.choice(panel), random.choice(ids)) for _ in range(20_000)}
    plan = assign_judges(ids, panel, 5, conflicts, 51, "final")
    assert Counter(Counter(a.entry_id for a in plan).values()) == {5: 2000}
    assert set(Counter(a.judge_id for a in plan).values()) == {50}
    assert not {(a.judge_id, a.entry_id) for a in plan} & conflicts


def test_the_coverage_of_a_plan() -> None:
    done = Assignment(SARI, BANJIR)
    seen = coverage(
        [BANJIR, LAPOR, PASAR],
        [SARI, BAYU],
        [done, Assignment(BAYU, BANJIR), Assignment(BAYU, LAPOR)],
        k=2,
        done=[done],
        conflicts={(SARI, LAPOR)},
    )
    assert seen.cells == ((Cell.DONE, Cell.ASSIGNED), (Cell.CONFLICT, Cell.ASSIGNED), (Cell.FREE, Cell.FREE))
    assert seen.uncovered == (PASAR,)
    assert seen.short == (LAPOR, PASAR)
    assert seen.loads == {SARI: 1, BAYU: 2}
    assert seen.finished == {SARI: 1, BAYU: 0}
    assert seen.reviewed == {BANJIR: 1, LAPOR: 0, PASAR: 0}
    assert seen.parts == ((BANJIR, LAPOR),)


def test_every_pair_of_a_complete_panel_meets_everywhere() -> None:
    plan = assign_judges(ENTRIES[:5], JUDGES[:3], 3, set(), 5, 1)
    seen = coverage(ENTRIES[:5], JUDGES[:3], plan, k=3)
    assert all(seen.loads[j] == 5 for j in JUDGES[:3])
    assert {(a, b) for a, b in combinations(JUDGES[:3], 2)}
    assert (seen.pairs_least, seen.pairs_most) == (5, 5)

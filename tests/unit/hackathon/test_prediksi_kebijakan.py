"""The task `prediksi-kebijakan`: its tables and questions, and how forecasts and answers are measured."""

import copy
import math
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hackathon import benchmarks
from sandbox.model import Case
from sandbox.scoring import TaskScore
from sandbox.tasks import Task, load_public_cases
from tests.benchmark import Answer, grade_here, load_file, perfect, run_case

SLUG = "prediksi-kebijakan"
FOLDER = benchmarks.folder() / SLUG


@pytest.fixture(scope="module")
def grade(task: Task, test: Callable[..., None]) -> Callable[[Answer], TaskScore]:
    cases = load_public_cases(task)
    return lambda answer: grade_here(task, test, cases, answer)


def table_of(case: Case) -> dict[str, float]:
    """The table read by the starter's own hands."""
    reading = load_file(FOLDER / "starter" / "app.py")
    values = {reading.bulan(row["bulan"]): reading.angka(row["nilai"]) for row in case.input["tabel"]}
    return {at: value for at, value in values.items() if value is not None}


def test_directions_are_as_frequent_as_each_other(hidden: tuple[Case, ...]) -> None:
    assert set(Counter(case.expected["arah"] for case in hidden).values()) == {100}


def test_the_unit_of_errors_is_that_of_the_table(public: tuple[Case, ...], hidden: tuple[Case, ...]) -> None:
    for case in (*public, *hidden):
        table = table_of(case)
        errors = [
            abs(value - table[last]) for at, value in table.items() if (last := f"{int(at[:4]) - 1}{at[4:]}") in table
        ]
        assert case.expected["skala"] == pytest.approx(sum(errors) / len(errors), rel=1e-4), case.id


def test_what_is_forecast_follows_the_table_and_is_not_in_it(
    public: tuple[Case, ...], hidden: tuple[Case, ...]
) -> None:
    for case in (*public, *hidden):
        assert max(table_of(case)) < min(case.input["ramal"]), case.id
        assert [row["bulan"] for row in case.expected["ramalan"]] == case.input["ramal"]


def test_all_regions_at_once_lead_astray(hidden: tuple[Case, ...]) -> None:
    """A plain comparison over all regions is right far less often than one within the kind."""
    within = load_file(FOLDER / "baseline" / "app.py")
    pooled = load_file(FOLDER / "starter" / "app.py")
    right = [
        sum(direction(case.input) == case.expected["arah"] for case in hidden) / len(hidden)
        for direction in (pooled.arah, within.direction)
    ]
    assert right[0] < 0.4
    assert right[1] > 0.7


def test_as_a_year_ago_with_a_margin_is_about_the_floor(task: Task, test: Any, hidden: tuple[Case, ...]) -> None:
    starter = load_file(FOLDER / "starter" / "app.py").predict
    metrics = grade_here(task, test, hidden, lambda given: starter("", given)).metrics
    assert metrics["mase"].points <= 5
    assert metrics["pinball"].points <= 5


def test_endless_intervals_cover_nothing(grade: Callable[[Answer], TaskScore], public: tuple[Case, ...]) -> None:
    known = perfect(public)

    def endless(given: Any) -> Any:
        answer = copy.deepcopy(known(given))
        for row in answer["ramalan"]:
            row["bawah"], row["atas"] = -1e12, 1e12
        return answer

    metrics = grade(endless).metrics
    assert metrics["cakupan"].points == metrics["pinball"].points == 0.0
    assert metrics["mase"].points == 100.0


def test_half_a_percent_is_close_enough_and_a_whole_one_is_not(
    grade: Callable[[Answer], TaskScore], public: tuple[Case, ...]
) -> None:
    def off_by(share: float) -> Answer:
        known = perfect(public)

        def answer(given: Any) -> Any:
            spoilt = copy.deepcopy(known(given))
            for row in spoilt["jawaban"]:
                if not isinstance(row["jawab"], str):
                    row["jawab"] *= 1 + share
            return spoilt

        return answer

    assert grade(off_by(0.004)).metrics["jawaban"].points == 100.0
    assert grade(off_by(0.012)).metrics["jawaban"].points < 50


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**400), 10**400)
    | st.floats()
    | st.text(max_size=20)
    | st.text(st.characters(categories=["Cs"]), max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
PART = st.sampled_from(["nilai", "bawah", "atas", "bulan", "jawab", "id"])


@given(arah=JSON, values=st.lists(st.tuples(PART, JSON), max_size=6), whole=st.none() | JSON)
def test_hostile_answers_fail_a_case_and_nothing_else(
    test: Callable[..., None], public: tuple[Case, ...], arah: Any, values: list[tuple[str, Any]], whole: Any
) -> None:
    case = public[0]
    answer = copy.deepcopy(dict(case.expected))
    answer["arah"] = arah
    for at, (key, value) in enumerate(values):
        rows = answer["jawaban" if key in ("jawab", "id") else "ramalan"]
        rows[at % len(rows)][key] = value
    found = run_case(test, case, lambda given: answer if whole is None else whole)
    assert all(math.isfinite(one.value) and one.weight > 0 for one in found.metrics.values())

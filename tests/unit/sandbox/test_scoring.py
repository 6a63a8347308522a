"""Points, metric values, task scores and intervals."""

import dataclasses
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.model import CaseResult, CaseSet, Direction, Failure, Measurement, Protocol, Text
from sandbox.scoring import metric_value, points, score_runs, score_task
from sandbox.tasks import Metric, Task, TaskLimits

SEED = b"evaluation-of-alice"


def make_metric(name: str = "f1", **changes: object) -> Metric:
    title = Text(name, name)
    metric = Metric(name, title, Direction.HIGHER, 1.0, 0.2, 0.9, 0.0, "", 3, title, "test")
    return dataclasses.replace(metric, **changes)  # type: ignore[arg-type]  # the fields are named by the tests below


def make_task(*metrics: Metric, slug: str = "surat") -> Task:
    text = Text(slug, slug)
    return Task(
        slug=slug,
        version="1.0.0",
        title=text,
        summary=text,
        protocol=Protocol.INVOCATIONS,
        input_schema={},
        output_schema={},
        metrics=metrics or (make_metric(),),
        limits=TaskLimits(10, 1),
        cases={CaseSet.BOARD: 4, CaseSet.FINAL: 4},
        human_minutes=1,
        human_minutes_why=text,
        baseline={},
        folder=Path("surat"),
        files={},
        generator={},
        hash="0" * 64,
    )


def result(case_id: str, value: float | None = None, weight: float = 1.0, *, passed: bool = True) -> CaseResult:
    metrics = {} if value is None else {"f1": Measurement(value, weight)}
    return CaseResult(case_id, passed, 0.01, metrics, None if passed else Failure.BAD_ANSWER)


class TestPoints:
    @pytest.mark.parametrize(
        ("value", "expected"), [(0.0, 0), (0.2, 0), (0.55, 50), (0.9, 100), (1.0, 100), (math.nan, 0), (math.inf, 0)]
    )
    def test_linear_between_floor_and_target(self, value: float, expected: float) -> None:
        assert points(make_metric(), value) == pytest.approx(expected)

    @pytest.mark.parametrize(("value", "expected"), [(10.0, 0), (8.0, 0), (5.0, 50), (2.0, 100), (0.0, 100)])
    def test_lower_is_better(self, value: float, expected: float) -> None:
        metric = make_metric(direction=Direction.LOWER, floor=8.0, target=2.0, worst=10.0)
        assert points(metric, value) == pytest.approx(expected)

    @given(st.floats(-10, 10), st.floats(-10, 10))
    def test_monotone_and_bounded(self, one: float, other: float) -> None:
        low, high = sorted((one, other))
        assert 0 <= points(make_metric(), low) <= points(make_metric(), high) <= 100


class TestMetricValue:
    def test_weights_count(self) -> None:
        assert metric_value(make_metric(), [result("a", 1.0, 3), result("b", 0.0, 1)], 2) == 0.75

    def test_missing_cases_count_at_worst_with_the_mean_weight(self) -> None:
        # Two recorded with weights 3 and 1 (mean 2), two missing: 3 / (3 + 1 + 2 + 2).
        assert metric_value(make_metric(), [result("a", 1.0, 3), result("b", 0.0, 1)], 4) == 0.375

    def test_a_failed_case_without_the_metric_counts_at_worst(self) -> None:
        assert metric_value(make_metric(worst=-1.0), [result("a", 1.0), result("b", passed=False)], 2) == 0.0

    def test_a_failed_case_keeps_what_it_recorded(self) -> None:
        assert metric_value(make_metric(), [result("a", 0.4, passed=False)], 1) == 0.4

    def test_a_passed_case_without_the_metric_says_nothing(self) -> None:
        assert metric_value(make_metric(), [result("a", 0.7), result("b")], 2) == 0.7

    def test_nothing_that_counts_is_worst(self) -> None:
        assert metric_value(make_metric(worst=-3.0), [result("a", 1.0, 0.0)], 1) == -3.0
        assert metric_value(make_metric(worst=-3.0), [], 5) == -3.0

    @pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
    def test_no_number_counts_at_worst(self, value: float) -> None:
        assert metric_value(make_metric(), [result("a", 1.0), result("b", value)], 2) == 0.5

    def test_more_results_than_cases_and_repeated_ids_are_our_mistake(self) -> None:
        with pytest.raises(ValueError, match="2 results for 1 cases"):
            metric_value(make_metric(), [result("a", 1.0), result("b", 1.0)], 1)
        with pytest.raises(ValueError, match="two results"):
            metric_value(make_metric(), [result("a", 1.0), result("a", 0.0)], 2)

    @given(st.data())
    def test_order_does_not_matter(self, data: st.DataObject) -> None:
        numbers = st.tuples(st.floats(0, 1), st.floats(0, 5))
        cases = [result(f"c{n}", *pair) for n, pair in enumerate(data.draw(st.lists(numbers, max_size=20)))]
        shuffled = data.draw(st.permutations(cases))
        total = len(cases) + 2
        assert metric_value(make_metric(), cases, total) == metric_value(make_metric(), shuffled, total)
        task = [(make_task(), cases, total)]
        assert score_runs(task, seed=SEED, draws=50) == score_runs([(task[0][0], shuffled, total)], seed=SEED, draws=50)

    @given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.integers(0, 19), st.floats(0, 1))
    def test_a_better_case_never_lowers_the_value(self, values: list[float], at: int, better: float) -> None:
        at %= len(values)
        before = metric_value(make_metric(), [result(f"c{n}", v) for n, v in enumerate(values)], len(values))
        values[at] = max(values[at], better)
        after = metric_value(make_metric(), [result(f"c{n}", v) for n, v in enumerate(values)], len(values))
        assert after >= before


class TestScores:
    def test_task_score_is_the_weighted_mean_of_points(self) -> None:
        task = make_task(make_metric(weight=3.0), make_metric("other", weight=1.0))
        score = score_task(task, [result("a", 0.9)], 1)
        assert score.metrics["f1"].points == 100
        # The case passed without saying anything about the other metric, and no case did: worst.
        assert score.metrics["other"].points == 0
        assert score.score == 75

    def test_no_cases_is_zero_to_zero(self) -> None:
        scored = score_runs([(make_task(), [], 40)], seed=SEED)
        assert (scored.score, scored.low, scored.high) == (0, 0, 0)

    def test_equal_cases_leave_no_doubt(self) -> None:
        scored = score_runs([(make_task(), [result(f"c{n}", 0.55) for n in range(20)], 20)], seed=SEED)
        assert (scored.score, scored.low, scored.high) == (50, 50, 50)

    def test_interval_holds_the_score_and_is_repeatable(self) -> None:
        cases = [result(f"c{n}", 0.3 + 0.011 * n) for n in range(40)]
        one = score_runs([(make_task(), cases, 40)], seed=SEED)
        assert one == score_runs([(make_task(), cases, 40)], seed=SEED)
        assert one.low < one.score < one.high
        assert one != score_runs([(make_task(), cases, 40)], seed=b"evaluation-of-bob")

    def test_interval_is_the_textbook_one_where_there_is_a_textbook(self) -> None:
        """100 cases of 0 or 1, half each: the mean has standard error 0.05, so 90 % lie within 1.645 of them."""
        metric = make_metric(floor=0.0, target=1.0)
        cases = [result(f"c{n}", n % 2) for n in range(100)]
        scored = score_runs([(make_task(metric), cases, 100)], seed=SEED)
        assert scored.low == pytest.approx(50 - 8.2, abs=1.0)
        assert scored.high == pytest.approx(50 + 8.2, abs=1.0)

    def test_more_cases_make_it_narrower(self) -> None:
        def width(count: int) -> float:
            scored = score_runs([(make_task(), [result(f"c{n}", n % 2) for n in range(count)], count)], seed=SEED)
            return scored.high - scored.low

        assert width(160) < width(40) < width(10)

    def test_weights_of_tasks(self) -> None:
        good = (make_task(slug="a"), [result("x", 0.9)], 1)
        bad = (make_task(slug="b"), [result("x", 0.2)], 1)
        assert score_runs([good, bad], seed=SEED).score == 50
        assert score_runs([good, bad], {"a": 3.0}, seed=SEED).score == 75
        assert score_runs([bad, good], {"a": 3.0}, seed=SEED) == score_runs([good, bad], {"a": 3.0}, seed=SEED)

    def test_nonsense_is_refused(self) -> None:
        task = make_task()
        with pytest.raises(ValueError, match="exactly once"):
            score_runs([], seed=SEED)
        with pytest.raises(ValueError, match="exactly once"):
            score_runs([(task, [], 1), (task, [], 1)], seed=SEED)
        with pytest.raises(ValueError, match="positive"):
            score_runs([(task, [], 1)], {task.slug: 0.0}, seed=SEED)

    @given(st.lists(st.floats(-5, 5, allow_nan=False), max_size=12), st.integers(0, 4))
    def test_always_between_zero_and_a_hundred(self, values: list[float], missing: int) -> None:
        total = max(1, len(values) + missing)
        cases = [result(f"c{n}", v) for n, v in enumerate(values)]
        scored = score_runs([(make_task(), cases, total)], seed=SEED, draws=100)
        assert 0 <= scored.low <= scored.score <= scored.high <= 100

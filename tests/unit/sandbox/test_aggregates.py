"""Values of a whole run that are no means of cases: gaps between groups, calibration errors."""

from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.aggregates import odd_groups, tabulate
from sandbox.errors import TaskInvalid
from sandbox.grader.trial import Recorder, merge
from sandbox.grading import read_measurement
from sandbox.model import Aggregate, CaseResult, Direction, Failure, Text
from sandbox.scoring import draw_times, metric_value, score_draws, score_task
from sandbox.tasks import Metric
from tests.unit.sandbox.test_scoring import make_metric, make_task

Row = tuple[float, float, str]

DECISIONS = [
    # Decision, truth, sex: six women and six men who ask for a licence.
    *((1, 1, "p"), (0, 1, "p"), (0, 1, "p"), (1, 0, "p"), (0, 0, "p"), (0, 0, "p")),
    *((1, 1, "l"), (1, 1, "l"), (1, 1, "l"), (0, 1, "l"), (1, 0, "l"), (0, 0, "l")),
]

decisions = st.lists(
    st.tuples(st.sampled_from([0.0, 1.0]), st.sampled_from([0, 1]), st.sampled_from(["p", "l", "x"])), min_size=1
)


def a_metric(aggregate: Aggregate, **changes: object) -> Metric:
    return make_metric(
        "gap", direction=Direction.LOWER, floor=0.5, target=0.0, worst=1.0, aggregate=aggregate, **changes
    )


def results(cases: Iterable[Sequence[Row]]) -> list[CaseResult]:
    """Cases with what each recorded, as it comes from a grader; one that recorded nothing failed."""
    told = []
    for number, rows in enumerate(cases):
        record = Recorder()
        for value, weight, group in rows:
            record("gap", value, weight, group=group)
        metrics = {name: read_measurement(row) for name, row in merge([record.metrics()]).items()}
        told.append(CaseResult(f"c{number:03}", bool(rows), 0.1, metrics, None if rows else Failure.TOO_SLOW))
    return told


def value_of(aggregate: Aggregate, cases: Sequence[Sequence[Row]], missing: int = 0) -> float:
    return metric_value(a_metric(aggregate), results(cases), len(cases) + missing)


def rate(rows: Iterable[tuple[float, int, str]]) -> float | None:
    decided = [decision for decision, _, _ in rows]
    return sum(decided) / len(decided) if decided else None


def spread(rows: Sequence[tuple[float, int, str]]) -> float:
    rates = [rate(row for row in rows if row[2] == group) for group in ("p", "l", "x")]
    there = [one for one in rates if one is not None]
    return max(there) - min(there) if there else 0.0


class TestGap:
    def test_demographic_parity_and_equalised_odds_differences(self) -> None:
        # By hand: 2/6 of the women and 4/6 of the men are accepted; of the entitled
        # 1/3 and 3/4; of the others 1/3 and 1/2.
        parity = value_of(Aggregate.GAP, [[(d, 1, sex)] for d, _, sex in DECISIONS])
        odds = value_of(Aggregate.GAP, [[(d, 1, f"{truth}/{sex}")] for d, truth, sex in DECISIONS])
        assert parity == pytest.approx(1 / 3, abs=1e-6)
        assert odds == pytest.approx(3 / 4 - 1 / 3, abs=1e-6)

    @given(decisions)
    def test_as_defined(self, rows: list[tuple[float, int, str]]) -> None:
        parity = value_of(Aggregate.GAP, [[(d, 1, sex)] for d, _, sex in rows])
        odds = value_of(Aggregate.GAP, [[(d, 1, f"{truth}/{sex}")] for d, truth, sex in rows])
        assert parity == pytest.approx(spread(rows), abs=1e-6)
        wanted = max(spread([row for row in rows if row[1] == truth]) for truth in (0, 1))
        assert odds == pytest.approx(wanted, abs=1e-6)

    def test_records_of_one_case_are_records_of_their_own(self) -> None:
        one = value_of(Aggregate.GAP, [[(d, 1, sex) for d, _, sex in DECISIONS]])
        assert one == value_of(Aggregate.GAP, [[(d, 1, sex)] for d, _, sex in DECISIONS])
        assert value_of(Aggregate.GAP, [[(1, 3, "p"), (0, 1, "p"), (0, 5, "l"), (1, 0, "l")]]) == 0.75

    def test_a_group_alone_has_no_gap_and_nothing_recorded_is_the_worst(self) -> None:
        assert value_of(Aggregate.GAP, [[(1, 1, "p")], [(0, 1, "p")]]) == 0.0
        assert value_of(Aggregate.GAP, [[(1, 1, "0/p")], [(0, 1, "1/l")]]) == 0.0
        assert value_of(Aggregate.GAP, [[], []]) == 1.0


class TestCalibration:
    def test_error_by_hand(self) -> None:
        # Bins: 0.12 and 0.18 (one of two came to pass), 0.95 (did not), 1.0 (did; the last bin too).
        rows: list[Row] = [(0.12, 1, "1"), (0.18, 1, "0"), (0.95, 1, "0"), (1.0, 1, "1")]
        wanted = (2 * abs(0.15 - 0.5) + 2 * abs(0.975 - 0.5)) / 4
        assert value_of(Aggregate.CALIBRATION, [[row] for row in rows]) == pytest.approx(wanted, abs=1e-6)

    @given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from(["0", "1"])), min_size=1))
    def test_as_defined(self, rows: list[tuple[float, str]]) -> None:
        bins: dict[int, list[tuple[float, str]]] = {}
        for chance, came in rows:
            bins.setdefault(min(int(chance * 10), 9), []).append((chance, came))
        error = sum(
            len(held)
            / len(rows)
            * abs(np.mean([chance for chance, _ in held]) - np.mean([float(came) for _, came in held]))
            for held in bins.values()
        )
        told = value_of(Aggregate.CALIBRATION, [[(chance, 1, came)] for chance, came in rows])
        assert told == pytest.approx(error, abs=1e-6)


@pytest.mark.parametrize("aggregate", [Aggregate.GAP, Aggregate.CALIBRATION])
def test_cases_without_an_answer_pull_towards_the_worst_by_their_share(aggregate: Aggregate) -> None:
    fair: list[list[Row]] = [[(0.0, 1, "0"), (1.0, 1, "1")], [(0.0, 1, "0"), (1.0, 1, "1")]]
    whole = value_of(aggregate, fair)
    assert value_of(aggregate, [*fair, [], []]) == pytest.approx(whole / 2 + 0.5, abs=1e-6)
    assert value_of(aggregate, fair, missing=2) == pytest.approx(whole / 2 + 0.5, abs=1e-6)


@pytest.mark.parametrize("aggregate", list(Aggregate))
def test_resamples_are_the_values_of_the_resampled_cases(aggregate: Aggregate) -> None:
    cases: list[list[Row]] = [[(d, 1 + truth, "1" if sex == "p" else "0")] for d, truth, sex in DECISIONS]
    cases += [[], [(1.0, 0, "0")]]
    metric, told = a_metric(aggregate), results(cases)
    times = draw_times(len(cases), seed=b"Ambon", draws=40)
    drawn = tabulate(metric, told, len(cases)).drawn(times, 0.123)
    for row, value in zip(times, drawn, strict=True):
        again = [case for case, often in zip(cases, row, strict=True) for _ in range(int(often))]
        # The mean weight, at which a case without an answer counts, is the whole sample's.
        if [] not in again:
            assert value == pytest.approx(metric_value(metric, results(again), len(again)), abs=2e-6)
    assert np.isfinite(drawn).all()
    points = 100 * (1 - drawn / 0.5).clip(0, 1)
    assert score_draws(make_task(metric), told, times) == pytest.approx(points)


def test_a_metric_of_weight_0_is_told_and_not_counted() -> None:
    shown, counted = a_metric(Aggregate.GAP, weight=0.0), make_metric()
    record = Recorder()
    record("f1", 0.9)
    record("gap", 1.0, group="p")
    record("gap", 0.0, group="l")
    metrics = {name: read_measurement(told) for name, told in record.metrics().items()}
    case = CaseResult("a", True, 0.1, metrics)
    score = score_task(make_task(shown, counted), [case], 1)
    assert (score.score, score.metrics["gap"].value, score.metrics["gap"].points) == (100.0, 1.0, 0.0)
    assert list(score_draws(make_task(shown, counted), [case], np.ones((2, 1)))) == [100.0, 100.0]


@pytest.mark.parametrize("group", ["a/b/c", "/a", "a/", "a" * 41, "a b", "a\n", 3, None])
def test_a_group_is_a_short_word(group: object) -> None:
    with pytest.raises(ValueError, match="group"):
        Recorder()("gap", 1.0, group=group)  # type: ignore[arg-type]  # a task may pass anything


def test_a_case_does_not_record_groups_without_end() -> None:
    record = Recorder()
    for number in range(200):
        record("gap", 1.0, group=str(number))
    with pytest.raises(ValueError, match="more than 200"):
        record("gap", 1.0, group="one-more")


def test_groups_that_cannot_be_compared_are_told() -> None:
    alone, unnamed, two = results([[(1, 1, "p")]]), results([[(1, 1, "")]]), results([[(1, 1, "p"), (1, 1, "l")]])
    gap, calibration = a_metric(Aggregate.GAP), a_metric(Aggregate.CALIBRATION)
    assert odd_groups(gap, alone) is not None
    assert odd_groups(gap, unnamed) is not None
    assert odd_groups(gap, two) is None
    assert "not" in (odd_groups(calibration, two) or "")
    assert odd_groups(calibration, results([[(0.5, 1, "1")]])) is None
    assert odd_groups(make_metric(why=Text("a", "a")), alone) is None


def test_groups_of_a_run_are_bounded() -> None:
    """A task that takes them from answers would let a team choose what its score costs."""
    cases = [[(1.0, 1.0, f"g{case}-{number}") for number in range(13)] for case in range(5)]
    assert value_of(Aggregate.GAP, cases[:4]) == 0.0
    with pytest.raises(TaskInvalid, match="65 groups"):
        value_of(Aggregate.GAP, cases)

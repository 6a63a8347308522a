"""What a case gave: recorded values, reasons, what is shown."""

import math

import pytest

from sandbox.grader import faults, trial
from sandbox.grader.trial import Recorder


def test_values_of_one_metric_become_a_weighted_mean() -> None:
    record = Recorder()
    record("f1", 1.0, weight=3)
    record("f1", 0.0)
    record("sah", True)
    assert record.metrics() == {"f1": [0.75, 4.0], "sah": [1.0, 1.0]}


def test_values_without_weight_keep_their_mean() -> None:
    record = Recorder()
    record("f1", 1.0, weight=0)
    record("f1", 0.5, weight=0)
    assert record.metrics() == {"f1": [0.75, 0.0]}


@pytest.mark.parametrize(("value", "weight"), [(math.nan, 1), (math.inf, 1), (1, -1), (1, math.nan)])
def test_a_value_that_cannot_be_scored_is_the_tasks_error(value: float, weight: float) -> None:
    with pytest.raises(ValueError, match="f1"):
        Recorder()("f1", value, weight)


@pytest.mark.parametrize("name", ["", None, 3])
def test_a_metric_needs_a_name(name: str) -> None:
    with pytest.raises(TypeError):
        Recorder()(name, 1.0)


def test_the_tests_of_a_case_are_merged() -> None:
    merged = trial.merge([{"a": [1.0, 1.0]}, {"a": [0.0, 3.0], "b": [0.5, 1.0]}, {}])
    assert merged == {"a": [0.25, 4.0], "b": [0.5, 1.0]}


def test_a_wrong_answer_is_told_in_the_first_line_of_the_assert() -> None:
    reason = trial.explain(AssertionError("nomor surat berbeda\nassert 1 == 2"), "/t")
    assert reason.failure == faults.WRONG
    assert reason.id.endswith("nomor surat berbeda")


def test_an_error_of_the_task_is_not_blamed_on_the_team() -> None:
    reason = trial.explain(KeyError("nama"), "/t")
    assert reason.failure == faults.TASK_ERROR
    assert "bukan program Anda" in reason.id


def test_hidden_outcomes_have_no_reason_but_the_tasks_own() -> None:
    hidden = trial.test_outcome(0, None, AssertionError("RAHASIA"), "/t", visible=False)
    assert hidden == {"case": 0, "metrics": {}, "failure": "wrong"}
    assert "reason" in trial.test_outcome(0, None, KeyError("x"), "/t", visible=False)
    assert "reason" in trial.test_outcome(0, None, AssertionError("x"), "/t", visible=True)


def test_a_case_passes_when_all_its_tests_do() -> None:
    good = trial.test_outcome(4, None, None, "/t", visible=True)
    bad = trial.test_outcome(4, None, AssertionError("beda"), "/t", visible=True)
    assert trial.case_message(4, [good, good], 0.5, {"x": 1})["passed"] is True
    message = trial.case_message(4, [good, bad], 0.5, {"x": 1})
    assert (message["passed"], message["failure"], message["got"]) == (False, "wrong", {"x": 1})
    assert trial.case_message(4, [], 0.5, None)["passed"] is False


def test_a_large_output_is_shown_by_its_size() -> None:
    assert trial.shown({"x": "a" * 100_000}) == "(100009 byte)"
    assert trial.shown(None) is None

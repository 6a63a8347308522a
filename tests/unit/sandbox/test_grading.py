"""Messages to a grader, and results out of what it sends: sense is checked, hidden things are dropped."""

import base64
import logging
from pathlib import Path
from typing import Any

import pytest

from sandbox import grading
from sandbox.conformance import samples
from sandbox.errors import GraderFailed, TaskInvalid
from sandbox.limits import Limits
from sandbox.model import Case, CaseSet, Failure, Measurement, Text
from sandbox.provider import Job
from sandbox.tasks import load_task


@pytest.fixture
def job(tmp_path: Path) -> Job:
    task = load_task(samples.write_task(tmp_path / "gema", "gema", samples.ECHO_TEST, samples.GENERATE))
    return Job(task, CaseSet.PUBLIC, samples.cases(2))


def _hidden(job: Job) -> Job:
    return Job(job.task, CaseSet.BOARD, job.cases)


def _message(**changes: Any) -> dict[str, Any]:
    return {
        "op": "case",
        "index": 0,
        "passed": False,
        "seconds": 0.5,
        "metrics": {"same": [0.25, 2.0]},
        "failure": "wrong",
        "reason": {"id": "beda", "en": "differs"},
        "got": {"x": 1},
        **changes,
    }


def test_a_key_stands_for_the_task_with_these_very_cases(job: Job) -> None:
    same = Job(job.task, CaseSet.BOARD, samples.cases(2))
    other = Job(job.task, CaseSet.PUBLIC, (*samples.cases(1), Case("p1", {"x": 1}, 2)))
    assert grading.job_key(job) == grading.job_key(same) != grading.job_key(other)


def test_a_grader_is_told_the_task_and_the_limits(job: Job) -> None:
    prepare = grading.prepare_message("k", job)
    assert base64.b64decode(prepare["files"]["test_task.py"]).decode() == samples.ECHO_TEST
    assert "generate.py" not in prepare["files"]
    assert prepare["cases"][1] == {"id": "p1", "input": {"x": 1}, "expected": 1}
    limits = Limits()
    run = grading.run_message("k", _hidden(job), first=True, http={}, run=limits.run, answer=limits.answer)
    assert (run["visible"], run["wait_ready"], run["case_seconds"]) == (False, True, 10.0)
    assert (run["answer_bytes"], run["json_depth"]) == (1024 * 1024, 64)


def test_a_visible_result_is_whole(job: Job) -> None:
    result = grading.case_result(_message(), job.cases[0], job)
    assert (result.case_id, result.passed, result.failure) == ("p0", False, Failure.WRONG)
    assert result.metrics == {"same": Measurement(0.25, 2.0)}
    assert (result.message, result.got) == (Text("beda", "differs"), {"x": 1})


def test_a_hidden_result_has_neither_words_nor_answer_even_when_the_grader_sends_them(job: Job) -> None:
    result = grading.case_result(_message(), job.cases[0], _hidden(job))
    assert (result.message, result.got, result.failure) == (None, None, Failure.WRONG)


@pytest.mark.parametrize(
    "changes",
    [
        {"failure": "lain"},
        {"metrics": {"same": [1.0]}},
        {"metrics": {"same": ["x", 1.0]}},
        {"metrics": [1]},
        {"seconds": None},
        {"seconds": float("nan")},
        {"metrics": {"same": [float("inf"), 1.0]}},
        {"reason": {"id": "x"}},
    ],
)
def test_a_result_without_sense_is_the_graders_failure(job: Job, changes: dict[str, Any]) -> None:
    with pytest.raises(GraderFailed):
        grading.case_result(_message(**changes), job.cases[0], job)


def test_an_error_of_the_task_is_told_to_the_organizers(job: Job, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        result = grading.case_result(_message(failure="task_error"), job.cases[0], _hidden(job))
    assert result.message is None
    assert "p0" in caplog.text


def _report(*tests: tuple[int, str]) -> dict[str, Any]:
    return {"op": "report", "report": {"tests": [{"metadata": {"case": n}, "outcome": o} for n, o in tests]}}


def test_a_report_must_agree_with_the_cases(job: Job) -> None:
    results = [
        grading.case_result(_message(passed=True, failure=None), job.cases[0], job),
        grading.case_result(_message(index=1), job.cases[1], job),
    ]
    grading.check_report(_report((0, "passed"), (0, "passed"), (1, "passed"), (1, "failed")), results, job)
    for wrong in (
        _report((0, "passed")),
        _report((0, "passed"), (1, "passed")),
        _report((0, "failed"), (1, "failed")),
        {"op": "report", "report": {}},
        {"op": "report"},
    ):
        with pytest.raises(GraderFailed):
            grading.check_report(wrong, results, job)
    with pytest.raises(GraderFailed):
        grading.check_report(_report((0, "passed"), (1, "failed")), results[:1], job)


def test_generated_cases_are_checked_as_those_of_a_file_are() -> None:
    rows = [{"id": f"k{number}", "input": {}, "expected": 1} for number in range(3)]
    assert len(grading.generated_cases({"op": "cases", "cases": rows}, 3)) == 3
    for wrong in (rows[:2], [*rows[:2], rows[0]], [{"id": "k"}], ["x"], [{"id": "\ud800", "input": {}, "expected": 1}]):
        with pytest.raises(TaskInvalid):
            grading.generated_cases({"op": "cases", "cases": wrong}, 3)
    with pytest.raises(TaskInvalid, match=r"generate\.py:4"):
        grading.generated_cases({"op": "invalid", "path": "generate.py", "line": 4, "reason": "x"}, 3)

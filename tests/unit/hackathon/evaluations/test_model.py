"""Rules of evaluations: pauses, the overall status, and what is kept of a hidden case."""

from datetime import timedelta

import msgspec
import pytest

from hackathon.evaluations.model import (
    Plan,
    PlannedTask,
    decode_plan,
    encode_plan,
    overall_status,
    pause_after,
    stored_case,
)
from sandbox.limits import Limits, RunLimits
from sandbox.model import CaseResult, CaseSet, Failure, Measurement, Run, Status, Text

CRASH = Text(id="Prototipe berhenti.", en="The prototype stopped.")
FINE = Text(id="Selesai.", en="Done.")


def run(task: str, status: Status, message: Text) -> Run:
    return Run(task, CaseSet.BOARD, status, message, (), 1.0)


def test_pauses_double_and_end_at_five_minutes() -> None:
    assert [pause_after(n).total_seconds() for n in range(5)] == [0, 2, 4, 8, 16]
    assert pause_after(9) == timedelta(minutes=5)
    assert pause_after(10_000) == timedelta(minutes=5)


def test_the_first_bad_end_is_the_status_of_the_evaluation() -> None:
    runs = (run("a", Status.OK, FINE), run("b", Status.CRASHED, CRASH), run("c", Status.TIMED_OUT, FINE))

    assert overall_status(runs) == (Status.CRASHED, CRASH)
    assert overall_status(runs[:1]) == (Status.OK, FINE)


def test_an_evaluation_without_a_run_has_no_status() -> None:
    with pytest.raises(ValueError):
        overall_status(())


def test_of_a_hidden_case_neither_answer_nor_words_are_stored() -> None:
    secret = "Jalan Merdeka 17"
    result = CaseResult(
        "board-1",
        passed=False,
        seconds=0.25,
        metrics={"f1": Measurement(0.5, 2.0)},
        failure=Failure.WRONG,
        message=Text(id=f"harusnya {secret}", en=f"should be {secret}"),
        got={"alamat": secret},
    )

    for case_set in (CaseSet.BOARD, CaseSet.FINAL):
        row = stored_case(result, case_set)
        assert secret not in msgspec.json.encode(row).decode()
        assert row == {
            "id": "board-1",
            "passed": False,
            "seconds": 0.25,
            "metrics": {"f1": [0.5, 2.0]},
            "failure": "wrong",
        }
    assert stored_case(result, CaseSet.PUBLIC)["got"] == {"alamat": secret}


def test_a_plan_survives_its_encoding() -> None:
    plan = Plan(
        CaseSet.BOARD,
        (PlannedTask("otomasi-formulir", "1.0.0", "ab" * 32, 2.0, 60),),
        "cd" * 32,
        Limits(run=RunLimits(total_seconds=12.5)),
    )

    assert decode_plan(encode_plan(plan)) == plan
    assert plan.weights == {"otomasi-formulir": 2.0}

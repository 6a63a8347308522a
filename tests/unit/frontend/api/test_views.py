"""What the API shows of an evaluation: of hidden cases only counts, whatever it is given."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest

from frontend.api.views import evaluation_body, outcome
from hackathon.evaluations import EvaluationProgress, Progress, State, TaskProgress
from sandbox.model import CaseSet, Status, Text

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
OK = Text(id="Selesai.", en="Done.")
CRASHED = Text(id="Berhenti sendiri.", en="It ended by itself.")

SECRET_CASE = {
    "id": "b07",
    "passed": False,
    "seconds": 0.1,
    "metrics": {"f1": [0.5, 1.0]},
    "failure": "wrong",
    "message": {"id": "rahasia", "en": "secret"},
    "got": {"nama": "rahasia"},
}


def task(cases: tuple[dict[str, Any], ...]) -> TaskProgress:
    return TaskProgress(
        task="otomasi-formulir",
        status=Status.OK,
        message=OK,
        done=1,
        total=1,
        passed=0,
        score=50.0,
        metrics={"f1": {"value": 0.5, "points": 50.0}},
        cases=cases,
        failed={"wrong": 1},
    )


def evaluation(case_set: CaseSet, status: Status = Status.OK, message: Text = OK) -> EvaluationProgress:
    return EvaluationProgress(
        id=UUID(int=1),
        case_set=case_set,
        state=State.FINISHED,
        attempt=1,
        status=status,
        message=message,
        score=50.0,
        low=40.0,
        high=60.0,
        finished_at=NOW,
        tasks=(task((SECRET_CASE,)),),
    )


def progress(*evaluations: EvaluationProgress) -> Progress:
    return Progress(
        submission_id=UUID(int=2),
        entry_id=UUID(int=3),
        team_id=UUID(int=4),
        track_id=UUID(int=5),
        number=1,
        received_at=NOW,
        charged=True,
        now=NOW,
        steps=(),
        place=None,
        waiting=None,
        estimate_seconds=None,
        evaluations=evaluations,
        failures=0,
        has_log=True,
    )


@pytest.mark.parametrize("case_set", [CaseSet.BOARD, CaseSet.FINAL])
def test_a_hidden_case_does_not_leave(case_set: CaseSet) -> None:
    body = evaluation_body(evaluation(case_set))
    assert body.tasks[0].cases is None
    assert body.tasks[0].failed == {"wrong": 1}
    told = msgspec.json.encode(body).decode()
    assert "rahasia" not in told
    assert "b07" not in told


def test_a_public_case_is_shown_whole() -> None:
    (case,) = evaluation_body(evaluation(CaseSet.PUBLIC)).tasks[0].cases or []
    assert (case.id, case.got, case.failure) == ("b07", {"nama": "rahasia"}, "wrong")
    assert case.metrics == {"f1": 0.5}
    assert case.message is not None
    assert case.message.en == "secret"


def test_a_submission_ends_as_its_first_bad_evaluation() -> None:
    public, board = evaluation(CaseSet.PUBLIC), evaluation(CaseSet.BOARD)
    crashed = replace(board, status=Status.CRASHED, message=CRASHED)
    assert outcome(progress(public, board)) == (Status.OK, OK)
    assert outcome(progress(public, crashed)) == (Status.CRASHED, CRASHED)
    running = replace(board, state=State.RUNNING, status=None, message=None)
    assert outcome(progress(public, running)) == (None, None)

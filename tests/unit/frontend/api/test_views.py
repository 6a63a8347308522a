"""What the API shows of an evaluation: of hidden cases only counts, whatever it is given."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from frontend.api.shapes import MetricBody
from frontend.api.views import evaluation_body, leaderboard_body, outcome, step_body
from hackathon.evaluations import EvaluationProgress, Progress, State, Step, StepName, StepState, TaskProgress
from hackathon.events import Event, Rules, Schedule, Track, TrackTask
from judging.publications import Publication
from judging.standings import Row
from sandbox.model import Case, CaseSet, Status, Text

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
    "expected": {"nama": "rahasia juga"},
}

CASES = {"otomasi-formulir": {"b07": Case("b07", {"teks": "surat rahasia"}, {"nama": "rahasia juga"})}}


def task(cases: tuple[dict[str, Any], ...]) -> TaskProgress:
    return TaskProgress(
        task="otomasi-formulir",
        hash="0" * 64,
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
        round=1,
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
    )


@pytest.mark.parametrize("case_set", [CaseSet.BOARD, CaseSet.FINAL])
def test_a_hidden_case_does_not_leave(case_set: CaseSet) -> None:
    body = evaluation_body(evaluation(case_set), CASES)
    assert body.tasks[0].cases is None
    assert body.tasks[0].failed == {"wrong": 1}
    told = msgspec.json.encode(body).decode()
    assert "rahasia" not in told
    assert "b07" not in told


def test_a_public_case_is_shown_whole() -> None:
    (case,) = evaluation_body(evaluation(CaseSet.PUBLIC), CASES).tasks[0].cases or []
    assert (case.id, case.got, case.failure) == ("b07", {"nama": "rahasia"}, "wrong")
    assert case.metrics == {"f1": 0.5}
    assert case.message is not None
    assert case.message.en == "secret"
    assert (case.input, case.expected) == ({"teks": "surat rahasia"}, {"nama": "rahasia juga"})


def test_a_public_case_of_a_version_that_is_gone_has_no_input() -> None:
    (case,) = evaluation_body(evaluation(CaseSet.PUBLIC)).tasks[0].cases or []
    assert (case.input, case.expected) == (None, {"nama": "rahasia juga"})


EXACT = 66.6666666667
LATE = NOW.replace(microsecond=987654)


def exactly(case_set: CaseSet) -> EvaluationProgress:
    figures = {"f1": {"value": 0.123456789, "points": EXACT}, "waktu": {"value": 98765.4321, "points": 12.345678}}
    told = replace(task(()), score=EXACT, metrics=figures)
    return replace(evaluation(case_set), score=EXACT, low=60.004999, high=70.005001, finished_at=LATE, tasks=(told,))


@pytest.mark.parametrize("case_set", [CaseSet.BOARD, CaseSet.FINAL])
def test_figures_of_hidden_cases_are_told_no_finer_than_people_need(case_set: CaseSet) -> None:
    body = evaluation_body(exactly(case_set))
    assert (body.score, body.low, body.high, body.finished_at) == (66.67, 60.0, 70.01, NOW)
    (told,) = body.tasks
    assert told.score == 66.67
    assert told.metrics == {"f1": MetricBody(0.1235, 66.67), "waktu": MetricBody(98770.0, 12.35)}


def test_figures_of_public_cases_are_told_as_they_are() -> None:
    body = evaluation_body(exactly(CaseSet.PUBLIC))
    assert (body.score, body.low, body.high, body.finished_at) == (EXACT, 60.004999, 70.005001, NOW)
    assert body.tasks[0].score == EXACT
    assert body.tasks[0].metrics["f1"] == MetricBody(0.123456789, EXACT)


def test_figures_that_are_not_there_yet_are_told_as_none() -> None:
    running = replace(evaluation(CaseSet.BOARD), state=State.RUNNING, score=None, low=None, high=None, finished_at=None)
    body = evaluation_body(replace(running, tasks=(replace(task(()), score=None, metrics={}),)))
    assert (body.score, body.low, body.high, body.finished_at, body.tasks[0].score) == (None,) * 5


def test_steps_are_told_in_whole_seconds() -> None:
    body = step_body(Step(StepName.TEST, StepState.DONE, LATE, None, OK))
    assert (body.since, body.until) == (NOW, None)


def test_a_board_is_told_like_the_evaluations_behind_it_and_keeps_its_places() -> None:
    track = Track(UUID(int=5), UUID(int=6), "layanan", OK, 1, (TrackTask("otomasi-formulir"),))
    opens = [NOW + timedelta(days=day) for day in range(5)]
    event = Event(UUID(int=6), "asn-2026", OK, "Asia/Jakarta", Schedule(*opens), Rules(), False, (track,), (), {}, NOW)
    first = Row(
        entry_id=UUID(int=1), team_id=UUID(int=11), place=1, place_low=1, place_high=2, tie=1, score=88.888888,
        low=80.123456, high=90.987654, tasks={"otomasi-formulir": 88.888888}, metrics={}, submission_number=3,
        status="ok", evaluated_at=LATE, trend=None,
    )  # fmt: skip
    second = replace(first, entry_id=UUID(int=2), team_id=UUID(int=12), place=2, score=88.887777)
    publication = Publication(UUID(int=7), track.id, 1, (first, second), LATE, "0" * 64)
    body = leaderboard_body(event, track, publication, {UUID(int=11): ("Kawan Lapor", "Kota Sukaraya")}, NOW)
    assert body.published_at == NOW
    assert [(row.place, row.score) for row in body.rows] == [(1, 88.89), (2, 88.89)]
    told = body.rows[0]
    assert (told.low, told.high, told.tasks, told.evaluated_at) == (80.12, 90.99, {"otomasi-formulir": 88.89}, NOW)


def test_a_submission_ends_as_its_first_bad_evaluation() -> None:
    public, board = evaluation(CaseSet.PUBLIC), evaluation(CaseSet.BOARD)
    crashed = replace(board, status=Status.CRASHED, message=CRASHED)
    assert outcome(progress(public, board)) == (Status.OK, OK)
    assert outcome(progress(public, crashed)) == (Status.CRASHED, CRASHED)
    running = replace(board, state=State.RUNNING, status=None, message=None)
    assert outcome(progress(public, running)) == (None, None)

"""Which version of an entry counts."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from hackathon.evaluations import State, Version, counting
from sandbox.model import Status

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FIRST = Version(
    submission_id=UUID(int=1),
    number=1,
    filename="lapor.zip",
    received_at=NOW,
    charged=True,
    state=State.FINISHED,
    round=1,
    failures=0,
    status=Status.OK,
    score=70.0,
    low=65.0,
    high=75.0,
    finished_at=NOW,
)
SECOND = replace(FIRST, submission_id=UUID(int=2), number=2, status=Status.CRASHED, score=0.0)
REFUSED = replace(FIRST, submission_id=UUID(int=3), number=3, status=Status.REFUSED, charged=False, score=0.0)
WAITING = replace(FIRST, submission_id=UUID(int=4), number=4, state=State.QUEUED, status=None, score=None)


def test_without_a_choice_the_latest_evaluated_one_counts_also_one_that_failed() -> None:
    assert counting([WAITING, REFUSED, SECOND, FIRST], None) is SECOND
    assert counting([FIRST, SECOND], None) is SECOND


def test_the_chosen_one_counts() -> None:
    assert counting([SECOND, FIRST], FIRST.submission_id) is FIRST


def test_nothing_counts_before_the_first_result() -> None:
    assert counting([WAITING, REFUSED], None) is None
    assert counting([], None) is None


def test_one_that_is_tested_again_still_counts() -> None:
    again = replace(SECOND, state=State.RUNNING, round=2)
    assert again.evaluated
    assert counting([again, FIRST], None) is again

"""Every status and every class of failure has its words in both languages, and says what to do."""

import pytest

from frontend.api.telling import Share, told_share
from frontend.pages.outcomes import OUTCOMES
from frontend.pages.result.advice import BY_FAILURE, BY_STATUS, NOT_REACHED, Advice
from sandbox.model import Failure, Status, Text


def whole(text: Text) -> bool:
    return all(len(words) > 2 and words[0].isupper() for words in (text.id, text.en)) and text.id != text.en


@pytest.mark.parametrize("status", list(Status))
def test_every_status_says_what_to_do(status: Status) -> None:
    assert whole(BY_STATUS[status])
    assert (status in OUTCOMES) is (status is not Status.OK)
    if status in OUTCOMES:
        assert whole(OUTCOMES[status].word)
        assert whole(OUTCOMES[status].detail)


@pytest.mark.parametrize("advice", [*BY_FAILURE.values(), NOT_REACHED], ids=lambda advice: advice.word.en)
def test_every_class_of_failure_says_what_it_is_and_what_helps(advice: Advice) -> None:
    assert whole(advice.word)
    assert whole(advice.meaning)
    assert whole(advice.help)


def test_no_class_of_failure_is_left_out() -> None:
    assert set(BY_FAILURE) == set(Failure)


@pytest.mark.parametrize(
    ("count", "share"),
    [
        (0, Share.NONE),
        (-1, Share.NONE),
        (1, Share.FEW),
        (9, Share.FEW),
        (10, Share.SOME),
        (19, Share.SOME),
        (20, Share.MANY),
        (39, Share.MANY),
        (40, Share.ALL),
    ],
)
def test_hidden_cases_are_counted_coarsely(count: int, share: Share) -> None:
    assert told_share(count, 40) is share
    assert told_share(count, 0) is Share.NONE

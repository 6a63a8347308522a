"""Who is slow, and who may be reminded."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from judging.notices.model import APART, FRESH, Standing, reminder_id, work_letter_id

OPENS = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(hours=100)
BEFORE = OPENS - timedelta(days=3)


def standing(assigned: int, sent: int, at: datetime = BEFORE, **more: object) -> Standing:
    values: dict[str, object] = {
        "judge_id": UUID(int=1),
        "account_id": UUID(int=2),
        "name": "Ratna",
        "account_name": "Ratna",
        "email": "ratna@sukaraya.go.id",
        "unreached": None,
        "language": "id",
        "assigned": assigned,
        "sent": sent,
        "all_given": (at,) * assigned,
        "given": (at,) * (assigned - sent),
        "reminded_at": None,
        "reminded_by_hand": False,
    }
    return Standing(**values | more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("assigned", "sent", "hours", "slow"),
    [
        (6, 0, 20, False),  # a fifth of the time: 1.2 would be sent
        (6, 0, 25, True),
        (6, 1, 25, False),
        (6, 4, 90, True),
        (6, 5, 90, False),  # less than one behind
        (6, 6, 99, False),
        (1, 0, 49, False),
        (1, 0, 50, True),
        (0, 0, 99, False),
        (60, 0, 24, False),  # early, however many
        (60, 14, 50, True),
        (6, 5, 200, True),  # past the end nothing breaks
    ],
)
def test_slow_is_a_scorecard_behind_an_even_pace(assigned: int, sent: int, hours: int, slow: bool) -> None:
    assert standing(assigned, sent).is_slow(OPENS, CLOSES, OPENS + timedelta(hours=hours)) is slow


def test_what_was_given_late_has_its_own_pace() -> None:
    now = OPENS + timedelta(hours=50)
    more = standing(10, 5, all_given=(BEFORE,) * 5 + (now,) * 5)
    assert more.expected(OPENS, CLOSES, now) == pytest.approx(2.5)
    assert not more.is_slow(OPENS, CLOSES, now)
    # Opens and closes at one moment: all is late, nothing divides by zero.
    assert standing(2, 0).is_slow(OPENS, OPENS, OPENS)


def test_once_a_day_and_never_for_nothing() -> None:
    now = OPENS + timedelta(hours=60)
    assert standing(6, 2).may_be_reminded(now)
    assert not standing(6, 6).may_be_reminded(now)
    assert not standing(6, 2, email=None).may_be_reminded(now)
    assert not standing(6, 2, reminded_at=now - APART + timedelta(seconds=1)).may_be_reminded(now)
    assert standing(6, 2, reminded_at=now - APART).may_be_reminded(now)
    # By itself only for what is no news.
    assert not standing(6, 2, given=(now - FRESH + timedelta(seconds=1),) * 4).is_due(now)
    assert standing(6, 2, given=(now, now - FRESH)).is_due(now)


def test_a_letter_is_known_by_what_it_is_about() -> None:
    assert reminder_id(UUID(int=1), CLOSES) == reminder_id(UUID(int=1), CLOSES)
    assert reminder_id(UUID(int=1), CLOSES) != reminder_id(UUID(int=1), CLOSES + timedelta(days=1))
    assert work_letter_id(UUID(int=1), OPENS) != work_letter_id(UUID(int=2), OPENS)

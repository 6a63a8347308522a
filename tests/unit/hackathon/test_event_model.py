"""Phase, deadline and freeze."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from hackathon.events import Extension, Phase, Schedule, Scope, Standing, deadline, is_frozen, phase, teams_lock

TEAM, TRACK, VENUE, OTHER = (UUID(int=number) for number in range(1, 5))
START = datetime(2026, 11, 23, 2, tzinfo=UTC)


def _day(number: float) -> datetime:
    return START + timedelta(days=number)


SCHEDULE = Schedule(_day(0), _day(1), _day(3), _day(5), _day(7), freeze_at=_day(4))
STANDING = Standing(team_id=TEAM, track_id=TRACK, venue_id=VENUE)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (_day(-1), Phase.UPCOMING),
        (_day(0), Phase.REGISTRATION),
        (_day(1) - timedelta(microseconds=1), Phase.REGISTRATION),
        (_day(1), Phase.BUILDING),
        (_day(3) - timedelta(microseconds=1), Phase.BUILDING),
        (_day(3), Phase.JUDGING),
        (_day(5), Phase.OBJECTION),
        (_day(7), Phase.CLOSED),
    ],
)
def test_a_phase_begins_at_its_moment(now: datetime, expected: Phase) -> None:
    assert phase(SCHEDULE, now) is expected


@pytest.mark.parametrize(
    ("extensions", "expected"),
    [
        ((), 3.0),
        ((Extension(Scope.EVENT, None, _day(3.5)),), 3.5),
        ((Extension(Scope.VENUE, VENUE, _day(3.5)),), 3.5),
        ((Extension(Scope.TRACK, TRACK, _day(3.5)),), 3.5),
        ((Extension(Scope.TEAM, TEAM, _day(3.5)), Extension(Scope.EVENT, None, _day(3.2))), 3.5),
        ((Extension(Scope.TEAM, OTHER, _day(3.5)), Extension(Scope.VENUE, OTHER, _day(4))), 3.0),
        ((Extension(Scope.TEAM, TRACK, _day(3.5)),), 3.0),
        ((Extension(Scope.EVENT, None, _day(2)),), 3.0),
    ],
)
def test_the_latest_extension_that_is_for_the_entry_counts(extensions: tuple[Extension, ...], expected: float) -> None:
    assert deadline(SCHEDULE, extensions, STANDING) == _day(expected)


def test_a_team_without_a_venue_gets_no_venues_extension() -> None:
    nowhere = Standing(team_id=TEAM, track_id=TRACK, venue_id=None)
    assert deadline(SCHEDULE, (Extension(Scope.VENUE, VENUE, _day(4)),), nowhere) == _day(3)


def test_a_board_is_frozen_from_its_moment_until_the_reveal() -> None:
    assert not is_frozen(SCHEDULE, _day(4) - timedelta(microseconds=1))
    assert is_frozen(SCHEDULE, _day(4))
    assert is_frozen(SCHEDULE, _day(5) - timedelta(microseconds=1))
    assert not is_frozen(SCHEDULE, _day(5))
    assert not is_frozen(Schedule(_day(0), _day(1), _day(3), _day(5), _day(7)), _day(4))


def test_teams_lock_at_the_end_of_building_unless_a_date_is_set() -> None:
    assert teams_lock(SCHEDULE) == _day(3)
    assert teams_lock(replace(SCHEDULE, teams_lock_at=_day(0.5))) == _day(0.5)

"""What a change of schedule would do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from hackathon.events import Extension, Phase, Schedule, Scope
from hackathon.schedules import Moment, effects, fingerprint, misplaced

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

SCHEDULE = Schedule(
    registration_opens=NOW - timedelta(days=20),
    building_opens=NOW - timedelta(days=5),
    building_closes=NOW + timedelta(days=2),
    judging_closes=NOW + timedelta(days=10),
    objection_closes=NOW + timedelta(days=14),
)


def test_the_same_schedule_changes_nothing() -> None:
    found = effects(SCHEDULE, SCHEDULE, (), NOW)
    assert found.changes == ()
    assert not found.is_grave


def test_a_later_deadline_is_no_grave_change() -> None:
    new = replace(SCHEDULE, building_closes=NOW + timedelta(days=3))
    found = effects(SCHEDULE, new, (), NOW)
    (change,) = found.changes
    assert (change.moment, change.before, change.after) == (
        Moment.BUILDING_CLOSES,
        SCHEDULE.building_closes,
        new.building_closes,
    )
    assert not found.deadline_earlier
    assert not found.is_grave


@pytest.mark.parametrize("moment", ["building_closes", "objection_closes"])
def test_less_time_than_was_told_is_grave(moment: str) -> None:
    new = replace(SCHEDULE, **{moment: getattr(SCHEDULE, moment) - timedelta(minutes=1)})
    found = effects(SCHEDULE, new, (), NOW)
    assert found.deadline_earlier
    assert found.is_grave


def test_teams_that_are_fixed_earlier_have_less_time() -> None:
    assert effects(SCHEDULE, replace(SCHEDULE, teams_lock_at=NOW + timedelta(days=1)), (), NOW).deadline_earlier
    assert not effects(SCHEDULE, replace(SCHEDULE, teams_lock_at=SCHEDULE.building_closes), (), NOW).deadline_earlier


def test_another_phase_at_once_is_grave() -> None:
    new = replace(SCHEDULE, building_opens=NOW + timedelta(hours=1))
    found = effects(SCHEDULE, new, (), NOW)
    assert (found.phase_before, found.phase_after) == (Phase.BUILDING, Phase.REGISTRATION)
    assert not found.deadline_earlier
    assert found.is_grave


def test_a_freeze_that_begins_or_ends_at_once_is_told() -> None:
    frozen = replace(SCHEDULE, freeze_at=NOW - timedelta(minutes=5))
    begins, ends = effects(SCHEDULE, frozen, (), NOW), effects(frozen, SCHEDULE, (), NOW)
    assert (begins.frozen_before, begins.frozen_after) == (False, True)
    assert (ends.frozen_before, ends.frozen_after) == (True, False)
    # What was kept back and is shown now cannot be unseen.
    assert (begins.is_grave, ends.is_grave) == (False, True)
    assert begins.changes[0].before is None
    assert ends.changes[0].after is None


def test_extensions_that_everybody_would_have_are_told() -> None:
    venue = Extension(Scope.VENUE, UUID(int=1), SCHEDULE.building_closes + timedelta(hours=2))
    team = Extension(Scope.TEAM, UUID(int=2), SCHEDULE.building_closes + timedelta(days=2))
    new = replace(SCHEDULE, building_closes=SCHEDULE.building_closes + timedelta(hours=2))
    assert effects(SCHEDULE, new, (venue, team), NOW).overtaken == (venue,)


@pytest.mark.parametrize(
    ("moment", "days", "wrong"),
    [
        ("building_opens", -21, Moment.BUILDING_OPENS),
        ("building_closes", -5, Moment.BUILDING_CLOSES),
        ("judging_closes", 1, Moment.JUDGING_CLOSES),
        ("objection_closes", 10, Moment.OBJECTION_CLOSES),
        ("teams_lock_at", -20, Moment.TEAMS_LOCK_AT),
        ("teams_lock_at", 3, Moment.TEAMS_LOCK_AT),
        ("freeze_at", -6, Moment.FREEZE_AT),
        ("freeze_at", 10, Moment.FREEZE_AT),
    ],
)
def test_moments_in_a_wrong_order_are_named(moment: str, days: int, wrong: Moment) -> None:
    found = misplaced(replace(SCHEDULE, **{moment: NOW + timedelta(days=days)}))
    assert list(found) == [wrong]
    assert found[wrong].id.endswith(".")


def test_a_schedule_in_order_has_nothing_wrong() -> None:
    assert misplaced(SCHEDULE) == {}
    assert misplaced(replace(SCHEDULE, freeze_at=SCHEDULE.building_opens)) == {}


def test_a_fingerprint_is_of_the_moments_not_of_how_they_are_written() -> None:
    jakarta = timezone(timedelta(hours=7))
    same = replace(SCHEDULE, building_closes=SCHEDULE.building_closes.astimezone(jakarta))
    assert fingerprint(same) == fingerprint(SCHEDULE)
    other = replace(SCHEDULE, building_closes=SCHEDULE.building_closes + timedelta(microseconds=1))
    assert fingerprint(other) != fingerprint(SCHEDULE)
    assert fingerprint(replace(SCHEDULE, freeze_at=NOW)) != fingerprint(SCHEDULE)

from datetime import UTC, datetime, timedelta

from frontend.demo.plan import LEAST_LEFT, load_plan, moved
from hackathon.events import Phase, phase

NOW = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)


def test_every_team_hands_in_folders_that_are_there() -> None:
    plan = load_plan()
    assert len(plan.teams) >= 8
    assert len({team.name for team in plan.teams}) == len(plan.teams)
    people = [person for team in plan.teams for person in team.members]
    assert len(set(people)) == len(people), "a person is in one team"
    venues = {venue.slug for venue in plan.event.venues}
    for team in plan.teams:
        assert team.venue in venues, team.name
        assert plan.event.rules.team_size_min <= len(team.members) <= plan.event.rules.team_size_max, team.name
        assert team.folders
        assert all(folder.is_dir() for folder in team.folders), team.name


def test_the_building_phase_is_open_on_whatever_day() -> None:
    event = load_plan().event
    for day in range(0, 1000, 37):
        now = NOW + timedelta(days=day)
        schedule = moved(event, now).schedule
        assert phase(schedule, now) is Phase.BUILDING
        assert schedule.building_closes - now > LEAST_LEFT


def test_the_rhythm_of_the_file_is_kept() -> None:
    event = load_plan().event
    schedule = moved(event, NOW).schedule
    written = event.schedule
    assert schedule.judging_closes - schedule.building_opens == written.judging_closes - written.building_opens


def test_a_schedule_that_is_open_stays() -> None:
    event = load_plan().event
    old = moved(event, NOW).schedule
    assert moved(event, NOW + timedelta(hours=3), old).schedule == old
    late = old.building_closes - timedelta(hours=1)
    assert moved(event, late, old).schedule != old
    assert phase(moved(event, late, old).schedule, late) is Phase.BUILDING

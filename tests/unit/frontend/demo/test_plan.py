from collections import Counter
from datetime import UTC, datetime, timedelta

from frontend.demo.plan import LEAST_LEFT, load_plan, moved
from hackathon import benchmarks
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


def test_every_shipped_task_has_a_track_and_teams_in_it() -> None:
    plan = load_plan()
    task_of = {track.slug: track.tasks[0].slug for track in plan.event.tracks}
    assert set(task_of.values()) == set(benchmarks.available())
    teams = Counter(further.track for team in plan.teams for further in team.further)
    for track in task_of:
        assert track == plan.event.tracks[0].slug or teams[track] >= 3, track
    for team in plan.teams:
        for further in team.further:
            folder = benchmarks.load(task_of[further.track]).folder
            assert all((folder / name).is_dir() for name in further.prototypes), team.name


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


def test_the_agenda_moves_with_the_event_and_keeps_its_times_of_day() -> None:
    event = load_plan().event
    for hours in range(0, 72, 5):
        spec = moved(event, NOW + timedelta(hours=hours))
        days = {
            (after.at - before.at) / timedelta(days=1)
            for before, after in zip(event.content.agenda, spec.content.agenda, strict=True)
        }
        assert len(days) == 1
        (shift,) = days
        assert shift == int(shift)
        assert abs(spec.content.agenda[0].at - spec.schedule.building_opens) <= timedelta(hours=14)
        assert moved(event, NOW + timedelta(hours=hours), spec.schedule).content == spec.content


def test_the_event_says_everything_that_a_page_can_show_in_two_languages() -> None:
    plan = load_plan()
    content = plan.event.content
    for part in (content.themes, content.agenda, content.terms, content.criteria, content.prizes, content.faq):
        assert part
    assert content.partners
    assert content.summary is not None
    assert all(venue.address for venue in plan.event.venues)
    assert all(track.summary for track in plan.event.tracks)
    assert len(plan.news) == 2
    assert all(news.title.en and news.body.id for news in plan.news)

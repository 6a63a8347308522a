"""The queue played forward: places are fair, times follow slots, limits and pauses."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hackathon.evaluations.forecast import Forecast, Running, Waiting, forecast

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SPACE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
KARSA, LENTERA, SAMUDRA = (uuid5(SPACE, name) for name in ("Karsa", "Lentera", "Samudra"))


def submission(name: str) -> UUID:
    return uuid5(SPACE, f"submission {name}")


def waiting(name: str, team: UUID, *, age: float, pause: float = 0.0, limit: int = 1) -> Waiting:
    queued = NOW - timedelta(seconds=age)
    return Waiting(submission(name), team, queued, max(queued, NOW + timedelta(seconds=pause)), limit)


def order_of(result: dict[UUID, Forecast], names: list[str]) -> list[str]:
    return sorted(names, key=lambda name: result[submission(name)].place)


def test_a_team_with_one_submission_is_second_behind_a_team_with_six() -> None:
    names = [f"karsa-{n}" for n in range(6)]
    queue = [waiting(name, KARSA, age=60 - n) for n, name in enumerate(names)] + [waiting("lentera", LENTERA, age=1)]

    result = forecast(queue, [], {}, slots=1, seconds=10.0, now=NOW)

    assert order_of(result, [*names, "lentera"]) == ["karsa-0", "lentera", *names[1:]]
    assert result[submission("lentera")] == Forecast(2, 10.0, 20.0)


def test_the_team_served_longest_ago_is_first_and_one_never_served_before_all() -> None:
    queue = [waiting(name, team, age=5) for name, team in (("k", KARSA), ("l", LENTERA), ("s", SAMUDRA))]
    served = {KARSA: NOW - timedelta(minutes=1), LENTERA: NOW - timedelta(minutes=9)}

    result = forecast(queue, [], served, slots=1, seconds=10.0, now=NOW)

    assert order_of(result, ["k", "l", "s"]) == ["s", "l", "k"]


def test_a_team_at_its_limit_waits_although_a_slot_is_free() -> None:
    queue = [waiting("k2", KARSA, age=5)]
    active = [Running(submission("k1"), KARSA, NOW - timedelta(seconds=4))]

    result = forecast(queue, active, {KARSA: NOW - timedelta(seconds=4)}, slots=4, seconds=10.0, now=NOW)

    assert result[submission("k2")] == Forecast(1, 6.0, 16.0)


def test_a_limit_of_two_lets_two_run_at_once() -> None:
    queue = [waiting("k2", KARSA, age=5, limit=2), waiting("k3", KARSA, age=4, limit=2)]
    active = [Running(submission("k1"), KARSA, NOW)]

    result = forecast(queue, active, {}, slots=4, seconds=10.0, now=NOW)

    assert result[submission("k2")].starts_in == 0.0
    assert result[submission("k3")].starts_in == 10.0


def test_a_pause_after_a_failure_of_ours_delays_only_the_one_that_failed() -> None:
    queue = [waiting("k", KARSA, age=50, pause=30.0), waiting("l", LENTERA, age=5)]

    result = forecast(queue, [], {}, slots=1, seconds=10.0, now=NOW)

    assert result[submission("l")].starts_in == 0.0
    assert result[submission("k")].starts_in == 30.0


def test_an_evaluation_longer_than_typical_still_counts_as_running() -> None:
    active = [Running(submission("k1"), KARSA, NOW - timedelta(minutes=5))]

    result = forecast([waiting("l", LENTERA, age=5)], active, {}, slots=1, seconds=10.0, now=NOW)

    assert result[submission("l")].starts_in == 1.0


def test_what_an_ending_worker_runs_holds_no_slot_of_the_others() -> None:
    active = [Running(submission("k1"), KARSA, NOW, keeps_slot=False)]
    queue = [waiting("l", LENTERA, age=5), waiting("s", SAMUDRA, age=4)]

    result = forecast(queue, active, {}, slots=1, seconds=10.0, now=NOW)

    assert result[submission("l")] == Forecast(1, 0.0, 10.0)
    assert result[submission("s")] == Forecast(2, 10.0, 20.0)


def test_without_a_worker_places_are_known_and_times_are_not() -> None:
    queue = [waiting("k", KARSA, age=5), waiting("l", LENTERA, age=4)]

    result = forecast(queue, [], {}, slots=0, seconds=10.0, now=NOW)

    assert result[submission("l")] == Forecast(2, None, None)


def test_an_empty_queue_has_no_forecast() -> None:
    assert forecast([], [], {}, slots=2, seconds=10.0, now=NOW) == {}


@given(
    teams=st.lists(st.integers(0, 4), min_size=1, max_size=25),
    slots=st.integers(1, 5),
    limit=st.integers(1, 3),
    busy=st.lists(st.integers(0, 4), max_size=4),
)
def test_every_waiting_submission_gets_one_place_and_no_later_place_starts_earlier(
    teams: list[int], slots: int, limit: int, busy: list[int]
) -> None:
    ids = [uuid5(SPACE, f"team {n}") for n in range(5)]
    queue = [waiting(str(n), ids[team], age=100 - n, limit=limit) for n, team in enumerate(teams)]
    active = [Running(submission(f"busy {n}"), ids[team], NOW - timedelta(seconds=n)) for n, team in enumerate(busy)]

    result = forecast(queue, active, {}, slots=slots, seconds=10.0, now=NOW)

    ordered = sorted(result.values(), key=lambda f: f.place)
    starts = [f.starts_in for f in ordered if f.starts_in is not None]
    assert [f.place for f in ordered] == list(range(1, len(teams) + 1))
    assert starts == sorted(starts)
    for moment in set(starts):
        assert sum(1 for start in starts if start <= moment < start + 10.0) <= slots


@pytest.mark.parametrize("slots", [1, 2])
def test_while_all_teams_have_work_no_team_is_served_twice_before_another_once(slots: int) -> None:
    teams = {"k": KARSA, "l": LENTERA, "s": SAMUDRA}
    queue = [waiting(f"{key}{n}", team, age=100 - n) for n in range(4) for key, team in teams.items()]

    result = forecast(queue, [], {}, slots=slots, seconds=10.0, now=NOW)

    names = order_of(result, [f"{key}{n}" for n in range(4) for key in teams])
    rounds = [sorted(name[0] for name in names[start : start + 3]) for start in range(0, 12, 3)]
    assert rounds == [["k", "l", "s"]] * 4

"""Organizers change a schedule: previewed, confirmed, never over one another."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from hackathon import events, store
from hackathon.errors import Forbidden, Refusal
from hackathon.events import Schedule
from hackathon.model import Principal, Role
from hackathon.schedules import NotConfirmed, ScheduleMisplaced, ScheduleMoved, fingerprint, preview, reschedule
from tests.integration.hackathon.city import NOW, SCHEDULE, City, person


@pytest.fixture
async def bima(city: City) -> Principal:
    """An organizer."""
    account = await person("Bima Prakoso")
    return Principal(account.account_id, account.name, frozenset({Role.ORGANIZER}))


LATER = replace(SCHEDULE, building_closes=SCHEDULE.building_closes + timedelta(hours=6))
EARLIER = replace(SCHEDULE, building_closes=SCHEDULE.building_closes - timedelta(hours=6))


async def change(
    city: City,
    schedule: Schedule,
    actor: Principal,
    *,
    seen: Schedule = SCHEDULE,
    typed: str = "",
    reason: str = "Banjir",
) -> Schedule:
    event = await reschedule(
        city.event.slug, schedule, seen=fingerprint(seen), typed=typed, reason=reason, actor=actor, now=NOW
    )
    return event.schedule


async def told() -> list[tuple[str, str]]:
    rows = await store.fetch("SELECT kind, reason FROM outbox WHERE kind = 'event.rescheduled'")
    return [(row["kind"], row["reason"]) for row in rows]


async def test_a_later_deadline_is_stored_and_told_with_its_reason(city: City, bima: Principal) -> None:
    assert await change(city, LATER, bima) == LATER
    assert (await events.get_event(city.event.slug)).schedule == LATER
    assert await told() == [("event.rescheduled", "Banjir")]


async def test_sent_twice_it_is_told_once(city: City, bima: Principal) -> None:
    await change(city, LATER, bima)
    assert await change(city, LATER, bima) == LATER
    assert len(await told()) == 1


async def test_an_earlier_deadline_is_typed(city: City, bima: Principal) -> None:
    for typed in ("", "ya", "sukaray"):
        with pytest.raises(NotConfirmed):
            await change(city, EARLIER, bima, typed=typed)
    assert await told() == []
    assert await change(city, EARLIER, bima, typed=" Sukaraya ") == EARLIER


async def test_the_later_of_two_organizers_is_told(city: City, bima: Principal) -> None:
    both = await asyncio.gather(
        change(city, LATER, bima),
        change(city, replace(LATER, judging_closes=LATER.judging_closes + timedelta(days=1)), bima),
        return_exceptions=True,
    )
    assert sorted(type(result).__name__ for result in both) == ["Schedule", "ScheduleMoved"]
    with pytest.raises(ScheduleMoved):
        await change(city, EARLIER, bima, typed="sukaraya")


async def test_a_wrong_order_is_refused_by_moment(city: City, bima: Principal) -> None:
    wrong = replace(SCHEDULE, judging_closes=SCHEDULE.building_closes)
    for attempt in (preview(city.event, wrong, actor=bima, now=NOW), change(city, wrong, bima)):
        with pytest.raises(ScheduleMisplaced) as refused:
            await attempt
        assert [str(moment) for moment in refused.value.moments] == ["judging_closes"]


async def test_only_organizers_change_it_and_never_without_a_reason(city: City, bima: Principal) -> None:
    with pytest.raises(Forbidden):
        await change(city, LATER, city.sari)
    with pytest.raises(Forbidden):
        await preview(city.event, LATER, actor=city.sari, now=NOW)
    for reason in ("", "   ", "x" * 1001):
        with pytest.raises(Refusal):
            await change(city, LATER, bima, reason=reason)
    assert await told() == []

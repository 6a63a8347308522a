"""Events in the database: applied, changed, their seeds and extensions."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from types import ModuleType
from uuid import uuid4

import pytest

from hackathon import events
from hackathon.errors import Conflict, Forbidden, Refusal, Unavailable
from hackathon.events import (
    AgendaItem,
    Content,
    Criterion,
    EventUnknown,
    Extension,
    InUse,
    Prize,
    Scope,
    Source,
    TrackTask,
    TrackUnknown,
)
from hackathon.model import SYSTEM
from hackathon.objects import Objects
from sandbox.model import CaseSet, Text
from tests.integration.hackathon.city import KEY, NOW, SPEC, City, archive, hand_in, person


async def _kinds(store: ModuleType, kind: str) -> int:
    count: int = await store.fetch_value("SELECT count(*) FROM outbox WHERE kind = $1", kind)
    return count


async def test_applying_twice_is_the_same_as_once(store: ModuleType) -> None:
    first = await events.apply_event(SPEC, key=KEY, actor=SYSTEM, now=NOW)
    second = await events.apply_event(SPEC, key=KEY, actor=SYSTEM, now=NOW + timedelta(hours=1))
    assert first == second == await events.get_event("sukaraya")
    assert await _kinds(store, "event.applied") == 1
    assert set(first.seeds) == {CaseSet.BOARD, CaseSet.FINAL}
    assert first.schedule == SPEC.schedule
    assert first.rules == SPEC.rules
    assert [track.slug for track in first.tracks] == ["formulir", "surat"]
    assert (await events.list_events()) == (first,)


async def test_what_an_event_says_of_itself_is_kept_and_applied_once(store: ModuleType) -> None:
    told = Text(id="Satu halaman.", en="One page.")
    content = Content(
        summary=told,
        agenda=(AgendaItem(at=NOW, title=told, until=NOW + timedelta(hours=1), venue="balai"),),
        criteria=(Criterion(told, told, 100.0, Source.MEASURED),),
        prizes=(Prize(told, told),),
    )
    track = replace(SPEC.tracks[0], summary=told)
    spec = replace(SPEC, content=content, tracks=(track, SPEC.tracks[1]))
    await events.apply_event(SPEC, key=KEY, actor=SYSTEM, now=NOW)
    changed = await events.apply_event(spec, key=KEY, actor=SYSTEM, now=NOW)
    assert changed.content == content
    assert (changed.tracks[0].summary, changed.tracks[1].summary) == (told, None)
    assert await events.apply_event(spec, key=KEY, actor=SYSTEM, now=NOW) == changed
    assert await _kinds(store, "event.applied") == 2


async def test_applying_at_once_makes_one_event(store: ModuleType) -> None:
    made = await asyncio.gather(*(events.apply_event(SPEC, key=KEY, actor=SYSTEM, now=NOW) for _ in range(5)))
    assert len({event.id for event in made}) == 1
    assert await _kinds(store, "event.applied") == 1


async def test_a_change_keeps_ids_and_seeds(city: City) -> None:
    changed = replace(
        SPEC,
        schedule=replace(SPEC.schedule, building_closes=SPEC.schedule.building_closes + timedelta(hours=1)),
        tracks=(replace(SPEC.tracks[0], tasks=(TrackTask("otomasi-formulir", 3.0),)),),
        venues=(),
    )
    event = await events.apply_event(changed, key=KEY, actor=SYSTEM, now=NOW)
    assert (event.id, event.seeds) == (city.event.id, city.event.seeds)
    assert event.tracks[0].id == city.event.tracks[0].id
    assert event.tracks[0].tasks[0].weight == 3.0
    assert (len(event.tracks), event.venues) == (1, ())


async def test_a_track_with_teams_stays_and_its_tasks_hold_once_something_came(city: City, objects: Objects) -> None:
    with pytest.raises(InUse):
        await events.apply_event(replace(SPEC, tracks=SPEC.tracks[1:]), key=KEY, actor=SYSTEM, now=NOW)
    await hand_in(city, archive(), objects)
    heavier = replace(SPEC.tracks[0], tasks=(TrackTask("otomasi-formulir", 3.0),))
    with pytest.raises(InUse, match="formulir"):
        await events.apply_event(replace(SPEC, tracks=(heavier, SPEC.tracks[1])), key=KEY, actor=SYSTEM, now=NOW)
    assert await events.get_event("sukaraya") == city.event


async def test_only_organizers_apply(store: ModuleType) -> None:
    with pytest.raises(Forbidden):
        await events.apply_event(SPEC, key=KEY, actor=await person("Sari"), now=NOW)
    with pytest.raises(EventUnknown):
        await events.get_event("sukaraya")


async def test_a_track_is_found_by_slug(city: City) -> None:
    assert await events.get_track("sukaraya", "surat") == city.event.tracks[1]
    assert await events.get_track(city.event, "formulir") == city.event.tracks[0]
    with pytest.raises(TrackUnknown):
        await events.get_track("sukaraya", "pidato")


async def test_a_seed_is_sealed_read_by_the_system_only_and_each_reading_is_noted(
    store: ModuleType, city: City
) -> None:
    seed = await events.read_seed(city.event.id, CaseSet.BOARD, key=KEY, actor=SYSTEM, reason="cases are generated")
    final = await events.read_seed(city.event.id, CaseSet.FINAL, key=KEY, actor=SYSTEM, reason="cases are generated")
    assert len(seed) == 32
    assert seed != final
    sealed = await store.fetch_value("SELECT sealed FROM event_seed WHERE case_set = 'board'")
    assert seed not in sealed
    assert await _kinds(store, "seed.read") == 2
    with pytest.raises(Forbidden):
        await events.read_seed(city.event.id, CaseSet.BOARD, key=KEY, actor=city.sari, reason="curious")
    with pytest.raises(Unavailable, match="SECRET_FILE"):
        await events.read_seed(city.event.id, CaseSet.BOARD, key=bytes(32), actor=SYSTEM, reason="another key")
    assert await _kinds(store, "seed.read") == 2


async def test_sealed_seeds_cannot_be_exchanged(store: ModuleType, city: City) -> None:
    await store.execute("UPDATE event_seed SET sealed = (SELECT sealed FROM event_seed WHERE case_set = 'board')")
    with pytest.raises(Unavailable):
        await events.read_seed(city.event.id, CaseSet.FINAL, key=KEY, actor=SYSTEM, reason="exchanged")


async def test_extensions_are_given_by_organizers_to_what_there_is(city: City) -> None:
    later = city.event.schedule.building_closes + timedelta(hours=2)
    extension = Extension(Scope.TEAM, city.team_id, later)
    await events.extend_deadline(city.event.id, extension, reason="listrik padam", actor=SYSTEM, now=NOW)
    assert await events.list_extensions(city.event.id) == (extension,)
    with pytest.raises(Forbidden):
        await events.extend_deadline(city.event.id, extension, reason="capek", actor=city.sari, now=NOW)
    for wrong in (
        Extension(Scope.TEAM, uuid4(), later),
        Extension(Scope.TEAM, None, later),
        Extension(Scope.EVENT, city.team_id, later),
        Extension(Scope.TRACK, city.team_id, later),
    ):
        with pytest.raises(Conflict):
            await events.extend_deadline(city.event.id, wrong, reason="salah", actor=SYSTEM, now=NOW)
    with pytest.raises(Refusal) as caught:
        await events.extend_deadline(
            city.event.id, Extension(Scope.EVENT, None, NOW), reason="terlalu awal", actor=SYSTEM, now=NOW
        )
    assert caught.value.code == "extension_too_early"

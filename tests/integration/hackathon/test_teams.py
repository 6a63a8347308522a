"""Teams, members, entries."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from types import ModuleType
from uuid import uuid4

import asyncpg
import pytest

from hackathon import events, teams
from hackathon.accounts import AccountUnknown
from hackathon.errors import Refusal
from hackathon.events import TrackUnknown, VenueUnknown
from hackathon.model import SYSTEM
from hackathon.teams import (
    AlreadyInTeam,
    EntryUnknown,
    NotAMember,
    NotTheCaptain,
    PhaseClosed,
    TeamFull,
    TeamNameTaken,
    TeamTooSmall,
)
from tests.integration.hackathon.city import KEY, NOW, SPEC, City, person, team


async def test_a_person_makes_a_team_fills_it_and_enters_a_track(city: City) -> None:
    dewi, eko = await person("Dewi"), await person("Eko")
    made = await teams.create_team(city.event.id, "  Satu   Meja ", "DPMPTSP", venue="jayapura", actor=dewi, now=NOW)
    assert made.name == "Satu Meja"
    with pytest.raises(TeamTooSmall):
        await teams.enter_track(made.id, city.event.tracks[0].id, actor=dewi, now=NOW)
    await teams.add_member(made.id, eko.account_id, actor=dewi, now=NOW)
    entry = await teams.enter_track(made.id, city.event.tracks[0].id, actor=eko, now=NOW)
    assert await teams.enter_track(made.id, city.event.tracks[0].id, actor=dewi, now=NOW) == entry
    (view,) = await teams.entries_of(eko)
    assert (view.event_slug, view.track_slug, view.team_name) == ("sukaraya", "formulir", "Satu Meja")
    assert view.venue_id == city.event.venues[0].id
    members = await teams.list_members(made.id)
    assert [(member.name, member.captain) for member in members] == [("Dewi", True), ("Eko", False)]


async def test_a_person_is_in_one_team_of_an_event_even_when_two_ask_at_once(city: City, store: ModuleType) -> None:
    dewi = await person("Dewi")
    outcomes = await asyncio.gather(
        *(teams.create_team(city.event.id, f"Tim {number}", "Setda", actor=dewi, now=NOW) for number in range(5)),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, teams.Team) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, AlreadyInTeam) for outcome in outcomes) == 4
    assert await store.fetch_value("SELECT count(*) FROM team") == 2
    with pytest.raises(AlreadyInTeam):
        await teams.add_member(city.team_id, dewi.account_id, actor=city.sari, now=NOW)


async def test_a_name_is_taken_whatever_its_case(city: City) -> None:
    with pytest.raises(TeamNameTaken, match="KAWAN"):
        await teams.create_team(city.event.id, "KAWAN lapor", "Setda", actor=await person("Dewi"), now=NOW)


async def test_a_team_is_never_larger_than_the_rules_even_in_a_race(city: City) -> None:
    people = [await person(f"Peserta {number}") for number in range(8)]
    outcomes = await asyncio.gather(
        *(teams.add_member(city.team_id, one.account_id, actor=city.sari, now=NOW) for one in people),
        return_exceptions=True,
    )
    assert outcomes.count(None) == 3
    assert sum(isinstance(outcome, TeamFull) for outcome in outcomes) == 5
    assert len(await teams.list_members(city.team_id)) == SPEC.rules.team_size_max
    with pytest.raises(TeamFull):
        await teams.create_team(
            city.event.id, "Ramai", "Setda", member_ids=[uuid4() for _ in range(6)], actor=SYSTEM, now=NOW
        )


async def test_only_the_captain_adds_and_only_who_exists(city: City) -> None:
    dewi = await person("Dewi")
    with pytest.raises(NotTheCaptain):
        await teams.add_member(city.team_id, dewi.account_id, actor=city.budi, now=NOW)
    with pytest.raises(AccountUnknown):
        await teams.add_member(city.team_id, uuid4(), actor=city.sari, now=NOW)


async def test_who_leaves_can_join_another_team_and_a_captain_is_followed(city: City) -> None:
    dewi = await person("Dewi")
    with pytest.raises(NotTheCaptain):
        await teams.remove_member(city.team_id, city.sari.account_id, actor=city.budi, now=NOW)
    await teams.remove_member(city.team_id, city.sari.account_id, actor=city.sari, now=NOW)
    await teams.remove_member(city.team_id, city.sari.account_id, actor=SYSTEM, now=NOW)
    assert [(member.name, member.captain) for member in await teams.list_members(city.team_id)] == [("Budi", True)]
    await teams.add_member(city.team_id, dewi.account_id, actor=city.budi, now=NOW)
    await teams.create_team(city.event.id, "Satu Meja", "Setda", actor=city.sari, now=NOW)
    assert await teams.entries_of(city.sari) == ()


async def test_after_building_only_organizers_change_teams(city: City) -> None:
    after = SPEC.schedule.building_closes
    dewi = await person("Dewi")
    for late in (
        teams.create_team(city.event.id, "Terlambat", "Setda", actor=dewi, now=after),
        teams.add_member(city.team_id, dewi.account_id, actor=city.sari, now=after),
        teams.enter_track(city.team_id, city.event.tracks[1].id, actor=city.sari, now=after),
        teams.create_team(city.event.id, "Dini", "Setda", actor=dewi, now=NOW - timedelta(days=30)),
    ):
        with pytest.raises(PhaseClosed):
            await late
    await teams.add_member(city.team_id, dewi.account_id, actor=SYSTEM, now=after)


async def test_entries_are_seen_by_their_team(city: City) -> None:
    assert (await teams.get_entry(city.entry_id, actor=city.budi)).team_name == "Kawan Lapor"
    assert (await teams.get_entry(city.entry_id, actor=SYSTEM)).id == city.entry_id
    with pytest.raises(NotAMember):
        await teams.get_entry(city.entry_id, actor=await person("Dewi"))
    with pytest.raises(EntryUnknown):
        await teams.get_entry(uuid4())
    assert [made.name for made in await teams.list_teams(city.event.id)] == ["Kawan Lapor"]


async def test_wrong_tracks_venues_and_empty_teams(city: City) -> None:
    with pytest.raises(TrackUnknown):
        await teams.enter_track(city.team_id, uuid4(), actor=city.sari, now=NOW)
    dewi, eko = await person("Dewi"), await person("Eko")
    with pytest.raises(VenueUnknown):
        await team(city.event, "Satu Meja", dewi, eko, venue="bandung")
    with pytest.raises(Refusal) as caught:
        await teams.create_team(city.event.id, "Kosong", "Setda", actor=SYSTEM, now=NOW)
    assert caught.value.code == "team_empty"


async def test_an_entry_joins_a_team_and_a_track_of_one_event_only(city: City, store: ModuleType) -> None:
    other = await events.apply_event(replace(SPEC, slug="lain"), key=KEY, actor=SYSTEM, now=NOW)
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await store.execute(
            "INSERT INTO entry (id, event_id, team_id, track_id, created_at) VALUES ($1, $2, $3, $4, $5)",
            uuid4(),
            city.event.id,
            city.team_id,
            other.tracks[0].id,
            NOW,
        )

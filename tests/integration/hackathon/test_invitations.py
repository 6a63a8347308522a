"""Invitations: made, shown again, replaced, followed by many at once."""

import asyncio
import hashlib
from dataclasses import replace
from datetime import timedelta
from types import ModuleType
from uuid import UUID

import asyncpg
import pytest

from hackathon import teams
from hackathon.errors import Refusal
from hackathon.model import SYSTEM, Principal
from hackathon.teams import (
    InOtherTeam,
    InvitationRevoked,
    InvitationUnknown,
    NotConfirmed,
    NotTheCaptain,
    Obstacle,
    TeamFull,
    TeamsLocked,
)
from tests.integration.hackathon.city import KEY, NOW, SPEC, City, apply_again, found, person

HOSTILE = ("", "\0" * 43, "../" * 20, "a" * 42, "a" * 44, "a" * 10_000, "' OR 1=1 --", "é" * 43)


async def link(city: City) -> str:
    """The secret of Kawan Lapor's invitation."""
    return (await teams.new_invitation(city.team_id, key=KEY, actor=city.sari, now=NOW)).secret


async def size(team_id: UUID) -> int:
    return len(await teams.list_members(team_id))


async def test_the_captain_sees_the_same_link_again_and_nobody_else_does(city: City, store: ModuleType) -> None:
    assert await teams.read_invitation(city.team_id, key=KEY, actor=city.sari) is None
    made = await teams.new_invitation(city.team_id, key=KEY, actor=city.sari, now=NOW)
    assert await teams.read_invitation(city.team_id, key=KEY, actor=city.sari) == made
    for other in (city.budi, await person("Dewi")):
        with pytest.raises(NotTheCaptain):
            await teams.read_invitation(city.team_id, key=KEY, actor=other)
    row = await store.fetch_one("SELECT hash, sealed FROM invitation")
    assert row is not None
    assert row["hash"] == hashlib.sha256(made.secret.encode()).digest()
    assert made.secret.encode() not in row["sealed"]
    assert made.secret not in repr(made)
    subjects = [row["subject"] for row in await store.fetch("SELECT subject FROM outbox WHERE kind ~ '^invitation'")]
    assert len(subjects) == 1
    assert made.secret not in subjects[0]


async def test_a_link_that_was_sealed_with_another_key_still_works_but_is_not_shown(city: City) -> None:
    secret = await link(city)
    assert await teams.read_invitation(city.team_id, key=bytes(32), actor=city.sari) is None
    await teams.join_by_invitation(secret, actor=await person("Dewi"), now=NOW)
    assert await size(city.team_id) == 3


async def test_a_team_made_with_a_key_has_its_link_at_once(city: City) -> None:
    dewi = await person("Dewi")
    made = await teams.create_team(city.event.id, "Satu Meja", "Setda", key=KEY, actor=dewi, now=NOW)
    assert await teams.read_invitation(made.id, key=KEY, actor=dewi) is not None


async def test_a_new_link_ends_the_old_one_and_there_is_only_one(city: City, store: ModuleType) -> None:
    old = await link(city)
    new = await link(city)
    dewi = await person("Dewi")
    with pytest.raises(InvitationRevoked):
        await teams.join_by_invitation(old, actor=dewi, now=NOW)
    assert (await teams.look_at_invitation(old, visitor=dewi, now=NOW)).obstacle is Obstacle.REVOKED
    await asyncio.gather(*(link(city) for _ in range(5)))
    assert await store.fetch_value("SELECT count(*) FROM invitation WHERE revoked_at IS NULL") == 1
    with pytest.raises(InvitationRevoked):
        await teams.join_by_invitation(new, actor=dewi, now=NOW)
    await teams.revoke_invitation(city.team_id, actor=city.sari, now=NOW)
    await teams.revoke_invitation(city.team_id, actor=city.sari, now=NOW)
    assert await teams.read_invitation(city.team_id, key=KEY, actor=city.sari) is None


async def test_what_an_invitation_shows(city: City) -> None:
    secret = await link(city)
    shown = await teams.look_at_invitation(secret, visitor=None, now=NOW)
    assert (shown.team.name, shown.captain, shown.members, shown.seats, shown.obstacle) == (
        "Kawan Lapor",
        "Sari",
        2,
        3,
        None,
    )
    assert (await teams.look_at_invitation(secret, visitor=city.budi, now=NOW)).obstacle is Obstacle.SAME_TEAM


@pytest.mark.parametrize("secret", HOSTILE, ids=range(len(HOSTILE)))
async def test_what_is_no_link_is_unknown(city: City, secret: str) -> None:
    with pytest.raises(InvitationUnknown):
        await teams.look_at_invitation(secret, visitor=None, now=NOW)
    with pytest.raises(InvitationUnknown):
        await teams.join_by_invitation(secret, actor=city.budi, now=NOW)


async def test_twenty_race_for_the_last_place(city: City) -> None:
    secret = await link(city)
    people = [await person(f"Peserta {number}") for number in range(22)]
    for one in people[:2]:
        await teams.join_by_invitation(secret, actor=one, now=NOW)
    outcomes = await asyncio.gather(
        *(teams.join_by_invitation(secret, actor=one, now=NOW) for one in people[2:]), return_exceptions=True
    )
    assert sum(isinstance(outcome, teams.Team) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, TeamFull) for outcome in outcomes) == 19
    assert await size(city.team_id) == SPEC.rules.team_size_max


async def test_the_database_itself_keeps_a_twenty_first_out(city: City, dsn: str, store: ModuleType) -> None:
    """Without any of our services: twenty connections insert at once."""
    people = [await person(f"Peserta {number}") for number in range(20)]
    connections = await asyncio.gather(*(asyncpg.connect(dsn) for _ in people))

    async def insert(connection: asyncpg.Connection, one: Principal) -> str:
        try:
            await connection.execute(
                "INSERT INTO member (id, team_id, event_id, account_id, captain, joined_at)"
                " VALUES (gen_random_uuid(), $1, $2, $3, false, now())",
                city.team_id,
                city.event.id,
                one.account_id,
            )
        except asyncpg.CheckViolationError as error:
            return str(error.constraint_name)
        return "in"

    try:
        outcomes = await asyncio.gather(*map(insert, connections, people))
    finally:
        await asyncio.gather(*(connection.close() for connection in connections))
    assert outcomes.count("in") == 3
    assert outcomes.count("member_team_size") == 17
    assert await size(city.team_id) == SPEC.rules.team_size_max


async def test_a_person_who_follows_two_links_at_once_is_in_one_team(city: City, store: ModuleType) -> None:
    eko, dewi = await person("Eko"), await person("Dewi")
    other = await teams.create_team(city.event.id, "Satu Meja", "Setda", actor=eko, now=NOW)
    second = await teams.new_invitation(other.id, key=KEY, actor=eko, now=NOW)
    first = await link(city)
    outcomes = await asyncio.gather(
        *(teams.join_by_invitation(secret, actor=dewi, now=NOW) for secret in (first, second.secret) * 5),
        return_exceptions=True,
    )
    # Whoever asks again for the team that won is told that all is well.
    assert sum(isinstance(outcome, teams.Team) for outcome in outcomes) == 5
    refused = [outcome for outcome in outcomes if isinstance(outcome, InOtherTeam)]
    assert len(refused) == 5
    mine = await teams.team_of(city.event.id, dewi.account_id)
    assert mine is not None
    assert all(mine.name in refusal.message.id and "Keluar dulu" in refusal.message.id for refusal in refused)
    assert await store.fetch_value("SELECT count(*) FROM member WHERE account_id = $1", dewi.account_id) == 1


async def test_following_a_link_twice_is_fine(city: City, store: ModuleType) -> None:
    secret, dewi = await link(city), await person("Dewi")
    await asyncio.gather(*(teams.join_by_invitation(secret, actor=dewi, now=NOW) for _ in range(5)))
    assert await size(city.team_id) == 3
    told = await store.fetch_value("SELECT count(*) FROM outbox WHERE kind = 'team.joined'")
    assert told == 1


async def test_who_has_not_confirmed_an_address_neither_makes_nor_joins(city: City) -> None:
    secret, eko = await link(city), await person("Eko", confirmed=False)
    for refused in (
        teams.join_by_invitation(secret, actor=eko, now=NOW),
        teams.create_team(city.event.id, "Satu Meja", "Setda", actor=eko, now=NOW),
        teams.add_member(city.team_id, eko.account_id, actor=city.sari, now=NOW),
    ):
        with pytest.raises(NotConfirmed) as caught:
            await refused
        assert "surel konfirmasi" in caught.value.message.id
    await teams.add_member(city.team_id, eko.account_id, actor=SYSTEM, now=NOW)


async def test_from_the_lock_on_only_organizers_change_members(city: City) -> None:
    secret = await link(city)
    lock = NOW + timedelta(hours=1)
    await apply_again(replace(SPEC, schedule=replace(SPEC.schedule, teams_lock_at=lock)))
    dewi = await person("Dewi")
    for late in (
        teams.join_by_invitation(secret, actor=dewi, now=lock),
        teams.new_invitation(city.team_id, key=KEY, actor=city.sari, now=lock),
        teams.revoke_invitation(city.team_id, actor=city.sari, now=lock),
        teams.remove_member(city.team_id, city.budi.account_id, actor=city.budi, now=lock),
        teams.create_team(city.event.id, "Satu Meja", "Setda", actor=dewi, now=lock),
    ):
        with pytest.raises(TeamsLocked) as caught:
            await late
        assert "24-11-2026 17.00 WIB" in caught.value.message.id
    await teams.add_member(city.team_id, dewi.account_id, actor=SYSTEM, now=lock)
    await teams.enter_track(city.team_id, city.event.tracks[1].id, actor=city.sari, now=lock)
    await teams.make_captain(city.team_id, city.budi.account_id, actor=city.sari, now=lock)


async def test_organizers_too_join_as_people_do(store: ModuleType) -> None:
    lock = NOW + timedelta(hours=1)
    city = await found(replace(SPEC, schedule=replace(SPEC.schedule, teams_lock_at=lock)))
    secret = await link(city)
    with pytest.raises(TeamsLocked):
        await teams.join_by_invitation(secret, actor=Principal(UUID(int=9), "Panitia", SYSTEM.roles), now=lock)


async def test_who_is_removed_cannot_come_back_by_the_link_they_know(city: City) -> None:
    secret, dewi = await link(city), await person("Dewi")
    await teams.join_by_invitation(secret, actor=dewi, now=NOW)
    await teams.remove_member(city.team_id, dewi.account_id, actor=city.sari, now=NOW)
    with pytest.raises(InvitationRevoked):
        await teams.join_by_invitation(secret, actor=dewi, now=NOW)
    # Who left by themselves may change their mind.
    again = await link(city)
    await teams.join_by_invitation(again, actor=dewi, now=NOW)
    await teams.remove_member(city.team_id, dewi.account_id, actor=dewi, now=NOW)
    await teams.join_by_invitation(again, actor=dewi, now=NOW)


async def test_the_captain_leaves_while_somebody_joins(city: City) -> None:
    """Whatever comes first, the team has one captain, and nobody is lost."""
    for round_ in range(5):
        eko, dewi = await person(f"Eko {round_}"), await person(f"Dewi {round_}")
        made = await teams.create_team(city.event.id, f"Tim {round_}", "Setda", key=KEY, actor=eko, now=NOW)
        invitation = await teams.read_invitation(made.id, key=KEY, actor=eko)
        assert invitation is not None
        _, joined = await asyncio.gather(
            teams.remove_member(made.id, eko.account_id, actor=eko, now=NOW),
            teams.join_by_invitation(invitation.secret, actor=dewi, now=NOW),
            return_exceptions=True,
        )
        members = await teams.list_members(made.id)
        if isinstance(joined, teams.Team):
            assert [(one.name, one.captain) for one in members] == [(f"Dewi {round_}", True)]
        else:
            # The team was dissolved a moment before.
            assert isinstance(joined, Refusal)
            assert members == ()
            assert await teams.team_of(city.event.id, dewi.account_id) is None

"""Captains, names, tracks, leaving for good, and the organizers' approval."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from types import ModuleType
from uuid import uuid4

import asyncpg
import pytest

from hackathon import events, submissions, teams
from hackathon.errors import Forbidden, Refusal
from hackathon.events import Extension, Scope, VenueUnknown
from hackathon.model import SYSTEM
from hackathon.objects import Objects
from hackathon.submissions import complete_upload
from hackathon.teams import (
    AgencyFixed,
    Approval,
    EntryInUse,
    EntryUnknown,
    MemberUnknown,
    NotAMember,
    NotApproved,
    NotTheCaptain,
    PhaseClosed,
    TeamMoved,
    TeamNameTaken,
    TeamUnknown,
    VenueExtended,
)
from tests.integration.hackathon.city import (
    KEY,
    NOW,
    SPEC,
    City,
    apply_again,
    archive,
    hand_in,
    person,
    register,
    send,
    team,
)

ASKING = replace(SPEC, rules=replace(SPEC.rules, approval=True))

BIDI = "Kawan \u202eropaL"

HOSTILE = {
    "name_empty": "   ",
    "name_too_long": "a" * 10_000,
    "name_unreadable": "Kawan\0Lapor",
}


async def test_a_captain_hands_over(city: City) -> None:
    with pytest.raises(NotTheCaptain):
        await teams.make_captain(city.team_id, city.budi.account_id, actor=city.budi, now=NOW)
    with pytest.raises(MemberUnknown):
        await teams.make_captain(city.team_id, uuid4(), actor=city.sari, now=NOW)
    for _ in range(2):
        await teams.make_captain(city.team_id, city.budi.account_id, actor=SYSTEM, now=NOW)
    assert [(one.name, one.captain) for one in await teams.list_members(city.team_id)] == [
        ("Budi", True),
        ("Sari", False),
    ]


async def test_two_captains_hand_over_to_each_other_at_once(city: City) -> None:
    dewi = await person("Dewi")
    await teams.add_member(city.team_id, dewi.account_id, actor=city.sari, now=NOW)
    outcomes = await asyncio.gather(
        *(
            teams.make_captain(city.team_id, one.account_id, actor=city.sari, now=NOW)
            for one in (city.budi, dewi, city.budi, dewi)
        ),
        return_exceptions=True,
    )
    assert outcomes.count(None) >= 1
    assert sum(one.captain for one in await teams.list_members(city.team_id)) == 1


async def test_the_database_itself_keeps_one_captain(city: City, store: ModuleType) -> None:
    for statement in (
        "UPDATE member SET captain = false",
        "DELETE FROM member WHERE captain",
    ):
        with pytest.raises(asyncpg.CheckViolationError) as caught:
            await store.execute(statement)
        assert caught.value.constraint_name == "member_captain"
    with pytest.raises(asyncpg.UniqueViolationError):
        await store.execute("UPDATE member SET captain = true")


async def test_a_captain_changes_name_agency_and_venue(city: City, store: ModuleType) -> None:
    change = {"name": " Lapor  Kawan ", "agency": "bkn", "venue": "jayapura"}
    with pytest.raises(NotTheCaptain):
        await teams.change_team(city.team_id, **change, actor=city.budi, now=NOW)
    for _ in range(2):
        await teams.change_team(city.team_id, **change, actor=city.sari, now=NOW)
    changed = await teams.get_team(city.team_id)
    assert (changed.name, changed.agency) == ("Lapor Kawan", "Badan Kepegawaian Negara (BKN)")
    assert changed.venue_id == city.event.venues[0].id
    assert await store.fetch_value("SELECT count(*) FROM outbox WHERE kind = 'team.changed'") == 1
    await teams.change_team(city.team_id, name="lapor kawan", agency="bkn", venue=None, actor=city.sari, now=NOW)
    with pytest.raises(VenueUnknown):
        await teams.change_team(city.team_id, name="A", agency="B", venue="bandung", actor=city.sari, now=NOW)
    with pytest.raises(TeamUnknown):
        await teams.change_team(uuid4(), name="A", agency="B", venue=None, actor=city.sari, now=NOW)


async def test_a_name_is_not_taken_over(city: City) -> None:
    other, _ = await team(city.event, "Satu Meja", await person("Dewi"), await person("Eko"))
    with pytest.raises(TeamNameTaken):
        await teams.change_team(other, name="KAWAN LAPOR", agency="Setda", venue=None, actor=SYSTEM, now=NOW)
    assert (await teams.get_team(other)).name == "Satu Meja"


@pytest.mark.parametrize(("code", "name"), [*HOSTILE.items(), ("name_unreadable", BIDI)])
async def test_names_that_cannot_be(city: City, code: str, name: str) -> None:
    dewi = await person("Dewi")
    for refused in (
        teams.create_team(city.event.id, name, "Setda", actor=dewi, now=NOW),
        teams.create_team(city.event.id, "Satu Meja", name, actor=dewi, now=NOW),
        teams.change_team(city.team_id, name=name, agency="Setda", venue=None, actor=city.sari, now=NOW),
    ):
        with pytest.raises(Refusal) as caught:
            await refused
        assert caught.value.code == code
    assert await teams.team_of(city.event.id, dewi.account_id) is None


async def test_no_team_moves_to_a_venue_with_more_time_while_it_builds(city: City) -> None:
    change = {"name": "Kawan Lapor", "agency": "Setda", "venue": "jayapura"}
    later = city.event.schedule.building_closes + timedelta(hours=3)
    more = Extension(Scope.VENUE, city.event.venues[0].id, later)
    await events.extend_deadline(city.event.id, more, reason="Listrik padam.", actor=SYSTEM, now=NOW)
    with pytest.raises(VenueExtended):
        await teams.change_team(city.team_id, **change, actor=city.sari, now=NOW)
    assert (await teams.get_team(city.team_id)).venue_id is None
    before = city.event.schedule.building_opens - timedelta(hours=1)
    await teams.change_team(city.team_id, **change, actor=city.sari, now=before)
    # There already: what else it changes is its own matter, and so is leaving.
    await teams.change_team(city.team_id, **{**change, "name": "Kawan"}, actor=city.sari, now=NOW)
    await teams.change_team(city.team_id, **{**change, "venue": None}, actor=city.sari, now=NOW)
    await teams.change_team(city.team_id, **change, actor=SYSTEM, now=NOW)


async def test_after_building_a_venue_or_name_is_the_organizers_matter(city: City) -> None:
    after = SPEC.schedule.building_closes
    with pytest.raises(PhaseClosed):
        await teams.change_team(city.team_id, name="Lain", agency="Setda", venue=None, actor=city.sari, now=after)
    await apply_again(replace(SPEC, schedule=replace(SPEC.schedule, teams_lock_at=NOW)))
    with pytest.raises(PhaseClosed):
        await teams.change_team(city.team_id, name="A", agency="B", venue="jayapura", actor=city.sari, now=NOW)
    await teams.change_team(city.team_id, name="Lain", agency="Setda", venue=None, actor=city.sari, now=NOW)


async def test_a_team_without_members_is_dissolved_unless_it_handed_in(
    city: City, objects: Objects, store: ModuleType
) -> None:
    dewi, eko = await person("Dewi"), await person("Eko")
    other, _ = await team(city.event, "Satu Meja", dewi, eko)
    for one in (dewi, eko):
        await teams.remove_member(other, one.account_id, actor=one, now=NOW)
    with pytest.raises(TeamUnknown):
        await teams.get_team(other)
    await teams.create_team(city.event.id, "Satu Meja", "Setda", actor=dewi, now=NOW)
    await hand_in(city, archive(), objects)
    for one in (city.budi, city.sari):
        await teams.remove_member(city.team_id, one.account_id, actor=one, now=NOW)
    assert (await teams.get_team(city.team_id)).name == "Kawan Lapor"
    assert await teams.list_members(city.team_id) == ()
    assert await store.fetch_value("SELECT count(*) FROM submission") == 1
    # Somebody can be put in again, and is the captain then.
    await teams.add_member(city.team_id, eko.account_id, actor=SYSTEM, now=NOW)
    assert (await teams.list_members(city.team_id))[0].captain


async def test_the_last_member_leaves_while_an_archive_is_on_its_way(city: City, objects: Objects) -> None:
    await register(city, archive())
    for one in (city.budi, city.sari):
        await teams.remove_member(city.team_id, one.account_id, actor=one, now=NOW)
    assert (await teams.get_team(city.team_id)).name == "Kawan Lapor"


async def test_a_track_is_left_until_something_was_handed_in(city: City, objects: Objects) -> None:
    second = await teams.enter_track(city.team_id, city.event.tracks[1].id, actor=city.budi, now=NOW)
    assert [entry.submissions for entry in await teams.list_entries(city.team_id)] == [0, 0]
    with pytest.raises(NotAMember):
        await teams.withdraw_entry(second.id, actor=await person("Dewi"), now=NOW)
    with pytest.raises(PhaseClosed):
        await teams.withdraw_entry(second.id, actor=city.budi, now=SPEC.schedule.building_closes)
    outcomes = await asyncio.gather(
        *(teams.withdraw_entry(second.id, actor=city.budi, now=NOW) for _ in range(5)), return_exceptions=True
    )
    assert outcomes.count(None) == 1
    assert sum(isinstance(outcome, EntryUnknown) for outcome in outcomes) == 4
    await hand_in(city, archive(), objects)
    with pytest.raises(EntryInUse):
        await teams.withdraw_entry(city.entry_id, actor=city.sari, now=NOW)
    assert [entry.submissions for entry in await teams.list_entries(city.team_id)] == [1]


async def test_one_withdraws_while_another_hands_in(city: City, objects: Objects) -> None:
    """Either the archive is taken or the entry is gone; what was acknowledged is never lost."""
    for round_ in range(4):
        entry = await teams.enter_track(city.team_id, city.event.tracks[1].id, actor=city.sari, now=NOW)
        left, announced = await asyncio.gather(
            teams.withdraw_entry(entry.id, actor=city.budi, now=NOW),
            register(city, archive(note=str(round_)), entry_id=entry.id),
            return_exceptions=True,
        )
        if isinstance(announced, submissions.Upload):
            assert isinstance(left, EntryInUse)
            break
        assert left is None
        assert isinstance(announced, EntryUnknown)


async def test_an_unapproved_team_prepares_but_does_not_hand_in(city: City, objects: Objects) -> None:
    await apply_again(ASKING)
    dewi, eko = await person("Dewi"), await person("Eko")
    made = await teams.create_team(city.event.id, "Satu Meja", "Setda", actor=dewi, now=NOW)
    assert (made.approval, made.approval_at) == (Approval.PENDING, NOW)
    await teams.add_member(made.id, eko.account_id, actor=dewi, now=NOW)
    entry = await teams.enter_track(made.id, city.event.tracks[0].id, actor=dewi, now=NOW)
    own = replace(city, sari=dewi, team_id=made.id, entry_id=entry.id)
    with pytest.raises(NotApproved) as caught:
        await register(own, archive())
    assert (caught.value.code, "belum disetujui" in caught.value.message.id) == ("team_not_approved", True)
    assert await teams.approve_teams([made.id], actor=SYSTEM, now=NOW) == (made.id,)
    upload = await register(own, archive())
    await send(own, upload, archive(), objects)
    # Rejected while the bytes came: what is not a submission yet does not become one.
    await teams.reject_teams([made.id], "Dewi bukan ASN.", actor=SYSTEM, now=NOW)
    with pytest.raises(NotApproved, match="Dewi bukan ASN"):
        await complete_upload(upload.id, objects=objects, actor=dewi, now=NOW)
    await teams.approve_teams([made.id], actor=SYSTEM, now=NOW)
    assert (await complete_upload(upload.id, objects=objects, actor=dewi, now=NOW)).number == 1


async def test_many_teams_are_decided_at_once_or_none(city: City, store: ModuleType) -> None:
    await apply_again(ASKING)
    waiting = [
        (await teams.create_team(city.event.id, f"Tim {n}", "Setda", actor=await person(f"P{n}"), now=NOW)).id
        for n in range(4)
    ]
    with pytest.raises(Forbidden):
        await teams.approve_teams(waiting, actor=city.sari, now=NOW)
    with pytest.raises(TeamUnknown):
        await teams.approve_teams([*waiting, uuid4()], actor=SYSTEM, now=NOW)
    assert all(one.approval is Approval.PENDING for one in await teams.list_teams(city.event.id) if one.id in waiting)
    done = await asyncio.gather(
        *(teams.approve_teams(order, actor=SYSTEM, now=NOW) for order in (waiting, waiting[::-1], waiting + waiting))
    )
    assert sorted(team_id for decided in done for team_id in decided) == sorted(waiting)
    with pytest.raises(Refusal, match="missing"):
        await teams.reject_teams(waiting, "  ", actor=SYSTEM, now=NOW)
    later = NOW + timedelta(hours=1)
    reason = "Surat tugas belum ada.\nBukan ASN."
    assert len(await teams.reject_teams(waiting[:2], reason, actor=SYSTEM, now=later)) == 2
    assert await teams.reject_teams(waiting[:2], reason, actor=SYSTEM, now=later) == ()
    rejected = await teams.get_team(waiting[0])
    assert (rejected.approval, rejected.approval_at) == (Approval.REJECTED, later)
    assert rejected.approval_reason == "Surat tugas belum ada. Bukan ASN."
    kinds = await store.fetch("SELECT kind, count(*) AS n FROM outbox WHERE kind ~ 'approved|rejected' GROUP BY kind")
    assert {row["kind"]: row["n"] for row in kinds} == {"team.approved": 4, "team.rejected": 2}
    with pytest.raises(asyncpg.CheckViolationError):
        await store.execute("UPDATE team SET approval = 'rejected', approval_reason = NULL")


async def test_of_two_opposite_decisions_at_one_instant_the_later_is_told(city: City) -> None:
    await apply_again(ASKING)
    made = await teams.create_team(city.event.id, "Satu Meja", "Setda", actor=await person("Dewi"), now=NOW)
    seen, later = {made.id: made.version}, NOW + timedelta(minutes=1)
    told = await asyncio.gather(
        teams.approve_teams([made.id], actor=SYSTEM, now=later, seen=seen),
        teams.reject_teams([made.id], "Bukan ASN.", actor=SYSTEM, now=later, seen=seen),
        return_exceptions=True,
    )
    assert {type(one) for one in told} == {tuple, TeamMoved}
    stands = (await teams.get_team(made.id)).approval
    assert stands is (Approval.APPROVED if isinstance(told[0], tuple) else Approval.REJECTED)


async def test_no_team_of_another_event_is_decided(city: City) -> None:
    with pytest.raises(TeamUnknown):
        await teams.reject_teams([city.team_id], "Bukan ASN.", actor=SYSTEM, now=NOW, event_id=uuid4())
    assert (await teams.get_team(city.team_id)).approval is Approval.APPROVED


async def test_a_rejected_team_puts_it_right_and_asks_again(city: City) -> None:
    await apply_again(ASKING)
    await teams.reject_teams([city.team_id], "Instansi salah.", actor=SYSTEM, now=NOW)
    await teams.change_team(city.team_id, name="Kawan Lapor", agency="bps", venue=None, actor=city.sari, now=NOW)
    with pytest.raises(NotTheCaptain):
        await teams.ask_approval(city.team_id, actor=city.budi, now=NOW)
    for _ in range(2):
        await teams.ask_approval(city.team_id, actor=city.sari, now=NOW)
    asked = await teams.get_team(city.team_id)
    assert (asked.approval, asked.approval_reason) == (Approval.PENDING, None)
    await teams.approve_teams([city.team_id], actor=SYSTEM, now=NOW)
    with pytest.raises(AgencyFixed):
        await teams.change_team(city.team_id, name="Kawan", agency="bkn", venue=None, actor=city.sari, now=NOW)
    await teams.change_team(city.team_id, name="Kawan", agency="bkn", venue=None, actor=SYSTEM, now=NOW)


async def test_what_happened_to_teams_is_told_with_ids_only(city: City, store: ModuleType) -> None:
    await teams.new_invitation(city.team_id, key=KEY, actor=city.sari, now=NOW)
    await teams.make_captain(city.team_id, city.budi.account_id, actor=city.sari, now=NOW)
    await teams.reject_teams([city.team_id], "Sari bukan ASN.", actor=SYSTEM, now=NOW)
    rows = await store.fetch("SELECT kind, subject FROM outbox")
    assert not any("Sari" in row["subject"] or "Kawan" in row["subject"] for row in rows)

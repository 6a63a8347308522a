"""People hear by mail what others did to their team, once."""

from collections.abc import Sequence
from types import ModuleType
from uuid import UUID

import msgspec

from hackathon import mail, teams
from hackathon.mail import Kind, Letter
from hackathon.mail.service import opened
from hackathon.model import SYSTEM, Principal
from hackathon.outbox import AuditEntry
from hackathon.teams.telling import NEWS, letters_about_teams
from tests.integration.hackathon.city import KEY, City, person


async def addressed(store: ModuleType, one: Principal, email: str) -> None:
    """Give somebody a confirmed address."""
    await store.execute("UPDATE account SET email = $2 WHERE id = $1", one.account_id, email)


async def happened(store: ModuleType) -> Sequence[AuditEntry]:
    """Everything in the outbox, as the sequencer hands it out."""
    rows = await store.fetch("SELECT id, kind, subject, actor, at FROM outbox ORDER BY id")
    return [
        AuditEntry(row["id"], row["kind"], msgspec.json.decode(row["subject"]), row["actor"], row["at"]) for row in rows
    ]


async def told(store: ModuleType, entries: Sequence[AuditEntry] | None = None) -> list[Letter]:
    """The letters after everything was handed out twice."""
    handle = letters_about_teams(KEY)
    for entry in [*(entries or await happened(store))] * 2:
        await handle(entry)
    rows = await store.fetch("SELECT *, created_at AS first_tried_at FROM mail ORDER BY kind, account_id")
    return [opened(row, KEY).letter for row in rows]


async def test_the_captain_hears_who_joined_and_whoever_is_removed_hears_it(city: City, store: ModuleType) -> None:
    dewi, eko = await person("Dewi"), await person("Eko")
    for one in (city.sari, city.budi, dewi, eko):
        await addressed(store, one, f"{one.name.lower()}@sukaraya.go.id")
    now = await store.clock()
    link = await teams.new_invitation(city.team_id, key=KEY, actor=city.sari, now=now)
    for one in (dewi, eko):
        await teams.join_by_invitation(link.secret, actor=one, now=now)
    letters = await told(store)
    assert [(one.kind, one.to.email) for one in letters] == [(Kind.TEAM_JOINED, "sari@sukaraya.go.id")] * 2
    assert {one.values["person"] for one in letters} == {"Dewi", "Eko"}
    await teams.remove_member(city.team_id, dewi.account_id, actor=city.sari, now=now)
    await teams.remove_member(city.team_id, eko.account_id, actor=eko, now=now)
    removed = [one for one in await told(store) if one.kind is Kind.TEAM_REMOVED]
    assert [one.to.email for one in removed] == ["dewi@sukaraya.go.id"]


async def test_members_hear_what_the_organizers_decided_last(city: City, store: ModuleType) -> None:
    await addressed(store, city.sari, "sari@sukaraya.go.id")  # Budi has no address
    now = await store.clock()
    await teams.reject_teams([city.team_id], "Surat tugas belum ada.", actor=SYSTEM, now=now)
    (letter,) = await told(store)
    assert (letter.kind, letter.values["reason"]) == (Kind.TEAM_REJECTED, "Surat tugas belum ada.")
    await store.execute("DELETE FROM mail")
    await teams.approve_teams([city.team_id], actor=SYSTEM, now=now)
    assert [one.kind for one in await told(store)] == [Kind.TEAM_APPROVED]
    subject, body = mail.letters.write((await told(store))[0], "https://gelanggang.example")
    assert "Kawan Lapor" in subject
    assert "/acara/sukaraya/tim" in body


async def test_old_news_dissolved_teams_and_other_things_are_told_to_nobody(city: City, store: ModuleType) -> None:
    await addressed(store, city.sari, "sari@sukaraya.go.id")
    now = await store.clock()
    await teams.reject_teams([city.team_id], "Surat tugas belum ada.", actor=SYSTEM, now=now)
    late = [AuditEntry(one.number, one.kind, one.subject, one.actor, one.at - NEWS) for one in await happened(store)]
    gone = AuditEntry(999, "team.joined", {"team": str(UUID(int=7)), "account": str(UUID(int=8))}, UUID(int=8), now)
    assert await told(store, [*late, gone]) == []

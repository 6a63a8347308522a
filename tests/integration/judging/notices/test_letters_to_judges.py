"""Judges are written to through a real mail server: invited, given work, reminded, given a scorecard back."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import ModuleType
from uuid import UUID

import msgspec
import pytest

from hackathon import mail
from hackathon.mail import Postman
from hackathon.model import SYSTEM, Principal
from hackathon.outbox import AuditEntry
from judging import assignment, judges, notices, rules, scorecards
from judging.judges import AddressMissing, Judge, LinkOver, LinkUnknown
from judging.notices.model import APART, GATHER, NEWS
from tests.integration.hackathon.city import KEY
from tests.integration.hackathon.loops import eventually, running
from tests.integration.hackathon.mailbox import MailServer, mail_server
from tests.integration.judging.hall import Balai
from tests.integration.sukaraya import Sukaraya, new_account

SITE = "https://gelanggang.sukaraya.go.id"
RATNA, YUDHA, MAYA = "Ratna Handayani", "Yudha Pratama", "Maya Lestari"


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as running_server:
        yield running_server


async def deliver(server: MailServer, *, after: timedelta = timedelta(0)) -> list[tuple[str, str, str]]:
    """What arrives now, or after a while: to whom, subject, text."""
    carrier = mail.open_carrier(server.url)
    assert carrier is not None
    man = Postman(carrier, key=KEY, sender="Gelanggang <gelanggang@sukaraya.go.id>", public_url=SITE)
    before = len(server.arrived)
    while await man.carry_next(now=datetime.now(UTC) + after):
        pass
    await carrier.rest()
    return [
        (str(one["To"].addresses[0].addr_spec), str(one["Subject"]), one.get_content().replace("\r\n", "\n"))
        for one in server.arrived[before:]
    ]


async def happens(store: ModuleType, since: int = 0) -> int:
    """Hand everything in the outbox out, twice and two at once; returns how far."""
    rows = await store.fetch("SELECT id, kind, subject, actor, at FROM outbox WHERE id > $1 ORDER BY id", since)
    handle = notices.letters_about_judging(KEY)
    for row in rows:
        entry = AuditEntry(row["id"], row["kind"], msgspec.json.decode(row["subject"]), row["actor"], row["at"])
        await asyncio.gather(handle(entry), handle(entry))
        await handle(entry)
    return max((row["id"] for row in rows), default=since)


async def address_of(store: ModuleType, balai: Balai, judge: str) -> str:
    found: str = await store.fetch_value("SELECT email FROM account WHERE id = $1", balai.accounts[judge].account_id)
    return found


async def invite(balai: Balai, wira: Principal, email: str | None, *, language: str = "id") -> Judge:
    return await judges.add_judge(
        balai.event.id,
        "Sari Wulandari",
        email=email,
        agency="Universitas Nusa Jaya",
        language=language,
        actor=wira,
        now=datetime.now(UTC),
    )


async def test_an_invitation_by_mail_works_once_and_shows_whose_address_it_is(
    sukaraya: Sukaraya, store: ModuleType, server: MailServer
) -> None:
    balai, now = await Balai.make(sukaraya), datetime.now(UTC)
    wira, event = await balai.organizer(), balai.event.id
    silent = await invite(balai, wira, None)
    with pytest.raises(AddressMissing):
        await judges.mail_link(silent.id, event, key=KEY, actor=wira, now=now)
    sari = await invite(balai, wira, "Sari@kampus.example", language="en")
    # Pressed twice at once, it is one letter.
    await asyncio.gather(*(judges.mail_link(sari.id, event, key=KEY, actor=wira, now=now) for _ in range(3)))
    ((to, subject, text),) = await deliver(server)
    assert to == "Sari@kampus.example"
    assert subject.startswith("Invitation to judge ")
    assert text.startswith("Hello Sari Wulandari,")
    found = re.search(rf"{SITE}/undangan-juri/([A-Za-z0-9_-]{{43}})\n", text)
    assert found is not None
    # Sent again later, the first one ends; a letter that still waits with an old link never leaves.
    later = now + timedelta(minutes=5)
    await judges.mail_link(sari.id, event, key=KEY, actor=wira, now=later)
    await judges.mail_link(sari.id, event, key=KEY, actor=wira, now=later + timedelta(minutes=5))
    ((_, _, text),) = await deliver(server, after=timedelta(minutes=30))
    second = re.search(r"/undangan-juri/([A-Za-z0-9_-]{43})", text)
    assert second is not None
    with pytest.raises(LinkOver):
        await judges.look_at_link(found[1], now=later)
    # Her account has this address and nobody had shown it: now she has.
    account = await new_account("Sari Wulandari", now)
    await store.execute("UPDATE account SET email = 'sari@Kampus.example', confirmed_at = NULL WHERE id = $1", account)
    person = Principal(account, "Sari Wulandari", frozenset())
    await judges.join(second[1], actor=person, now=later + timedelta(minutes=6))
    assert await store.fetch_value("SELECT confirmed_at IS NOT NULL FROM account WHERE id = $1", account)
    with pytest.raises(LinkOver):
        await judges.look_at_link(second[1], now=later)
    with pytest.raises(LinkOver):
        await judges.mail_link(sari.id, event, key=KEY, actor=wira, now=later + timedelta(minutes=20))
    # Nothing of the secret is kept, and the letter's content is gone.
    assert await store.fetch_value("SELECT count(*) FROM mail WHERE sealed IS NOT NULL") == 0
    lines = {line.judge.id: line for line in await judges.list_judges(event, actor=wira, now=later)}
    assert lines[sari.id].link_until is None


async def test_a_link_that_an_organizer_saw_proves_no_address(
    sukaraya: Sukaraya, store: ModuleType, server: MailServer
) -> None:
    balai, now = await Balai.make(sukaraya), datetime.now(UTC)
    wira, event = await balai.organizer(), balai.event.id
    sari = await invite(balai, wira, "sari@kampus.example")
    await judges.mail_link(sari.id, event, key=KEY, actor=wira, now=now)
    lines = {line.judge.id: line for line in await judges.list_judges(event, actor=wira, now=now)}
    fate = lines[sari.id].letter
    assert fate is not None
    assert fate.state is mail.State.WAITING
    shown = await judges.new_link(sari.id, event, actor=wira, now=now)
    assert await deliver(server) == []  # the letter with the link before is of no use
    account = await new_account("Sari", now)
    await store.execute("UPDATE account SET email = 'sari@kampus.example', confirmed_at = NULL WHERE id = $1", account)
    await judges.join(shown.secret, actor=Principal(account, "Sari", frozenset()), now=now)
    assert await store.fetch_value("SELECT confirmed_at FROM account WHERE id = $1", account) is None
    found = {one.judge_id: one for one in await notices.standings(event, actor=wira)}
    assert (found[sari.id].email, found[sari.id].unreached) == (None, notices.Unreached.UNCONFIRMED)
    # Somebody let go before the letter left gets none, and their address waits nowhere.
    other = await invite(balai, wira, "lain@kampus.example")
    await judges.mail_link(other.id, event, key=KEY, actor=wira, now=now)
    await judges.remove(other.id, event, "Salah orang.", actor=wira, now=now)
    assert await deliver(server) == []
    with pytest.raises(LinkUnknown):
        await judges.look_at_link("x" * 43, now=now)


async def test_what_is_given_in_one_go_is_told_once(sukaraya: Sukaraya, store: ModuleType, server: MailServer) -> None:
    balai = await Balai.make(sukaraya)
    wira, event = await balai.organizer(), balai.event.id
    await store.execute("DELETE FROM assignment")
    await store.execute("UPDATE account SET language = 'en' WHERE id = $1", balai.accounts[YUDHA].account_id)
    await store.execute("UPDATE account SET confirmed_at = NULL WHERE id = $1", balai.accounts[MAYA].account_id)
    await assignment.plan(event, actor=wira, reviews=3, reason="Babak pertama")
    far = await happens(store)
    assert await deliver(server) == []  # it waits for what may follow
    await store.execute(  # by hand, one after the other
        "UPDATE assignment SET state = 'withdrawn', ended_at = made_at WHERE judge_id = $1", balai.judges[RATNA]
    )
    for team in ("Kawan Lapor", "Satu Meja"):
        await assignment.assign(balai.judges[RATNA], balai.entries[team], reason="Ganti", actor=wira)
        far = await happens(store, far)
    arrived = {to: (subject, text) for to, subject, text in await deliver(server, after=GATHER)}
    assert arrived.keys() == {await address_of(store, balai, one) for one in (RATNA, YUDHA)}
    subject, text = arrived[await address_of(store, balai, RATNA)]
    assert subject.startswith("Tugas juri Anda di")
    assert "yang menunggu Anda: 2." in text
    assert f"{SITE}/acara/{balai.event.slug}/juri\n" in text
    assert "Lembar penilaian dapat dibuka" not in text
    assert "Scorecards waiting for you: 6." in arrived[await address_of(store, balai, YUDHA)][1]
    # What comes after the letter left is a round of its own.
    await assignment.assign(balai.judges[RATNA], balai.entries["Tembusan"], reason="Satu lagi", actor=wira)
    far = await happens(store, far)
    ((_, _, text),) = await deliver(server, after=2 * GATHER)
    assert "yang menunggu Anda: 3." in text
    # Given by mistake and taken back before the letter left, it is not told; what is left of it is.
    for team in ("Jalur Cepat", "Pena Warga"):
        await assignment.assign(balai.judges[RATNA], balai.entries[team], reason="Keliru", actor=wira)
    far = await happens(store, far)
    mine = {one.entry_id: one.id for one in await assignment.assignments_of(balai.judges[RATNA])}
    await assignment.withdraw(mine[balai.entries["Pena Warga"]], "Keliru", actor=wira)
    far = await happens(store, far)
    ((_, _, text),) = await deliver(server, after=3 * GATHER)
    assert "yang menunggu Anda: 4." in text
    await assignment.assign(balai.judges[RATNA], balai.entries["Pena Warga"], reason="Keliru", actor=wira)
    await happens(store, far)
    await judges.remove(balai.judges[RATNA], event, "Berhalangan.", actor=wira, now=datetime.now(UTC))
    far = await happens(store, far)
    assert await deliver(server, after=4 * GATHER) == []
    # Old news is told to nobody.
    await store.execute("DELETE FROM judge_letter")
    row = await store.fetch_one("SELECT * FROM outbox WHERE kind = 'assignment.made' ORDER BY id DESC LIMIT 1")
    subject_ = msgspec.json.decode(row["subject"])
    await notices.letters_about_judging(KEY)(AuditEntry(1, row["kind"], subject_, SYSTEM.account_id, row["at"] - NEWS))
    assert await deliver(server, after=2 * GATHER) == []


async def test_who_is_behind_is_reminded_once_a_day_by_whomever(
    sukaraya: Sukaraya, store: ModuleType, server: MailServer
) -> None:
    balai = await Balai.make(sukaraya)
    wira, event = await balai.organizer(), balai.event
    everybody = list(balai.judges.values())
    for team in balai.entries:
        await balai.score(MAYA, team)
    await store.execute("UPDATE account SET email = NULL WHERE id = $1", balai.accounts[YUDHA].account_id)
    now = datetime.now(UTC)
    sent = await asyncio.gather(*(notices.remind(event.id, everybody, key=KEY, actor=wira, now=now) for _ in range(3)))
    assert sorted(len(one) for one in sent) == [0, 0, 1]
    ((to, subject, text),) = await deliver(server)
    assert to == await address_of(store, balai, RATNA)
    assert subject.endswith("6 lembar lagi")
    assert "0 dari 6" in text
    assert await store.fetch_value("SELECT count(*) FROM outbox WHERE kind = 'judge.reminded'") == 1
    assert await notices.remind(event.id, everybody, key=KEY, actor=wira, now=now + APART - timedelta(hours=1)) == ()
    closes = event.schedule.judging_closes
    with pytest.raises(notices.NotNow):
        await notices.remind(event.id, everybody, key=KEY, actor=wira, now=closes)

    # By itself: when the rules say so, never within a day of the organizer's, once for this end of judging.
    due = closes - timedelta(hours=48)
    assert await notices.remind_due(KEY, now=due - timedelta(seconds=1)) == 0
    await notices.remind(event.id, everybody, key=KEY, actor=wira, now=due - timedelta(hours=1))
    assert await notices.remind_due(KEY, now=due) == 0
    counts = await asyncio.gather(*(notices.remind_due(KEY, now=due + APART) for _ in range(3)))
    assert sorted(counts) == [0, 0, 1]
    assert await notices.remind_due(KEY, now=closes - timedelta(minutes=1)) == 0
    chosen = await rules.get_rules(event.id)
    assert chosen.reminder_hours == 48
    await rules.change_rules(event.id, replace(chosen, reminder_hours=0), "Tanpa", actor=wira)
    await store.execute("DELETE FROM judge_letter")
    assert await notices.remind_due(KEY, now=due + APART) == 0


async def test_two_loops_of_two_processes_remind_once(sukaraya: Sukaraya, store: ModuleType) -> None:
    balai, now = await Balai.make(sukaraya), datetime.now(UTC)
    await store.execute("UPDATE assignment SET made_at = $1", now - timedelta(hours=13))
    await balai.reschedule(replace(balai.event.schedule, judging_closes=now + timedelta(hours=24)))

    async def reminded() -> bool:
        return bool(await store.fetch_value("SELECT count(*) = 3 FROM mail WHERE kind = 'judge_reminder'"))

    async with running(notices.Reminding(KEY, every_seconds=0.02)), running(notices.Reminding(KEY, every_seconds=0.02)):
        await eventually(reminded, 60)
    assert await store.fetch_value("SELECT count(*) FROM judge_letter") == 3


async def test_a_scorecard_given_back_is_told_with_the_reason(
    sukaraya: Sukaraya, store: ModuleType, server: MailServer
) -> None:
    balai = await Balai.make(sukaraya)
    wira = await balai.organizer()
    card: UUID = balai.assignments[RATNA, "Kawan Lapor"]
    for reason in ("Salah {baris}.", "Sekali lagi."):
        version = await balai.rate(card, RATNA, (4, 3, 5, 3, 2))
        await scorecards.send(card, version, actor=balai.accounts[RATNA])
        await scorecards.reopen(card, reason, actor=wira)
        await happens(store)
        ((to, subject, text),) = await deliver(server)
        assert to == await address_of(store, balai, RATNA)
        assert subject == "Lembar penilaian Anda dibuka kembali"
        assert reason in text
        assert f"{SITE}/acara/{balai.event.slug}/juri/{card}\n" in text
        assert "Kawan Lapor" not in text
    # Sent again before anybody was told, there is nothing to tell.
    await store.execute("DELETE FROM judge_letter")
    version = await balai.rate(card, RATNA, (4, 3, 5, 3, 2))
    await scorecards.send(card, version, actor=balai.accounts[RATNA])
    await happens(store)
    assert await deliver(server) == []

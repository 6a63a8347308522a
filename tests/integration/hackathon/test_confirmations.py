"""Confirming an account by mail or by hand, and a new password by mail."""

import asyncio
import re
from datetime import timedelta
from types import ModuleType
from uuid import UUID, uuid4

import pytest

from hackathon import accounts, confirmations, credentials, mail, proofs, resets, sessions
from hackathon.accounts import PRIVACY_VERSION, Account, EmailInvalid
from hackathon.attempts import TooManyAttempts
from hackathon.credentials import PasswordRefused
from hackathon.errors import Forbidden, NotFound, Refusal
from hackathon.mail import Kind, Letter
from hackathon.mail.service import opened
from hackathon.model import SYSTEM, Principal, Role
from hackathon.proofs import ProofExpired, ProofUnknown, ProofUsed
from tests.integration.hackathon.city import KEY, NOW

OLD, NEW = "empat ekor bebek", "sawah hijau di lereng"
HALL = "203.0.113.7"


async def registered(name: str = "Sari Wulandari", email: str = "sari@sukaraya.go.id", password: str = OLD) -> Account:
    return await credentials.register(name, email, password, agreed_to=PRIVACY_VERSION, key=KEY, now=NOW)


async def posted(store: ModuleType) -> list[Letter]:
    """The letters that wait, oldest first."""
    rows = await store.fetch(
        "SELECT *, created_at AS first_tried_at FROM (SELECT id, account_id, kind, sealed, claim, refusals, created_at,"
        " good_until, ctid FROM mail WHERE state = 'waiting') m ORDER BY m.created_at, m.ctid"
    )
    return [opened(row, KEY).letter for row in rows]


async def secret_of(store: ModuleType, kind: Kind) -> str:
    """The secret in the latest letter of a kind."""
    return [letter for letter in await posted(store) if letter.kind is kind][-1].values["secret"]


async def confirmed(account_id: UUID) -> bool:
    return (await accounts.get_account(account_id)).confirmed_at is not None


def principal(account: Account) -> Principal:
    return Principal(account.id, account.name, account.roles)


async def test_whoever_registers_gets_a_letter_and_confirms_once(store: ModuleType) -> None:
    sari = await registered()
    (letter,) = await posted(store)
    assert (letter.kind, letter.to.email) == (Kind.CONFIRM_ADDRESS, "sari@sukaraya.go.id")
    # The name was typed by who registered; whoever reads the address may be somebody else.
    assert letter.to.name == ""
    secret = letter.values["secret"]
    assert len(secret) == 43
    kept = await store.fetch("SELECT * FROM proof")
    assert secret not in str([dict(row) for row in kept])
    assert await confirmations.is_open(secret, now=NOW)
    assert not await confirmed(sari.id)
    await confirmations.confirm(secret, now=NOW + timedelta(hours=47))
    assert await confirmed(sari.id)
    # Twice, as mail programs and people do.
    await confirmations.confirm(secret, now=NOW + timedelta(hours=47))
    assert not await confirmations.is_open(secret, now=NOW)
    kinds = [row["kind"] for row in await store.fetch("SELECT kind FROM outbox ORDER BY id")]
    assert kinds.count("account.confirmed") == 1


async def test_a_link_that_is_too_old_or_none_confirms_nothing(store: ModuleType) -> None:
    sari = await registered()
    secret = await secret_of(store, Kind.CONFIRM_ADDRESS)
    for look in (confirmations.is_open, confirmations.confirm):
        with pytest.raises(ProofExpired):
            await look(secret, now=NOW + timedelta(hours=48))
        for wrong in (secret[:-1], secret + "A", "A" * 43, "", "é" * 43, "x" * 10_000, "\0" * 43):
            with pytest.raises(ProofUnknown):
                await look(wrong, now=NOW)
    assert not await confirmed(sari.id)


async def test_a_link_proves_only_the_address_it_was_sent_to(store: ModuleType) -> None:
    sari = await registered()
    secret = await secret_of(store, Kind.CONFIRM_ADDRESS)
    await store.execute("UPDATE account SET email = 'lain@sukaraya.go.id' WHERE id = $1", sari.id)
    with pytest.raises(ProofUnknown):
        await confirmations.confirm(secret, now=NOW)
    assert not await confirmed(sari.id)


async def test_a_letter_can_be_asked_for_again_but_not_for_ever(store: ModuleType) -> None:
    sari = await registered()
    first = await secret_of(store, Kind.CONFIRM_ADDRESS)
    for minute in range(3):
        await confirmations.ask_again(actor=principal(sari), address=HALL, key=KEY, now=NOW + timedelta(minutes=minute))
    with pytest.raises(TooManyAttempts) as caught:
        await confirmations.ask_again(actor=principal(sari), address=HALL, key=KEY, now=NOW + timedelta(minutes=9))
    assert caught.value.until == NOW + timedelta(hours=1)
    assert "51 menit" in caught.value.message.id
    assert len(await posted(store)) == 4
    # Letters overtake each other: the first one is as good as the last. Once one is used, none is.
    await confirmations.confirm(first, now=NOW)
    assert not await confirmations.is_open(await secret_of(store, Kind.CONFIRM_ADDRESS), now=NOW)
    await confirmations.ask_again(actor=principal(sari), address=HALL, key=KEY, now=NOW + timedelta(hours=2))
    assert len(await posted(store)) == 4


async def test_the_owner_of_an_address_hears_of_who_registers_with_it(store: ModuleType) -> None:
    sari = await registered()
    await confirmations.confirm(await secret_of(store, Kind.CONFIRM_ADDRESS), now=NOW)
    stranger = await registered("Orang Lain", "SARI@sukaraya.go.id", "payung biru tua")
    letter = (await posted(store))[-1]
    assert (letter.kind, letter.to.account_id, letter.to.name) == (Kind.ADDRESS_KNOWN, sari.id, "Sari Wulandari")
    assert letter.values == {}
    await confirmations.ask_again(actor=principal(stranger), address=HALL, key=KEY, now=NOW)
    assert [one.kind for one in await posted(store)][-1] is Kind.ADDRESS_KNOWN
    assert not await confirmed(stranger.id)
    for number in range(2):
        again = await registered(f"Orang Lain {number}", "SARI@sukaraya.go.id")
        await confirmations.ask_again(actor=principal(again), address=HALL, key=KEY, now=NOW)
    with pytest.raises(TooManyAttempts):
        await confirmations.ask_again(actor=principal(again), address=HALL, key=KEY, now=NOW)


async def test_an_organizer_confirms_by_hand_with_a_reason(store: ModuleType) -> None:
    sari = await registered()
    panitia = await accounts.create_account("Panitia", roles=[Role.ORGANIZER], actor=SYSTEM, now=NOW)
    actor = principal(panitia)
    with pytest.raises(Refusal, match="name_empty"):
        await confirmations.confirm_by_hand(sari.id, reason=" ", actor=actor, now=NOW)
    with pytest.raises(Forbidden):
        await confirmations.confirm_by_hand(sari.id, reason="kenal", actor=principal(sari), now=NOW)
    with pytest.raises(NotFound):
        await confirmations.confirm_by_hand(uuid4(), reason="kenal", actor=actor, now=NOW)
    await confirmations.confirm_by_hand(sari.id, reason="KTP dilihat di meja 2", actor=actor, now=NOW)
    await confirmations.confirm_by_hand(sari.id, reason="sekali lagi", actor=actor, now=NOW)
    assert await confirmed(sari.id)
    rows = await store.fetch("SELECT actor, reason FROM outbox WHERE kind = 'account.confirmed'")
    assert [(row["actor"], row["reason"]) for row in rows] == [(panitia.id, "KTP dilihat di meja 2")]


async def test_a_reset_changes_the_password_ends_sessions_and_tells_the_owner(store: ModuleType) -> None:
    sari = await registered()
    elsewhere = await sessions.open_session(sari.id, now=NOW)
    await resets.ask(" Sari@Sukaraya.go.id ", address=HALL, key=KEY, now=NOW)
    secret = await secret_of(store, Kind.RESET_PASSWORD)
    assert (await resets.open_link(secret, now=NOW)).id == sari.id
    with pytest.raises(PasswordRefused):
        await resets.reset(secret, "pendek", address=HALL, key=KEY, now=NOW)
    here = await resets.reset(secret, NEW, address=HALL, key=KEY, now=NOW + timedelta(minutes=59))
    assert await sessions.authenticate(elsewhere.secret, now=NOW + timedelta(minutes=59)) is None
    found = await sessions.authenticate(here.secret, now=NOW + timedelta(minutes=59))
    assert found is not None
    # Who opened the link reads the address.
    assert found.confirmed_at is not None
    assert await credentials.sign_in("sari@sukaraya.go.id", NEW) == sari.id
    last = (await posted(store))[-1]
    assert (last.kind, last.to.email) == (Kind.PASSWORD_CHANGED, "sari@sukaraya.go.id")
    with pytest.raises(ProofUsed):
        await resets.reset(secret, OLD, address=HALL, key=KEY, now=NOW)
    with pytest.raises(ProofUsed):
        await resets.open_link(secret, now=NOW)


async def test_an_address_without_an_account_is_answered_alike(store: ModuleType) -> None:
    await resets.ask("budi@sukaraya.go.id", address=HALL, key=KEY, now=NOW)
    assert await posted(store) == []
    with pytest.raises(EmailInvalid):
        await resets.ask("budi", address=HALL, key=KEY, now=NOW)
    for _ in range(2):
        await resets.ask("budi@sukaraya.go.id", address=HALL, key=KEY, now=NOW)
    with pytest.raises(TooManyAttempts):
        await resets.ask("BUDI@sukaraya.go.id", address="198.51.100.1", key=KEY, now=NOW)


async def test_a_claimed_address_is_reset_for_its_owner_only(store: ModuleType) -> None:
    sari = await registered()
    await registered("Orang Lain")
    await resets.ask("sari@sukaraya.go.id", address=HALL, key=KEY, now=NOW)
    assert (await posted(store))[-1].to.account_id == sari.id


async def test_of_two_who_use_a_reset_at_once_one_wins(store: ModuleType) -> None:
    await registered()
    await resets.ask("sari@sukaraya.go.id", address=HALL, key=KEY, now=NOW)
    secret = await secret_of(store, Kind.RESET_PASSWORD)
    tries = (resets.reset(secret, f"{NEW} {n}", address=HALL, key=KEY, now=NOW) for n in range(5))
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, sessions.NewSession) for one in done) == 1
    assert sum(isinstance(one, ProofUsed) for one in done) == 4


async def test_a_confirmation_is_no_reset(store: ModuleType) -> None:
    await registered()
    secret = await secret_of(store, Kind.CONFIRM_ADDRESS)
    with pytest.raises(ProofUnknown):
        await resets.open_link(secret, now=NOW)


async def test_old_proofs_are_forgotten(store: ModuleType) -> None:
    sari = await registered()
    later = NOW + timedelta(days=10)
    await confirmations.ask_again(actor=principal(sari), address=HALL, key=KEY, now=later)
    assert await store.fetch_value("SELECT count(*) FROM proof") == 1
    assert proofs.LIVES[proofs.Purpose.CONFIRM] == timedelta(hours=48)


async def test_nothing_of_a_person_stands_in_the_chain(store: ModuleType) -> None:
    await registered()
    await resets.ask("sari@sukaraya.go.id", address=HALL, key=KEY, now=NOW)
    await resets.reset(await secret_of(store, Kind.RESET_PASSWORD), NEW, address=HALL, key=KEY, now=NOW)
    subjects = "\n".join(row["subject"] for row in await store.fetch("SELECT subject::text AS subject FROM outbox"))
    assert not re.search(r"sari|sukaraya|@|203\.0", subjects, re.IGNORECASE)
    assert (await mail.standing(now=NOW)).waiting == 3

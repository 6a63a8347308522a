"""Registering, signing in, changing a password, on a real database."""

import asyncio
from datetime import timedelta
from types import ModuleType
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher

from hackathon import accounts, credentials, sessions
from hackathon.accounts import PRIVACY_VERSION, Account, AccountUnknown
from hackathon.credentials import (
    CurrentPasswordWrong,
    PasswordChanged,
    PasswordRefused,
    SignInRefused,
)
from hackathon.errors import Refusal
from hackathon.model import SYSTEM, Principal
from hackathon.sessions import Session
from tests.integration.hackathon.city import KEY, NOW

DEWI = "dewi@sukaraya.go.id"
GOOD, BETTER = "kuda baterai staples", "lampu jalan kampung"


async def register(name: str = "Dewi Saraswati", email: str = DEWI, password: str = GOOD) -> Account:
    return await credentials.register(name, email, password, agreed_to=PRIVACY_VERSION, key=KEY, now=NOW)


async def signed_in(account: Account) -> Session:
    opened = await sessions.open_session(account.id, now=NOW)
    session = await sessions.authenticate(opened.secret, now=NOW)
    assert session is not None
    return session


async def test_who_registers_has_an_account_that_is_not_confirmed(store: ModuleType) -> None:
    made = await register(email="  Dewi@Sukaraya.go.id\n")
    kept = await accounts.get_account(made.id)
    assert (kept.name, kept.email, kept.confirmed_at, kept.roles) == (
        "Dewi Saraswati",
        "Dewi@Sukaraya.go.id",
        None,
        set(),
    )
    row = await store.fetch_one("SELECT * FROM account WHERE id = $1", made.id)
    assert row["password_hash"].startswith("$argon2id$")
    assert GOOD not in str(dict(row))
    principal = Principal(made.id, made.name, made.roles)
    assert [consent.version for consent in await accounts.list_consents(actor=principal)] == [PRIVACY_VERSION]
    (told,) = await store.fetch("SELECT kind, actor FROM outbox")
    assert (told["kind"], told["actor"]) == ("account.registered", made.id)


async def test_signing_in_needs_both_and_tells_nothing_else(store: ModuleType) -> None:
    made = await register()
    await accounts.create_account("Mesin", email="mesin@sukaraya.go.id", actor=SYSTEM, now=NOW)
    assert await credentials.sign_in(f" {DEWI.upper()} ", GOOD) == made.id
    sentences = set()
    for email, password in [
        (DEWI, BETTER),
        (DEWI, ""),
        ("budi@sukaraya.go.id", GOOD),
        ("mesin@sukaraya.go.id", ""),
        ("mesin@sukaraya.go.id", "nobody has this password"),
        ("", ""),
        ("d\u0435wi@sukaraya.go.id", GOOD),
        (DEWI + "\0", GOOD),
        ("x" * 100_000, GOOD),
        (DEWI, "x" * 100_000),
        ("%", GOOD),
    ]:
        with pytest.raises(SignInRefused) as caught:
            await credentials.sign_in(email, password)
        sentences.add(caught.value.message)
    assert len(sentences) == 1


async def test_an_address_with_an_account_registers_as_any_other(store: ModuleType) -> None:
    owner = await register()
    other = await register("Orang Lain", DEWI.upper(), BETTER)
    assert other.id != owner.id
    assert (other.email, other.claims, other.address) == (None, DEWI.upper(), DEWI.upper())
    # Both sign in with what they chose, so that nobody learns which of them was first.
    assert await credentials.sign_in(DEWI, GOOD) == owner.id
    assert await credentials.sign_in(DEWI, BETTER) == other.id
    found = await accounts.find_account(DEWI)
    assert found is not None
    assert found.id == owner.id
    told = await store.fetch_one("SELECT subject::jsonb->>'owner' AS owner FROM outbox WHERE kind = 'account.claimed'")
    assert UUID(told["owner"]) == owner.id
    letters = await store.fetch("SELECT account_id, kind FROM mail ORDER BY created_at, kind DESC")
    assert {(row["account_id"], row["kind"]) for row in letters} == {
        (owner.id, "confirm_address"),
        (owner.id, "address_known"),
    }


async def test_the_latest_claim_takes_the_place_of_the_one_before(store: ModuleType) -> None:
    owner, first, second = await register(), await register(password=BETTER), await register(password="payung biru tua")
    with pytest.raises(AccountUnknown):
        await accounts.get_account(first.id)
    assert await credentials.sign_in(DEWI, "payung biru tua") == second.id
    assert await credentials.sign_in(DEWI, GOOD) == owner.id
    with pytest.raises(SignInRefused):
        await credentials.sign_in(DEWI, BETTER)


async def test_registrations_that_race_leave_one_owner(store: ModuleType) -> None:
    made = await asyncio.gather(*(register(password=f"{GOOD} {number}") for number in range(6)))
    assert sum(one.email is not None for one in made) == 1
    rows = await store.fetch("SELECT email, claims FROM account")
    assert sorted((row["email"] is None, row["claims"] is None) for row in rows) == [(False, True), (True, False)]


async def test_a_form_sent_twice_makes_one_account(store: ModuleType) -> None:
    made = await asyncio.gather(*(register() for _ in range(4)))
    again = await register("Dewi S.")
    assert {one.id for one in (*made, again)} == {made[0].id}
    assert await store.fetch_value("SELECT count(*) FROM account") == 1
    assert await store.fetch_value("SELECT count(*) FROM mail") == 1


@pytest.mark.parametrize(
    ("name", "email", "password", "agreed_to", "code"),
    [
        ("", DEWI, GOOD, PRIVACY_VERSION, "name_empty"),
        ("D\0", DEWI, GOOD, PRIVACY_VERSION, "name_unreadable"),
        ("x" * 100_000, DEWI, GOOD, PRIVACY_VERSION, "name_too_long"),
        ("Dewi", "", GOOD, PRIVACY_VERSION, "email_invalid"),
        ("Dewi", "dewi@sukaraya", GOOD, PRIVACY_VERSION, "email_invalid"),
        ("Dewi", "d\u0435wi@sukaraya.go.id", GOOD, PRIVACY_VERSION, "email_invalid"),
        ("Dewi", "dewi@sukaraya.go.id\r\nBcc: x@y.id", GOOD, PRIVACY_VERSION, "email_invalid"),
        ("Dewi", "dewi..s@sukaraya.go.id", GOOD, PRIVACY_VERSION, "email_invalid"),
        ("Dewi", "d" * 65 + "@sukaraya.go.id", GOOD, PRIVACY_VERSION, "email_invalid"),
        ("Dewi", DEWI, "pendek", PRIVACY_VERSION, "password_refused"),
        ("Dewi", DEWI, "sukaraya2026", PRIVACY_VERSION, "password_refused"),
        ("Dewi", DEWI, GOOD, None, "consent_missing"),
        ("Dewi", DEWI, GOOD, "2020-01", "consent_missing"),
    ],
)
async def test_registrations_that_cannot_be(
    store: ModuleType, name: str, email: str, password: str, agreed_to: str | None, code: str
) -> None:
    with pytest.raises(Refusal) as caught:
        await credentials.register(name, email, password, agreed_to=agreed_to, key=KEY, now=NOW)
    assert caught.value.code == code
    assert await store.fetch("SELECT id FROM account") == []


async def test_a_hash_of_weaker_days_is_made_again_at_signing_in(store: ModuleType) -> None:
    made = await register()
    weaker = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(GOOD)
    await store.execute("UPDATE account SET password_hash = $1", weaker)
    assert await credentials.sign_in(DEWI, GOOD) == made.id
    kept = await store.fetch_value("SELECT password_hash FROM account")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await credentials.sign_in(DEWI, GOOD) == made.id


async def test_a_changed_password_ends_every_session_but_gives_a_new_one(store: ModuleType) -> None:
    account = await register()
    here, elsewhere = await signed_in(account), await signed_in(account)
    opened = await credentials.change_password(GOOD, BETTER, session=here, key=KEY, now=NOW)
    assert opened.session_id not in (here.id, elsewhere.id)
    living = await sessions.list_sessions(account.id, now=NOW)
    assert [one.id for one in living] == [opened.session_id]
    assert await credentials.sign_in(DEWI, BETTER) == account.id
    with pytest.raises(SignInRefused):
        await credentials.sign_in(DEWI, GOOD)
    assert await store.fetch_value("SELECT count(*) FROM mail WHERE kind = 'password_changed'") == 1


async def test_a_password_is_not_changed_without_the_one_before_or_to_a_weak_one(store: ModuleType) -> None:
    account = await register()
    here = await signed_in(account)
    with pytest.raises(CurrentPasswordWrong):
        await credentials.change_password("salah sekali", BETTER, session=here, key=KEY, now=NOW)
    with pytest.raises(PasswordRefused):
        await credentials.change_password(GOOD, "saraswati", session=here, key=KEY, now=NOW)
    assert len(await sessions.list_sessions(account.id, now=NOW)) == 1
    assert await credentials.sign_in(DEWI, GOOD) == account.id


async def test_two_changes_at_once_leave_one(store: ModuleType) -> None:
    account = await register()
    here = await signed_in(account)
    results = await asyncio.gather(
        *(
            credentials.change_password(GOOD, f"{BETTER} {number}", session=here, key=KEY, now=NOW)
            for number in range(3)
        ),
        return_exceptions=True,
    )
    refused = [one for one in results if isinstance(one, BaseException)]
    assert len(refused) == 2
    assert all(isinstance(one, PasswordChanged | CurrentPasswordWrong) for one in refused)
    assert len(await sessions.list_sessions(account.id, now=NOW)) == 1


async def test_a_reset_ends_every_session_and_token(store: ModuleType) -> None:
    account = await register()
    await signed_in(account)
    me = Principal(account.id, account.name, account.roles)
    tokens = [await accounts.create_token(account.id, label=name, actor=me, now=NOW) for name in ("laptop", "skrip")]
    await accounts.revoke_token(tokens[0].id, actor=me, now=NOW)
    with pytest.raises(PasswordRefused):
        await credentials.set_password(account.id, "dewi12345678")
    assert await accounts.authenticate(tokens[1].secret) is not None
    await credentials.set_password(account.id, BETTER)
    assert await sessions.list_sessions(account.id, now=NOW + timedelta(seconds=1)) == ()
    assert await accounts.authenticate(tokens[1].secret) is None
    assert await store.fetch_value("SELECT count(*) FROM outbox WHERE kind = 'token.revoked'") == 2
    assert await credentials.sign_in(DEWI, BETTER) == account.id
    with pytest.raises(AccountUnknown):
        await credentials.set_password(uuid4(), BETTER)

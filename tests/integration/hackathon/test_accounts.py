"""Accounts and tokens."""

from datetime import timedelta
from types import ModuleType
from uuid import uuid4

import pytest

from hackathon import accounts
from hackathon.accounts import AccountUnknown, EmailTaken, TokenUnknown
from hackathon.errors import Forbidden, Refusal
from hackathon.model import SYSTEM, Role
from tests.integration.hackathon.city import NOW, person


async def test_a_token_opens_the_door_and_only_its_hash_is_kept(store: ModuleType) -> None:
    account = await accounts.create_account(
        "Sari", email="sari@sukaraya.go.id", roles=[Role.JUDGE], actor=SYSTEM, now=NOW
    )
    token = await accounts.create_token(account.id, label="laptop", actor=SYSTEM, now=NOW)
    assert token.secret.startswith("glg_")
    assert len(token.secret) == 47
    assert token.secret not in repr(token)
    principal = await accounts.authenticate(token.secret)
    assert principal is not None
    assert (principal.account_id, principal.name, principal.roles) == (account.id, "Sari", {Role.JUDGE})
    rows = await store.fetch("SELECT * FROM api_token")
    assert token.secret not in str([dict(row) for row in rows])
    (used,) = await accounts.list_tokens(account.id, actor=principal)
    assert used.last_used_at is not None


@pytest.mark.parametrize("token", ["", "glg_", "glg_" + "A" * 43, "glg_" + "A" * 44, "é" * 47, "x" * 100_000])
async def test_what_is_no_token_opens_nothing(store: ModuleType, token: str) -> None:
    assert await accounts.authenticate(token) is None


async def test_a_token_ends_when_it_is_revoked_or_expires(store: ModuleType) -> None:
    sari = await person("Sari")
    token = await accounts.create_token(
        sari.account_id, label="laptop", actor=sari, now=NOW, expires_at=NOW + timedelta(days=1)
    )
    assert await accounts.authenticate(token.secret, now=NOW + timedelta(hours=23)) is not None
    assert await accounts.authenticate(token.secret, now=NOW + timedelta(days=1)) is None
    await accounts.revoke_token(token.id, actor=sari, now=NOW)
    await accounts.revoke_token(token.id, actor=sari, now=NOW)
    assert await accounts.authenticate(token.secret, now=NOW) is None


async def test_nobody_touches_another_persons_tokens(store: ModuleType) -> None:
    sari, budi = await person("Sari"), await person("Budi")
    token = await accounts.create_token(sari.account_id, label="laptop", actor=sari, now=NOW)
    with pytest.raises(Forbidden):
        await accounts.create_token(sari.account_id, label="mine", actor=budi, now=NOW)
    with pytest.raises(Forbidden):
        await accounts.list_tokens(sari.account_id, actor=budi)
    for unknown in (token.id, uuid4()):
        with pytest.raises(TokenUnknown):
            await accounts.revoke_token(unknown, actor=budi, now=NOW)
    assert await accounts.authenticate(token.secret) is not None


async def test_only_organizers_make_accounts_and_an_address_has_one(store: ModuleType) -> None:
    await accounts.create_account("Sari", email="Sari@Sukaraya.go.id", actor=SYSTEM, now=NOW)
    with pytest.raises(EmailTaken):
        await accounts.create_account("Sari lain", email="sari@sukaraya.go.id", actor=SYSTEM, now=NOW)
    with pytest.raises(Forbidden):
        await accounts.create_account("Budi", actor=await person("Citra"), now=NOW)
    found = await accounts.find_account("SARI@sukaraya.go.id")
    assert found is not None
    assert found.name == "Sari"
    assert await accounts.find_account("none@sukaraya.go.id") is None
    with pytest.raises(AccountUnknown):
        await accounts.get_account(uuid4())


@pytest.mark.parametrize(
    ("name", "email", "code"),
    [
        ("  ", None, "name_empty"),
        ("a" * 201, None, "name_too_long"),
        ("Sa\u202eri", None, "name_unreadable"),
        ("Sari", "sari", "email_invalid"),
        ("Sari", "sari@" + "a" * 300 + ".id", "email_invalid"),
    ],
)
async def test_names_and_addresses_that_cannot_be(store: ModuleType, name: str, email: str | None, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        await accounts.create_account(name, email=email, actor=SYSTEM, now=NOW)
    assert caught.value.code == code

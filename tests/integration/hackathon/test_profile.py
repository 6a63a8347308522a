"""What a person says of themselves, and their NIP under a key of their own."""

import asyncio
from types import ModuleType

import pytest

from hackathon import accounts
from hackathon.accounts import MOST_TOKENS, NipInvalid, TooManyTokens
from hackathon.errors import Refusal, Unavailable
from tests.integration.hackathon.city import KEY, NOW, person

NIP = "199208172015032004"


async def test_name_zone_and_language_are_ones_own_to_change(store: ModuleType) -> None:
    dewi, budi = await person("Dewi"), await person("Budi")
    await accounts.update_profile(name=" Dewi  Saraswati ", zone="Asia/Jayapura", language="en", actor=dewi)
    kept = await accounts.get_account(dewi.account_id)
    assert (kept.name, kept.zone, kept.language) == ("Dewi Saraswati", "Asia/Jayapura", "en")
    assert (await accounts.get_account(budi.account_id)).name == "Budi"


@pytest.mark.parametrize(
    ("name", "zone", "language", "code"),
    [
        ("", "Asia/Jakarta", "id", "name_empty"),
        ("Dewi\u202e", "Asia/Jakarta", "id", "name_unreadable"),
        ("Dewi", "Asia/Singapore", "id", "zone_unknown"),
        ("Dewi", "", "id", "zone_unknown"),
        ("Dewi", "Asia/Jakarta", "fr", "language_unknown"),
    ],
)
async def test_profiles_that_cannot_be(store: ModuleType, name: str, zone: str, language: str, code: str) -> None:
    dewi = await person("Dewi")
    with pytest.raises(Refusal) as caught:
        await accounts.update_profile(name=name, zone=zone, language=language, actor=dewi)
    assert caught.value.code == code
    assert (await accounts.get_account(dewi.account_id)).name == "Dewi"


async def test_a_nip_lies_under_the_persons_key(store: ModuleType) -> None:
    dewi, budi = await person("Dewi"), await person("Budi")
    await accounts.set_nip("19920817 201503 2 004", key=KEY, actor=dewi, now=NOW)
    await accounts.set_nip("198001012005011001", key=KEY, actor=budi, now=NOW)
    assert await accounts.read_nip(key=KEY, actor=dewi) == NIP
    rows = await store.fetch("SELECT * FROM account_secret s JOIN account_key k USING (account_id)")
    assert NIP.encode() not in b"".join(row["nip"] + row["sealed"] for row in rows)
    # A row moved to another person opens nothing.
    await store.execute(
        "UPDATE account_secret SET nip = (SELECT nip FROM account_secret WHERE account_id = $1) WHERE account_id = $2",
        dewi.account_id,
        budi.account_id,
    )
    with pytest.raises(Unavailable):
        await accounts.read_nip(key=KEY, actor=budi)
    # Without the person's key what is left is noise.
    await store.execute("DELETE FROM account_key WHERE account_id = $1", dewi.account_id)
    assert await accounts.read_nip(key=KEY, actor=dewi) is None
    kinds = {row["kind"] for row in await store.fetch("SELECT kind, subject FROM outbox WHERE kind LIKE '%nip%'")}
    assert kinds == {"account.nip_set"}
    assert NIP not in str([dict(row) for row in await store.fetch("SELECT subject, reason FROM outbox")])


async def test_a_nip_can_be_replaced_and_removed(store: ModuleType) -> None:
    dewi = await person("Dewi")
    assert await accounts.read_nip(key=KEY, actor=dewi) is None
    await accounts.set_nip("199208172015031004", key=KEY, actor=dewi, now=NOW)
    await accounts.set_nip(NIP, key=KEY, actor=dewi, now=NOW)
    assert await accounts.read_nip(key=KEY, actor=dewi) == NIP
    with pytest.raises(NipInvalid):
        await accounts.set_nip("123", key=KEY, actor=dewi, now=NOW)
    assert await accounts.read_nip(key=KEY, actor=dewi) == NIP
    await accounts.remove_nip(actor=dewi)
    await accounts.remove_nip(actor=dewi)
    assert await accounts.read_nip(key=KEY, actor=dewi) is None


async def test_two_tabs_that_save_at_once_share_one_key(store: ModuleType) -> None:
    dewi = await person("Dewi")
    await asyncio.gather(*(accounts.set_nip(NIP, key=KEY, actor=dewi, now=NOW) for _ in range(4)))
    assert await accounts.read_nip(key=KEY, actor=dewi) == NIP
    assert await store.fetch_value("SELECT count(*) FROM account_key") == 1


async def test_another_installation_key_is_told(store: ModuleType) -> None:
    dewi = await person("Dewi")
    await accounts.set_nip(NIP, key=KEY, actor=dewi, now=NOW)
    for call in (
        accounts.read_nip(key=bytes(32), actor=dewi),
        accounts.set_nip(NIP, key=bytes(32), actor=dewi, now=NOW),
    ):
        with pytest.raises(Unavailable, match="GELANGGANG_SECRET_FILE"):
            await call


async def test_nobody_needs_more_tokens_than_that(store: ModuleType) -> None:
    dewi = await person("Dewi")

    async def make() -> accounts.NewToken:
        return await accounts.create_token(dewi.account_id, label="laptop", actor=dewi, now=NOW)

    results = await asyncio.gather(*(make() for _ in range(MOST_TOKENS + 3)), return_exceptions=True)
    refused = [one for one in results if isinstance(one, BaseException)]
    assert len(refused) == 3
    assert all(isinstance(one, TooManyTokens) for one in refused)
    made = next(one for one in results if not isinstance(one, BaseException))
    await accounts.revoke_token(made.id, actor=dewi, now=NOW)
    await make()

"""Codes that organizers print."""

import asyncio
from datetime import timedelta
from types import ModuleType
from uuid import UUID, uuid4

import pytest

from hackathon import accounts, codes, confirmations, credentials, mail, sessions
from hackathon.accounts import PRIVACY_VERSION, Account
from hackathon.attempts import TooManyAttempts
from hackathon.codes import BatchShown, BatchUnknown, CodeMistyped, CodeOver, CodeUnknown, NewBatch, Purpose
from hackathon.codes.model import make_code
from hackathon.confirmations import AddressOwned
from hackathon.credentials import PasswordRefused
from hackathon.errors import Forbidden, Refusal
from hackathon.model import SYSTEM, Principal, Role
from hackathon.sessions import NewSession
from tests.integration.hackathon.city import KEY, NOW, City

OLD, NEW = "empat ekor bebek", "sawah hijau di lereng"
HALL = "203.0.113.7"
TOMORROW = NOW + timedelta(days=1)


def principal(account: Account) -> Principal:
    return Principal(account.id, account.name, account.roles)


@pytest.fixture
async def panitia(store: ModuleType) -> Principal:
    return principal(await accounts.create_account("Panitia", roles=[Role.ORGANIZER], actor=SYSTEM, now=NOW))


async def registered(name: str = "Dewi Lestari", email: str = "dewi@sukaraya.go.id") -> Principal:
    made = await credentials.register(name, email, OLD, agreed_to=PRIVACY_VERSION, key=KEY, now=NOW)
    return principal(made)


async def printed(city: City, actor: Principal, size: int = 3, **options: object) -> NewBatch:
    values: dict[str, object] = {"purpose": Purpose.CONFIRM, "size": size, "expires_at": TOMORROW} | options
    batch_id = values.pop("batch_id", uuid4())
    return await codes.make_batch(batch_id, city.event.id, key=KEY, actor=actor, now=NOW, **values)  # type: ignore[arg-type]


async def sign_in_code(city: City, actor: Principal, account_id: UUID) -> str:
    made = await printed(city, actor, purpose=Purpose.SIGN_IN, account_id=account_id)
    return made.codes[0]


async def use(code: str, actor: Principal, now: object = NOW, address: str = HALL) -> None:
    await codes.confirm_with(code, actor=actor, address=address, key=KEY, now=now)  # type: ignore[arg-type]


async def is_confirmed(actor: Principal) -> bool:
    return (await accounts.get_account(actor.account_id)).confirmed_at is not None


async def test_a_code_confirms_one_account_once(store: ModuleType, city: City, panitia: Principal) -> None:
    made = await printed(city, panitia)
    assert len(set(made.codes)) == 3
    kept = str([dict(row) for row in await store.fetch("SELECT * FROM code")])
    assert not any(code in kept or code.replace("-", "") in kept for code in made.codes)
    assert made.codes[0] not in repr(made)
    dewi, budi = await registered(), await registered("Budi", "budi@sukaraya.go.id")
    await use(made.codes[0].lower().replace("-", " "), dewi)
    assert await is_confirmed(dewi)
    await use(made.codes[0], dewi)  # the same form twice
    with pytest.raises(CodeOver, match="used already"):
        await use(made.codes[0], budi)
    assert not await is_confirmed(budi)
    (batch,) = await codes.list_batches(city.event.id, actor=panitia)
    assert (batch.used, batch.size, batch.is_open(NOW)) == (1, 3, True)


async def test_an_account_that_is_confirmed_uses_no_code_up(store: ModuleType, city: City, panitia: Principal) -> None:
    made, dewi = await printed(city, panitia), await registered()
    await use(made.codes[0], dewi)
    await use(made.codes[1], dewi)
    assert (await codes.get_batch(made.batch.id, city.event.id, actor=panitia)).used == 1


async def test_an_account_that_only_claims_an_address_cannot_be_confirmed(
    store: ModuleType, city: City, panitia: Principal
) -> None:
    await registered()
    made = await credentials.register(
        "Dewi L.", "dewi@sukaraya.go.id", "payung biru tua", agreed_to=PRIVACY_VERSION, key=KEY, now=NOW
    )
    claimant = Principal(made.id, made.name, made.roles)
    batch = await printed(city, panitia)
    with pytest.raises(AddressOwned):
        await use(batch.codes[0], claimant)
    assert not await is_confirmed(claimant)
    with pytest.raises(AddressOwned):
        await confirmations.confirm_by_hand(made.id, reason="Dikenal", actor=panitia, now=NOW)
    assert (await codes.list_batches(city.event.id, actor=panitia))[0].used == 0


async def test_of_many_who_use_one_code_at_once_one_wins(store: ModuleType, city: City, panitia: Principal) -> None:
    made = await printed(city, panitia, size=1)
    people = [await registered(f"Peserta {n}", f"peserta{n}@sukaraya.go.id") for n in range(8)]
    done = await asyncio.gather(*(use(made.codes[0], one) for one in people), return_exceptions=True)
    assert done.count(None) == 1
    assert sum(isinstance(one, CodeOver) for one in done) == 7
    assert [await is_confirmed(one) for one in people].count(True) == 1


async def test_codes_end(store: ModuleType, city: City, panitia: Principal) -> None:
    made, dewi = await printed(city, panitia), await registered()
    with pytest.raises(CodeOver, match="expired"):
        await use(made.codes[0], dewi, TOMORROW)
    await codes.revoke_batch(made.batch.id, city.event.id, actor=panitia, now=NOW)
    await codes.revoke_batch(made.batch.id, city.event.id, actor=panitia, now=NOW)
    with pytest.raises(CodeOver, match="revoked"):
        await use(made.codes[0], dewi)
    assert not await is_confirmed(dewi)
    assert await store.fetch_value("SELECT count(*) FROM outbox WHERE kind = 'code.batch_revoked'") == 1


async def test_guessing_is_limited_and_mistyping_is_not(store: ModuleType, city: City, panitia: Principal) -> None:
    made, dewi = await printed(city, panitia), await registered()
    for wrong in ("", "K7MR", made.codes[0][:-1], "0000-0000", "é" * 8, "A" * 10_000, "x\0y") * 3:
        with pytest.raises(CodeMistyped):
            await use(wrong, dewi)
    for _ in range(10):
        with pytest.raises(CodeUnknown):
            await use(make_code(), dewi)
    with pytest.raises(TooManyAttempts):
        await use(made.codes[0], dewi)
    await use(made.codes[0], dewi, NOW + timedelta(minutes=15))
    assert await is_confirmed(dewi)


async def test_only_organizers_make_and_see_codes(store: ModuleType, city: City, panitia: Principal) -> None:
    made = await printed(city, panitia)
    for refused in (
        printed(city, city.sari),
        codes.list_batches(city.event.id, actor=city.sari),
        codes.get_batch(made.batch.id, city.event.id, actor=city.sari),
        codes.revoke_batch(made.batch.id, city.event.id, actor=city.sari, now=NOW),
    ):
        with pytest.raises(Forbidden):
            await refused  # type: ignore[misc]
    with pytest.raises(BatchUnknown):
        await codes.get_batch(made.batch.id, uuid4(), actor=panitia)


async def test_a_form_sent_twice_makes_one_batch(store: ModuleType, city: City, panitia: Principal) -> None:
    made = await printed(city, panitia)
    with pytest.raises(BatchShown):
        await printed(city, panitia, batch_id=made.batch.id)
    assert await store.fetch_value("SELECT count(*) FROM code") == 3


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"size": 0}, "code_count"),
        ({"size": 501}, "code_count"),
        ({"expires_at": NOW}, "code_life"),
        ({"expires_at": NOW + timedelta(days=61)}, "code_life"),
        ({"purpose": Purpose.SIGN_IN}, "code_account"),
    ],
)
async def test_batches_that_cannot_be(
    store: ModuleType, city: City, panitia: Principal, options: dict[str, object], code: str
) -> None:
    with pytest.raises(Refusal) as caught:
        await printed(city, panitia, **options)
    assert caught.value.code == code


async def test_five_hundred_codes_are_made_at_once(store: ModuleType, city: City, panitia: Principal) -> None:
    made = await printed(city, panitia, size=500, venue_id=city.event.venues[0].id)
    assert len(set(made.codes)) == 500
    assert made.batch.venue_id == city.event.venues[0].id


async def test_a_sign_in_code_gives_a_new_password(store: ModuleType, city: City, panitia: Principal) -> None:
    dewi = await registered()
    elsewhere = await sessions.open_session(dewi.account_id, now=NOW)
    code = await sign_in_code(city, panitia, dewi.account_id)
    with pytest.raises(CodeUnknown):
        await use(code, dewi)
    with pytest.raises(PasswordRefused):
        await codes.sign_in_with(code, "pendek", address=HALL, key=KEY, now=NOW)
    opened = await codes.sign_in_with(code, NEW, address=HALL, key=KEY, now=NOW, browser="Firefox")
    found = await sessions.authenticate(opened.secret, now=NOW)
    assert found is not None
    assert (found.account_id, found.confirmed_at) == (dewi.account_id, NOW)
    assert await sessions.authenticate(elsewhere.secret, now=NOW) is None
    assert await credentials.sign_in("dewi@sukaraya.go.id", NEW) == dewi.account_id
    assert (await mail.standing(now=NOW)).waiting == 2  # the confirmation, and word of the new password
    with pytest.raises(CodeOver):
        await codes.sign_in_with(code, OLD, address=HALL, key=KEY, now=NOW)


async def test_of_two_who_sign_in_with_one_code_at_once_one_wins(
    store: ModuleType, city: City, panitia: Principal
) -> None:
    code = await sign_in_code(city, panitia, (await registered()).account_id)
    tries = (codes.sign_in_with(code, f"{NEW} {n}", address=HALL, key=KEY, now=NOW) for n in range(4))
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, NewSession) for one in done) == 1
    assert sum(isinstance(one, CodeOver) for one in done) == 3


async def test_a_code_to_confirm_signs_nobody_in(store: ModuleType, city: City, panitia: Principal) -> None:
    made = await printed(city, panitia)
    for code in (made.codes[0], make_code()):
        with pytest.raises(CodeUnknown):
            await codes.sign_in_with(code, NEW, address=HALL, key=KEY, now=NOW)


async def test_no_code_signs_in_to_organizers_and_judges(store: ModuleType, city: City, panitia: Principal) -> None:
    with pytest.raises(Refusal) as caught:
        await sign_in_code(city, panitia, panitia.account_id)
    assert caught.value.code == "code_account"
    dewi = await registered()
    code = await sign_in_code(city, panitia, dewi.account_id)
    await store.execute("UPDATE account SET roles = '{judge}' WHERE id = $1", dewi.account_id)
    with pytest.raises(CodeUnknown):
        await codes.sign_in_with(code, NEW, address=HALL, key=KEY, now=NOW)

"""How often something may be tried."""

import asyncio
from datetime import datetime, timedelta
from types import ModuleType

import pytest

from hackathon import attempts
from hackathon.attempts import LIMITS, Action, Attempt, AttemptSweeper, Scope, TooManyAttempts
from hackathon.attempts.model import hashes
from tests.integration.hackathon.city import KEY, NOW
from tests.integration.hackathon.loops import eventually, running

SARI, HALL, CAFE = "sari@sukaraya.go.id", "203.0.113.7", "198.51.100.4"


async def try_in(
    person: str = SARI, address: str = HALL, now: datetime = NOW, action: Action = Action.SIGN_IN
) -> Attempt:
    return await attempts.begin(action, person=person, address=address, key=KEY, now=now)


async def test_ten_wrong_passwords_wait_until_the_first_is_fifteen_minutes_old(store: ModuleType) -> None:
    for second in range(10):
        await try_in(now=NOW + timedelta(seconds=second))
    for later in (10, 300, 899):
        with pytest.raises(TooManyAttempts) as caught:
            await try_in(now=NOW + timedelta(seconds=later))
        assert caught.value.until == NOW + timedelta(minutes=15)
        assert caught.value.scope is Scope.BOTH
    assert caught.value.message.id.startswith(
        "Kata sandi salah terlalu sering. Coba lagi 1 menit lagi (16.15 WIB, 17.15 WITA, 18.15 WIT)."
    )
    await try_in(now=NOW + timedelta(minutes=15))
    with pytest.raises(TooManyAttempts) as caught:
        await try_in(now=NOW + timedelta(minutes=15))
    assert caught.value.until == NOW + timedelta(minutes=15, seconds=1)


async def test_guesses_from_elsewhere_do_not_lock_the_owner_out(store: ModuleType) -> None:
    for _ in range(10):
        await try_in(address=CAFE)
    with pytest.raises(TooManyAttempts):
        await try_in(address=CAFE)
    await attempts.forgive(await try_in(address=HALL))
    # Whoever guesses from many networks is stopped all the same.
    for network in range(4):
        for _ in range(10):
            await try_in(address=f"192.0.2.{network}")
    with pytest.raises(TooManyAttempts) as caught:
        await try_in(address="192.0.2.99")
    assert caught.value.scope is Scope.PERSON


async def fail_in_the_hall(store: ModuleType, times: int, action: Action = Action.SIGN_IN) -> None:
    """So many failures with accounts of others, all at this moment."""
    subject = hashes(action, SARI, HALL, KEY)[Scope.ADDRESS]
    await store.execute(
        "INSERT INTO attempt (attempt_id, subject, at) SELECT gen_random_uuid(), $1, $2 FROM generate_series(1, $3)",
        subject,
        NOW,
        times,
    )


async def test_a_hall_is_one_address(store: ModuleType) -> None:
    await fail_in_the_hall(store, 299, Action.CODE)
    await try_in("pertama@sukaraya.go.id", action=Action.CODE)
    with pytest.raises(TooManyAttempts) as caught:
        await try_in("terakhir@sukaraya.go.id", action=Action.CODE)
    assert caught.value.scope is Scope.ADDRESS
    await try_in("terakhir@sukaraya.go.id", CAFE, action=Action.CODE)


async def test_who_guesses_in_a_hall_keeps_nobody_out_who_knows_their_password(store: ModuleType) -> None:
    await fail_in_the_hall(store, 300)
    for _ in range(5):
        await attempts.forgive(await try_in("rina@sukaraya.go.id"))
    await try_in("tono@sukaraya.go.id")
    await attempts.forgive(await try_in("tono@sukaraya.go.id"))
    for _ in range(2):
        await try_in()
    with pytest.raises(TooManyAttempts) as caught:
        await try_in()
    assert (caught.value.scope, caught.value.until) == (Scope.ADDRESS, NOW + timedelta(minutes=15))
    assert "data seluler" in caught.value.message.id
    await try_in(address=CAFE)
    await fail_in_the_hall(store, 3000 - 302)
    with pytest.raises(TooManyAttempts):
        await try_in("rina@sukaraya.go.id")
    await try_in("rina@sukaraya.go.id", now=NOW + timedelta(minutes=15))


async def test_who_gets_in_starts_anew_but_not_for_other_accounts(store: ModuleType) -> None:
    for _ in range(9):
        await try_in()
    await try_in("budi@sukaraya.go.id")
    await attempts.forgive(await try_in())
    for _ in range(10):
        await try_in()
    with pytest.raises(TooManyAttempts):
        await try_in()
    assert await store.fetch_value("SELECT count(DISTINCT attempt_id) FROM attempt") == 20


async def test_who_has_shown_who_they_are_in_another_way_is_let_in(store: ModuleType) -> None:
    for _ in range(10):
        await try_in()
    await attempts.clear(Action.SIGN_IN, person=SARI.upper(), address=HALL, key=KEY)
    await try_in()


async def test_a_hundred_at_once_are_a_hundred(store: ModuleType) -> None:
    done = await asyncio.gather(*(try_in() for _ in range(100)), return_exceptions=True)
    assert sum(isinstance(one, Attempt) for one in done) == 10
    assert sum(isinstance(one, TooManyAttempts) for one in done) == 90


async def test_nothing_of_people_or_addresses_is_kept(store: ModuleType) -> None:
    await try_in()
    rows = await store.fetch("SELECT * FROM attempt")
    assert len(rows) == 3
    assert not any(word in str([dict(row) for row in rows]) for word in ("sari", "203.0"))
    await try_in("budi@sukaraya.go.id", now=NOW + timedelta(hours=2))
    assert await store.fetch_value("SELECT count(*) FROM attempt") == 3


async def test_tries_are_forgotten_where_nobody_tries_any_more(store: ModuleType) -> None:
    now = await store.clock()
    await try_in(now=now - timedelta(minutes=61))
    await try_in("budi@sukaraya.go.id", now=now)
    await store.execute("UPDATE attempt SET at = at - interval '61 minutes' WHERE at = $1", now)
    async with running(AttemptSweeper()):
        await eventually(lambda: _none_left(store))


async def _none_left(store: ModuleType) -> bool:
    return await store.fetch_value("SELECT count(*) FROM attempt") == 0


@pytest.mark.parametrize("action", Action)
async def test_every_action_has_its_limits(store: ModuleType, action: Action) -> None:
    most = LIMITS[action].get(Scope.BOTH, LIMITS[action][Scope.PERSON]).most
    for _ in range(most):
        await try_in(action=action)
    with pytest.raises(TooManyAttempts) as caught:
        await try_in(action=action)
    assert caught.value.code == "too_many_attempts"
    assert "menit lagi" in caught.value.message.id
    assert "minute" in caught.value.message.en
    # What is tried without a name counts for its network only.
    await try_in("", action=action)

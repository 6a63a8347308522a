"""Sessions: who holds a secret is who it was made for, for as long as it counts."""

from datetime import timedelta
from types import ModuleType

from hackathon import sessions
from tests.integration.hackathon.city import NOW, person

DAY = timedelta(days=1)


async def test_who_holds_the_secret_is_signed_in(store: ModuleType) -> None:
    ayu = await person("Ayu")
    opened = await sessions.open_session(ayu.account_id, now=NOW, browser="Firefox")
    found = await sessions.authenticate(opened.secret, now=NOW)
    assert found is not None
    assert (found.account_id, found.name, found.confirmed_at) == (ayu.account_id, "Ayu", NOW)
    assert (found.zone, found.language) == ("Asia/Jakarta", "id")


async def test_nobody_else_is(store: ModuleType) -> None:
    ayu = await person("Ayu")
    opened = await sessions.open_session(ayu.account_id, now=NOW)
    wrong = opened.secret[:-1] + ("A" if opened.secret[-1] != "A" else "B")
    for secret in ("", "x" * 43, wrong, opened.secret + "=", "é" * 43, str(opened.session_id)):
        assert await sessions.authenticate(secret, now=NOW) is None


async def test_a_session_ends_when_nobody_uses_it_and_at_its_longest(store: ModuleType) -> None:
    ayu = await person("Ayu")
    opened = await sessions.open_session(ayu.account_id, now=NOW)
    assert await sessions.authenticate(opened.secret, now=NOW + sessions.IDLE) is None
    for day in range(0, 30, 6):
        assert await sessions.authenticate(opened.secret, now=NOW + day * DAY) is not None
    assert await sessions.authenticate(opened.secret, now=NOW + sessions.LONGEST - DAY) is not None
    assert await sessions.authenticate(opened.secret, now=NOW + sessions.LONGEST) is None


async def test_a_new_session_replaces_the_old_one(store: ModuleType) -> None:
    ayu = await person("Ayu")
    first = await sessions.open_session(ayu.account_id, now=NOW)
    second = await sessions.open_session(ayu.account_id, now=NOW, replaces=first.session_id)
    assert await sessions.authenticate(first.secret, now=NOW) is None
    assert await sessions.authenticate(second.secret, now=NOW) is not None


async def test_a_person_ends_own_sessions_only(store: ModuleType) -> None:
    ayu, bima = await person("Ayu"), await person("Bima")
    here = await sessions.open_session(ayu.account_id, now=NOW)
    there = await sessions.open_session(ayu.account_id, now=NOW)
    await sessions.end_session(here.session_id, bima.account_id)
    assert await sessions.authenticate(here.secret, now=NOW) is not None
    assert await sessions.end_sessions(ayu.account_id, keep=here.session_id) == 1
    assert [one.id for one in await sessions.list_sessions(ayu.account_id, now=NOW)] == [here.session_id]
    assert await sessions.authenticate(there.secret, now=NOW) is None


async def test_what_is_over_is_forgotten_when_the_next_one_opens(store: ModuleType) -> None:
    ayu = await person("Ayu")
    await sessions.open_session(ayu.account_id, now=NOW)
    await sessions.open_session(ayu.account_id, now=NOW + sessions.IDLE)
    assert await store.fetch_value("SELECT count(*) FROM session") == 1

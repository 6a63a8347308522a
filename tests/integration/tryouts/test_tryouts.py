"""A judge tries a prototype: through rows and a worker, with every way in which it may end."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from hackathon import tryouts
from hackathon.errors import Refusal
from hackathon.model import Principal
from hackathon.tryouts import (
    InputTooLarge,
    NothingToTry,
    StillAnswering,
    Tryout,
    TryoutCall,
    TryoutNotReady,
    TryoutOver,
    TryoutState,
    TryoutUnknown,
)
from hackathon.tryouts import errors as words
from hackathon.tryouts import store as rows
from sandbox.model import Failure
from tests.integration.evaluations.arena import SLUG
from tests.integration.evaluations.shop import GOOD, Shop
from tests.integration.hackathon.loops import eventually

MOODY = """
import os, time
def predict(task, input):
    if input["name"] == "henti":
        os._exit(7)
    if input["name"] == "tidur":
        time.sleep(60)
    if input["name"] == "panjang":
        return {"text": "x" * 200000, "nul": "a\\x00b"}
    return {"text": "Halo " + input["name"], "task": task}
"""


async def person(shop: Shop, name: str) -> Principal:
    account_id = uuid4()
    await shop.arena.store.execute(
        "INSERT INTO account (id, name, created_at) VALUES ($1, $2, now())", account_id, name
    )
    return Principal(account_id, name, frozenset())


async def built(shop: Shop, name: str, app: str) -> UUID:
    submission = await shop.hand_in(await shop.arena.enter(name), {"app.py": app})
    await shop.finished(submission)
    return submission


async def until(tryout: Tryout, actor: Principal, *states: TryoutState) -> Tryout:
    async with asyncio.timeout(30):
        while True:
            found = await tryouts.get(tryout.id, actor=actor)
            if found.state in states:
                return found
            await asyncio.sleep(0.02)


async def answered(tryout: Tryout, actor: Principal, given: dict[str, object]) -> TryoutCall:
    made = await tryouts.call(tryout.id, SLUG, given, actor=actor)
    async with asyncio.timeout(30):
        while True:
            calls = await tryouts.calls(tryout.id, actor=actor)
            (found,) = [one for one in calls if one.id == made.id]
            if not found.open:
                return found
            await asyncio.sleep(0.02)


async def none_running(shop: Shop) -> bool:
    return not any(provider.running for provider in shop.providers)


async def has_answer(tryout: Tryout, actor: Principal) -> bool:
    return not (await tryouts.calls(tryout.id, actor=actor))[-1].open


async def test_a_judge_tries_a_prototype_and_what_was_tried_is_kept(shop: Shop) -> None:
    shop.work()
    first, second = await built(shop, "Satu", MOODY), await built(shop, "Dua", GOOD)
    wayan, ayu = await person(shop, "Wayan"), await person(shop, "Ayu")
    with pytest.raises(NothingToTry):
        await tryouts.start(uuid4(), actor=wayan)

    # Twice at once is once.
    one, same = await asyncio.gather(*(tryouts.start(first, actor=wayan) for _ in range(2)))
    assert one.id == same.id
    ready = await until(one, wayan, TryoutState.READY)
    assert ready.ready_seconds is not None
    assert ready.ends_at is not None
    assert ready.page is None
    assert tryouts.ui_address(ready, shop.arena.key) is None

    said = await answered(ready, wayan, {"name": "Bu Ayu"})
    assert said.answer == {"text": "Halo Bu Ayu", "task": SLUG}
    assert (said.seconds or 0) > 0
    long = await answered(ready, wayan, {"name": "panjang"})
    assert long.clipped
    assert isinstance(long.answer, str)
    assert long.answer.startswith('{"text":"xxx')

    # Nobody else's business.
    for refused in (
        tryouts.get(ready.id, actor=ayu),
        tryouts.calls(ready.id, actor=ayu),
        tryouts.stop(ready.id, actor=ayu),
        tryouts.call(ready.id, SLUG, {}, actor=ayu),
    ):
        with pytest.raises(TryoutUnknown):
            await refused
    with pytest.raises(InputTooLarge):
        await tryouts.call(ready.id, SLUG, {"name": "x" * 300_000}, actor=wayan)

    # The program ends itself: the answer says so, and so does the try-out.
    ended = await answered(ready, wayan, {"name": "henti"})
    assert ended.failure is Failure.NO_CONNECTION
    assert ended.message is not None
    assert "7" in ended.message.id
    over = await until(ready, wayan, TryoutState.ENDED)
    assert over.reason == ended.message
    with pytest.raises(TryoutOver):
        await tryouts.call(ready.id, SLUG, {"name": "lagi"}, actor=wayan)

    # It can be started again, and another prototype takes its place.
    again = await tryouts.start(first, actor=wayan)
    assert again.id != ready.id
    await until(again, wayan, TryoutState.READY)
    other = await tryouts.start(second, actor=wayan)
    assert (await tryouts.get(again.id, actor=wayan)).reason == words.REPLACED
    with pytest.raises(TryoutNotReady):
        await tryouts.call(other.id, SLUG, {"name": "terlalu cepat"}, actor=wayan)
    await until(other, wayan, TryoutState.READY)
    assert (await answered(other, wayan, {"name": "Made"})).answer == {"text": "Halo Made"}
    await tryouts.stop(other.id, actor=wayan)
    await tryouts.stop(other.id, actor=wayan)
    assert (await tryouts.get(other.id, actor=wayan)).reason == words.STOPPED

    kept = await tryouts.calls_of(first, wayan.account_id)
    assert [call.input["name"] for call in kept] == ["henti", "panjang", "Bu Ayu"]
    assert await tryouts.calls_of(first, ayu.account_id) == ()
    await eventually(lambda: none_running(shop))


async def test_a_prototype_that_hangs_keeps_its_judge_informed_and_nobody_else_waiting(shop: Shop) -> None:
    await shop.arena.store.execute("UPDATE event SET rules = jsonb_set(rules, '{limits,run,case_seconds}', '2')")
    shop.work()
    submission = await built(shop, "Satu", MOODY)
    wayan, ayu = await person(shop, "Wayan"), await person(shop, "Ayu")
    hanging = await until(await tryouts.start(submission, actor=wayan), wayan, TryoutState.READY)
    await tryouts.call(hanging.id, SLUG, {"name": "tidur"}, actor=wayan)
    with pytest.raises(StillAnswering):
        await tryouts.call(hanging.id, SLUG, {"name": "tidur"}, actor=wayan)
    other = await until(await tryouts.start(submission, actor=ayu), ayu, TryoutState.READY)
    assert (await answered(other, ayu, {"name": "Ayu"})).failure is None
    # And evaluations go on.
    await built(shop, "Dua", GOOD)
    await eventually(lambda: has_answer(hanging, wayan))
    (call,) = await tryouts.calls(hanging.id, actor=wayan)
    assert call.failure is Failure.TOO_SLOW


async def test_whoever_dies_or_leaves_is_told_and_can_be_replaced(shop: Shop) -> None:
    store = shop.arena.store
    shop.work()
    submission = await built(shop, "Satu", GOOD)
    wayan = await person(shop, "Wayan")
    tryout = await until(await tryouts.start(submission, actor=wayan), wayan, TryoutState.READY)
    # A worker that was not heard of in time: whoever looks finds out, and what it writes later counts for nothing.
    await store.execute("UPDATE tryout SET lease_until = now() - interval '1 second' WHERE id = $1", tryout.id)
    assert (await tryouts.get(tryout.id, actor=wayan)).reason == words.LOST
    claim = rows.Claim(tryout.id, submission, 1, tryout.asked_at, None)
    assert not await rows.keep_lease(claim, timedelta(seconds=10))
    again = await until(await tryouts.start(submission, actor=wayan), wayan, TryoutState.READY)
    # One that is switched off says so.
    shop.stop.request()
    assert (await until(again, wayan, TryoutState.ENDED)).reason == words.LEAVING
    # With no worker left it is given up.
    nobody = await tryouts.start(submission, actor=wayan)
    await store.execute("UPDATE tryout SET asked_at = now() - interval '3 minutes' WHERE id = $1", nobody.id)
    assert (await tryouts.get(nobody.id, actor=wayan)).reason == words.NOBODY


async def test_nobody_starts_without_end(shop: Shop) -> None:
    shop.work()
    submission = await built(shop, "Satu", GOOD)
    wayan = await person(shop, "Wayan")
    await shop.arena.store.execute(
        "INSERT INTO tryout (id, submission_id, account_id, state, asked_at, ended_at, reason)"
        ' SELECT gen_random_uuid(), $1, $2, \'ended\', now(), now(), \'{"id": "-", "en": "-"}\''
        " FROM generate_series(1, 60)",
        submission,
        wayan.account_id,
    )
    with pytest.raises(Refusal) as refused:
        await tryouts.start(submission, actor=wayan)
    assert refused.value.code == "too_many_tryouts"

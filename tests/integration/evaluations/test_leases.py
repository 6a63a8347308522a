"""The heartbeat: it keeps claims alive, notices that one is lost, and gives all up when the database stays silent."""

import asyncio
from datetime import timedelta

import pytest

from hackathon.evaluations.errors import HandedBack, StaleLease
from hackathon.evaluations.leases import Leases
from hackathon.evaluations.sweep import requeue_expired
from tests.integration.evaluations.arena import Arena


async def test_a_beat_moves_the_end_of_the_lease(arena: Arena) -> None:
    await arena.hand_in(await arena.enter("Karsa"))
    worker_id = await arena.worker()
    leases = Leases(worker_id, seconds=30.0)
    held = leases.add(await arena.claim(worker_id, timedelta(seconds=1)))

    await leases.beat()

    left = await arena.store.fetch_value("SELECT min(lease_until) - clock_timestamp() FROM evaluation")
    assert timedelta(seconds=25) < left <= timedelta(seconds=30)
    held.check()


async def test_a_beat_notices_that_the_work_is_somebody_elses(arena: Arena) -> None:
    await arena.hand_in(await arena.enter("Karsa"))
    slow, other = await arena.worker("lambat"), await arena.worker("cepat")
    leases = Leases(slow, seconds=30.0)
    held = leases.add(await arena.claim(slow, timedelta(seconds=-1)))
    await requeue_expired()
    await arena.claim(other)

    await leases.beat()

    assert held.lost
    assert held.cancel.is_set
    with pytest.raises(StaleLease):
        held.check()


async def test_the_loop_keeps_a_short_lease_alive(arena: Arena) -> None:
    await arena.hand_in(await arena.enter("Karsa"))
    worker_id = await arena.worker()
    leases = Leases(worker_id, seconds=0.6)
    held = leases.add(await arena.claim(worker_id, leases.lease))
    loop = asyncio.create_task(leases.run())

    await asyncio.sleep(1.5)

    assert await requeue_expired() == 0
    assert not held.lost
    loop.cancel()
    await asyncio.wait({loop})


async def test_a_database_that_stays_silent_for_a_lease_costs_every_claim(arena: Arena) -> None:
    await arena.hand_in(await arena.enter("Karsa"))
    worker_id = await arena.worker()
    now = 0.0
    leases = Leases(worker_id, seconds=0.3, clock=lambda: now)
    held = leases.add(await arena.claim(worker_id, leases.lease))
    await arena.store.execute("ALTER TABLE evaluation RENAME TO elsewhere")
    loop = asyncio.create_task(leases.run())

    await asyncio.sleep(0.3)
    assert not held.lost
    now = 0.31
    await asyncio.sleep(0.3)

    assert held.lost
    loop.cancel()
    await asyncio.wait({loop})


async def test_handing_back_stops_the_work_without_calling_it_lost(arena: Arena) -> None:
    await arena.hand_in(await arena.enter("Karsa"))
    worker_id = await arena.worker()
    leases = Leases(worker_id, seconds=30.0)
    held = leases.add(await arena.claim(worker_id))

    held.hand_back()

    assert held.cancel.is_set
    with pytest.raises(HandedBack):
        held.check()
    leases.drop(held)
    assert leases.held == ()

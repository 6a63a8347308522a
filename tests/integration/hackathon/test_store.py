"""The door to PostgreSQL."""

import asyncio
from types import ModuleType
from uuid import uuid4

import asyncpg
import pytest

from hackathon.accounts.tables import Account
from hackathon.store import JOB_FIELDS, NestedTransaction, NotConnected


async def _insert(store: ModuleType, name: str) -> None:
    await Account(id=uuid4(), name=name, roles=[], created_at=await store.clock()).save()


async def test_a_transaction_is_rolled_back_whole(store: ModuleType) -> None:
    async def insert_and_fail() -> None:
        async with store.transaction():
            await _insert(store, "Sari")
            await store.defer_job("evaluate", {})
            raise ValueError("enough")

    with pytest.raises(ValueError, match="enough"):
        await insert_and_fail()
    assert await Account.count() == 0
    assert await store.fetch_value("SELECT count(*) FROM procrastinate_jobs") == 0
    assert not store.in_transaction()


async def test_a_nested_transaction_is_refused_and_the_outer_one_rolled_back(store: ModuleType) -> None:
    async def nest() -> None:
        async with store.transaction():
            await _insert(store, "Sari")
            async with store.transaction():
                await _insert(store, "Budi")

    with pytest.raises(NestedTransaction):
        await nest()
    assert await Account.count() == 0


async def test_a_failed_commit_leaves_no_transaction_behind(store: ModuleType) -> None:
    await store.execute("CREATE TABLE late (a int, CONSTRAINT late_unique UNIQUE (a) DEFERRABLE INITIALLY DEFERRED)")
    for _ in range(12):  # more often than the pool has connections
        with pytest.raises(asyncpg.UniqueViolationError):
            async with store.transaction():
                await store.execute("INSERT INTO late VALUES (1), (1)")
    async with store.transaction():
        await _insert(store, "Sari")
    assert await Account.count() == 1


async def test_two_tasks_have_transactions_of_their_own(store: ModuleType) -> None:
    async def insert(name: str) -> None:
        async with store.transaction():
            await _insert(store, name)
            await asyncio.sleep(0.01)

    await asyncio.gather(*(insert(f"Peserta {number}") for number in range(30)))
    assert await Account.count() == 30


async def test_the_clock_moves_within_a_transaction(store: ModuleType) -> None:
    async with store.transaction():
        first = await store.clock()
        await asyncio.sleep(0.002)
        assert await store.clock() > first
    assert first.utcoffset() is not None


async def test_a_job_is_committed_with_its_transaction(store: ModuleType) -> None:
    async with store.transaction():
        job = await store.defer_job("evaluate", {"team": "x"}, queue="evaluations", lock="a", priority=3)
    row = await store.fetch_one("SELECT * FROM procrastinate_jobs WHERE id = $1", job)
    assert row is not None
    assert (row["queue_name"], row["task_name"], row["args"]) == ("evaluations", "evaluate", '{"team": "x"}')
    assert (row["priority"], row["lock"], row["queueing_lock"]) == (3, "a", None)
    assert row["status"] == "todo"


async def test_a_job_that_waits_already_is_not_queued_again_and_breaks_nothing(store: ModuleType) -> None:
    async with store.transaction():
        assert await store.defer_job("evaluate", {}, queueing_lock="evaluations") is not None
        assert await store.defer_job("evaluate", {}, queueing_lock="evaluations") is None
        await _insert(store, "Sari")
    assert await Account.count() == 1
    assert await store.fetch_value("SELECT count(*) FROM procrastinate_jobs") == 1


async def test_the_fields_of_a_job_stand_in_the_order_of_the_queues_own_type(store: ModuleType) -> None:
    rows = await store.fetch(
        "SELECT attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
        " WHERE relname = 'procrastinate_job_to_defer_v1' AND attnum > 0 ORDER BY attnum"
    )
    assert tuple(row["attname"] for row in rows) == JOB_FIELDS


async def test_a_notice_is_told_at_the_commit_only(store: ModuleType, dsn: str) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    connection = await asyncpg.connect(dsn)
    await connection.add_listener(store.CHANNEL, lambda *message: heard.put_nowait(message[-1]))

    async def notify_and_fail() -> None:
        async with store.transaction():
            await store.notify("submission", "rolled-back")
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await notify_and_fail()
    async with store.transaction():
        await store.notify("submission", "kept")
        await asyncio.sleep(0.05)
        assert heard.empty()
    assert await asyncio.wait_for(heard.get(), 5) == "submission:kept"
    await connection.close()


async def test_connecting_twice_needs_two_farewells(store: ModuleType, dsn: str) -> None:
    await store.connect(dsn)
    with pytest.raises(RuntimeError, match="another database"):
        await store.connect(dsn + "&application_name=other")
    await store.disconnect()
    assert await store.fetch_value("SELECT 1") == 1


async def test_without_a_pool_nothing_is_guessed(dsn: str) -> None:
    with pytest.raises(NotConnected):
        await Account.count()


async def test_connecting_at_once_opens_one_pool(store: ModuleType, dsn: str) -> None:
    await store.disconnect()
    await asyncio.gather(*(store.connect(dsn) for _ in range(3)))
    for _ in range(2):
        await store.disconnect()
        assert await store.fetch_value("SELECT 1") == 1
    await store.disconnect()
    with pytest.raises(NotConnected):
        await store.fetch_value("SELECT 1")

"""The outbox, the sequencer and the audit chain."""

import asyncio
import sys
from types import ModuleType
from uuid import UUID, uuid4

import asyncpg
import pytest

from hackathon.model import SYSTEM
from hackathon.outbox import AuditEntry, Sequencer, append, verify_chain
from hackathon.outbox.sequencer import LOCK
from tests.integration.hackathon.loops import eventually, running

TEAM = UUID("22222222-2222-4222-8222-222222222222")


async def _happen(store: ModuleType, count: int = 1, reason: str | None = None) -> None:
    for _ in range(count):
        async with store.transaction():
            await append("team.created", {"team": uuid4()}, actor=SYSTEM, reason=reason)


async def _numbered(store: ModuleType) -> int:
    count: int = await store.fetch_value("SELECT count(*) FROM audit")
    return count


async def test_nothing_is_written_outside_of_a_transaction_or_when_it_is_rolled_back(store: ModuleType) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        await append("team.created", {"team": TEAM}, actor=SYSTEM)
    assert await store.fetch_value("SELECT count(*) FROM outbox") == 0


async def test_rows_are_numbered_without_gaps_and_handed_to_each_handler_in_order(store: ModuleType, dsn: str) -> None:
    seen: dict[str, list[int]] = {"board": [], "feed": []}

    async def board(entry: AuditEntry) -> None:
        seen["board"].append(entry.number)

    async def feed(entry: AuditEntry) -> None:
        seen["feed"].append(entry.number)

    await _happen(store, 3)
    async with running(Sequencer(dsn, {"board": board, "feed": feed}, poll_seconds=30)):
        await eventually(lambda: _has(seen["board"], 3))
        await asyncio.gather(*(_happen(store, 5) for _ in range(4)))
        # The poll is far away: the notice must have woken it.
        await eventually(lambda: _has(seen["board"], 23), seconds=5)
        await eventually(lambda: _has(seen["feed"], 23), seconds=5)
    assert seen["board"] == seen["feed"] == list(range(1, 24))
    report = await verify_chain()
    assert report.whole
    assert report.entries == 23


async def _has(seen: list[int], count: int) -> bool:
    return len(seen) >= count


async def test_a_row_that_commits_late_gets_a_later_number_and_is_not_missed(store: ModuleType, dsn: str) -> None:
    seen: list[str] = []

    async def feed(entry: AuditEntry) -> None:
        seen.append(entry.subject["team"])

    slow, quick = uuid4(), uuid4()
    written, may_commit = asyncio.Event(), asyncio.Event()

    async def commit_late() -> None:
        async with store.transaction():
            await append("team.created", {"team": slow}, actor=SYSTEM)
            written.set()
            await may_commit.wait()

    late = asyncio.create_task(commit_late())
    await written.wait()
    async with running(Sequencer(dsn, {"feed": feed})):
        async with store.transaction():
            await append("team.created", {"team": quick}, actor=SYSTEM)
        await eventually(lambda: _holds(seen, str(quick)))
        may_commit.set()
        await late
        await eventually(lambda: _holds(seen, str(slow)))
    assert seen == [str(quick), str(slow)]


async def _holds(seen: list[str], text: str) -> bool:
    return text in seen


async def test_a_handler_that_fails_is_tried_again_and_holds_up_no_other(store: ModuleType, dsn: str) -> None:
    feed_saw: list[int] = []
    mail_saw: list[int] = []
    mended = asyncio.Event()

    async def feed(entry: AuditEntry) -> None:
        feed_saw.append(entry.number)

    async def mail(entry: AuditEntry) -> None:
        if entry.number == 2 and not mended.is_set():
            raise OSError("the mail server is away")
        mail_saw.append(entry.number)

    async def failure_is_visible() -> bool:
        row = await store.fetch_one("SELECT * FROM outbox_cursor WHERE handler = 'mail'")
        return row is not None and row["failures"] >= 2 and "mail server" in row["last_error"]

    await _happen(store, 4)
    async with running(Sequencer(dsn, {"feed": feed, "mail": mail}, first_pause=0.02)):
        await eventually(lambda: _has(feed_saw, 4))
        await eventually(failure_is_visible)
        assert mail_saw == [1]
        mended.set()
        await eventually(lambda: _has(mail_saw, 4))
    assert mail_saw == [1, 2, 3, 4]
    cursor = await store.fetch_one("SELECT * FROM outbox_cursor WHERE handler = 'mail'")
    assert cursor is not None
    assert (cursor["number"], cursor["failures"], cursor["last_error"]) == (4, 0, None)


async def test_one_of_several_is_elected_and_another_takes_over_when_it_goes(store: ModuleType, dsn: str) -> None:
    first_saw: list[int] = []
    second_saw: list[int] = []

    async def first(entry: AuditEntry) -> None:
        first_saw.append(entry.number)

    async def second(entry: AuditEntry) -> None:
        second_saw.append(entry.number)

    async with running(Sequencer(dsn, {"feed": first}, poll_seconds=0.05)):
        await _happen(store, 1)
        await eventually(lambda: _has(first_saw, 1))
        async with running(Sequencer(dsn, {"feed": second}, poll_seconds=0.05)):
            await _happen(store, 3)
            await eventually(lambda: _has(first_saw, 4))
            assert second_saw == []
            # The server cuts the elected one off; whoever comes first goes on, and nothing is lost or numbered twice.
            await store.fetch(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = $1", LOCK
            )
            await _happen(store, 3)
            await eventually(lambda: _has([*first_saw, *second_saw], 7))
    assert sorted({*first_saw, *second_saw}) == list(range(1, 8))
    assert (await verify_chain()).entries == 7


async def test_a_sequencer_that_stands_still_is_cut_off_by_the_server(store: ModuleType, dsn: str) -> None:
    # Its connection as a frozen process would leave it: with the lock, and silent.
    frozen = await asyncpg.connect(dsn, server_settings={"idle_session_timeout": "300"})
    assert await frozen.fetchval("SELECT pg_try_advisory_lock($1)", LOCK)
    seen: list[int] = []

    async def feed(entry: AuditEntry) -> None:
        seen.append(entry.number)

    await _happen(store, 1)
    async with running(Sequencer(dsn, {"feed": feed}, poll_seconds=0.05)):
        await eventually(lambda: _has(seen, 1))
    frozen.terminate()


SCRIPT = """
import asyncio, sys
from hackathon import store
from hackathon.outbox import Sequencer

async def main(dsn):
    async def board(entry):
        await store.execute("INSERT INTO board VALUES ($1) ON CONFLICT DO NOTHING", entry.number)
        await store.execute("INSERT INTO calls VALUES ($1)", entry.number)
        if entry.number == 3:
            print("handled, not marked", flush=True)
            await asyncio.sleep(60)

    async with store.connected(dsn):
        await Sequencer(dsn, {"board": board}).run(asyncio.Event())

asyncio.run(main(sys.argv[1]))
"""


async def test_a_process_killed_between_handling_and_marking_repeats_the_handler(store: ModuleType, dsn: str) -> None:
    await store.execute("CREATE TABLE board (number bigint PRIMARY KEY)")
    await store.execute("CREATE TABLE calls (number bigint)")
    await _happen(store, 5)
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", SCRIPT, dsn, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    while b"not marked" not in await asyncio.wait_for(process.stdout.readline(), 20):
        assert process.returncode is None
    process.kill()
    await process.wait()
    assert await store.fetch_value("SELECT number FROM outbox_cursor WHERE handler = 'board'") == 2

    async def board(entry: AuditEntry) -> None:
        await store.execute("INSERT INTO board VALUES ($1) ON CONFLICT DO NOTHING", entry.number)
        await store.execute("INSERT INTO calls VALUES ($1)", entry.number)

    async def all_marked() -> bool:
        return bool(await store.fetch_value("SELECT number = 5 FROM outbox_cursor WHERE handler = 'board'"))

    async with running(Sequencer(dsn, {"board": board}, poll_seconds=0.05)):
        await eventually(all_marked)
    calls = [row["number"] for row in await store.fetch("SELECT number FROM calls ORDER BY number")]
    assert calls == [1, 2, 3, 3, 4, 5]
    assert [row["number"] for row in await store.fetch("SELECT number FROM board ORDER BY number")] == [1, 2, 3, 4, 5]
    assert (await verify_chain()).whole


@pytest.mark.parametrize(
    ("tampering", "broken_at", "problem"),
    [
        ("UPDATE outbox SET actor = gen_random_uuid() WHERE number = 2", 2, "outbox holds"),
        ("UPDATE outbox SET reason = 'lain' WHERE number = 2", 2, "reason"),
        ("DELETE FROM audit WHERE number = 2", 2, "missing"),
        ("DELETE FROM audit WHERE number = 3", 3, "chain does not"),
        ("UPDATE audit SET body = replace(body, 'team', 'tim') WHERE number = 1", 1, "hash"),
        ("UPDATE audit SET previous = decode(repeat('00', 32), 'hex') WHERE number = 3", 3, "predecessor"),
    ],
)
async def test_tampering_is_found(store: ModuleType, dsn: str, tampering: str, broken_at: int, problem: str) -> None:
    await _happen(store, 3, reason="sakit")
    async with running(Sequencer(dsn, {})):
        await eventually(lambda: _all_numbered(store, 3))
    assert (await verify_chain()).whole
    if "audit" in tampering:
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="append-only"):
            await store.execute(tampering)
        await store.execute("ALTER TABLE audit DISABLE TRIGGER audit_is_append_only")
    await store.execute(tampering)
    report = await verify_chain()
    assert report.broken_at == broken_at
    assert report.problem is not None
    assert problem in report.problem


async def test_the_chain_cannot_be_emptied(store: ModuleType) -> None:
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="append-only"):
        await store.execute("TRUNCATE audit")


async def _all_numbered(store: ModuleType, count: int) -> bool:
    return await _numbered(store) == count


async def test_a_reason_can_be_erased_and_the_chain_holds(store: ModuleType, dsn: str) -> None:
    await _happen(store, 2, reason="sakit")
    async with running(Sequencer(dsn, {})):
        await eventually(lambda: _all_numbered(store, 2))
    assert await store.fetch_value("SELECT count(*) FROM audit WHERE body LIKE '%sakit%'") == 0
    await store.execute("UPDATE outbox SET reason = NULL, reason_key = NULL WHERE number = 1")
    assert (await verify_chain()).whole

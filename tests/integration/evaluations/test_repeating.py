"""An organizer has a submission evaluated again: another round, and everything that was found before stays."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from hackathon.errors import Forbidden
from hackathon.evaluations import (
    EvaluationUnderWay,
    EvaluationUnknown,
    ReasonInvalid,
    State,
    latest_evaluated,
    retry,
    status_of,
    troubles,
    versions_of,
)
from hackathon.evaluations import store as evaluation_store
from hackathon.evaluations.claiming import claim_next
from hackathon.evaluations.results import Circumstances, store_failed_build
from hackathon.evaluations.sweep import give_back
from hackathon.model import SYSTEM, Principal, Role
from sandbox.model import Build, Status, Text
from sandbox.provider import EngineFacts
from tests.integration.evaluations.arena import LEASE, Arena
from tests.integration.evaluations.shop import GOOD, Shop

WIRA = Principal(UUID(int=7), "Wira", frozenset({Role.ORGANIZER}))
SARI = Principal(UUID(int=8), "Sari", frozenset())


async def evaluated(arena: Arena, name: str = "Karsa") -> tuple[UUID, UUID]:
    """A submission that has been evaluated; returns it and its evaluation on the board's cases."""
    submission_id = await arena.hand_in(await arena.enter(name))
    await arena.end(await arena.claim(await arena.worker()))
    return submission_id, await board_of(arena, submission_id)


async def board_of(arena: Arena, submission_id: UUID) -> UUID:
    found: UUID = await arena.store.fetch_value(
        "SELECT id FROM evaluation WHERE submission_id = $1 AND case_set = 'board' ORDER BY round DESC LIMIT 1",
        submission_id,
    )
    return found


async def failed_by_us(arena: Arena, times: int) -> UUID:
    """A submission that our side failed again and again."""
    submission_id = await arena.hand_in(await arena.enter("Karsa"))
    worker_id = await arena.worker()
    for _ in range(times):
        await arena.store.execute("UPDATE evaluation SET due_at = clock_timestamp()")
        claim = await arena.claim(worker_id)
        async with arena.store.transaction():
            await evaluation_store.hold(claim.fences)
            await give_back(
                claim.team_id,
                submission_id,
                claim.fences,
                reason="EngineUnavailable: no answer",
                host="mesin-1",
                pause=timedelta(minutes=5),
                count=True,
            )
    return submission_id


async def test_a_finished_evaluation_gets_another_round_and_stays_as_it_is(arena: Arena) -> None:
    submission_id, board = await evaluated(arena)
    before = await arena.store.fetch("SELECT * FROM evaluation ORDER BY id")

    waiting = await retry(board, "Grader  diperbaiki ", WIRA, catalog=arena.catalog)

    rows = {row["id"]: row for row in await arena.store.fetch("SELECT * FROM evaluation")}
    assert len(rows) == 4
    assert [dict(rows[row["id"]]) for row in before] == [dict(row) for row in before]
    assert {(rows[made]["case_set"], rows[made]["round"], rows[made]["state"]) for made in waiting} == {
        ("public", 2, "queued"),
        ("board", 2, "queued"),
    }
    told = await arena.store.fetch("SELECT actor, reason, subject FROM outbox WHERE kind = 'evaluation.repeated'")
    assert {(row["actor"], row["reason"]) for row in told} == {(WIRA.account_id, "Grader diperbaiki")}
    assert await arena.waiting_jobs() == 1

    progress = await status_of(submission_id)
    assert not progress.finished
    assert [evaluation.round for evaluation in progress.evaluations] == [2, 2]


async def test_until_the_new_round_has_finished_the_old_one_counts(arena: Arena) -> None:
    submission_id, board = await evaluated(arena)
    await retry(board, "Salah soal", WIRA, catalog=arena.catalog)
    (row,) = await latest_evaluated(arena.track_id)
    assert (row.submission_id, row.score) == (submission_id, 50.0)
    entry_id = await arena.store.fetch_value("SELECT entry_id FROM submission WHERE id = $1", submission_id)
    (version,) = await versions_of(entry_id)
    assert (version.state, version.score, version.round, version.evaluated) == (State.QUEUED, 50.0, 2, True)

    claim = await arena.claim(await arena.worker())

    assert claim.submission_id == submission_id
    assert claim.attempt == 2  # so its log is a file of its own
    await arena.end(claim)
    (row,) = await latest_evaluated(arena.track_id)
    assert row.submission_id == submission_id
    assert len(await arena.store.fetch("SELECT 1 FROM evaluation WHERE state = 'finished'")) == 4
    assert (await status_of(submission_id)).finished


async def test_one_that_our_side_failed_is_due_at_once_and_starts_without_a_past(arena: Arena) -> None:
    submission_id = await failed_by_us(arena, 3)
    paused = await status_of(submission_id)
    assert paused.next_try_at is not None
    assert paused.next_try_at > paused.now + timedelta(minutes=4)
    (trouble, *_) = await troubles()

    await retry(trouble.evaluation_id, "Docker dihidupkan lagi", WIRA, catalog=arena.catalog)

    assert await troubles() == ()
    progress = await status_of(submission_id)
    assert (progress.failures, progress.next_try_at) == (0, None)
    assert progress.charged
    claim = await claim_next(await arena.worker(), lease=LEASE)
    assert claim is not None
    assert (claim.submission_id, claim.attempt) == (submission_id, 4)
    assert len(await arena.store.fetch("SELECT 1 FROM evaluation")) == 2


async def test_what_a_worker_has_is_left_to_it(arena: Arena) -> None:
    submission_id = await arena.hand_in(await arena.enter("Karsa"))
    await arena.claim(await arena.worker())

    with pytest.raises(EvaluationUnderWay):
        await retry(await board_of(arena, submission_id), "Cepat", WIRA, catalog=arena.catalog)


async def test_two_organizers_at_once_make_one_round(arena: Arena) -> None:
    submission_id, board = await evaluated(arena)

    first, second = await asyncio.gather(
        retry(board, "Pertama", WIRA, catalog=arena.catalog), retry(board, "Kedua", SYSTEM, catalog=arena.catalog)
    )

    assert set(first) == set(second)
    assert (
        await arena.store.fetch_value("SELECT max(round) FROM evaluation WHERE submission_id = $1", submission_id) == 2
    )


async def test_a_refused_submission_counts_only_once_it_was_evaluated_after_all(shop: Shop) -> None:
    arena = shop.arena
    submission_id = await shop.hand_in(await arena.enter("Karsa"), {"app.py": GOOD})
    refusal = Build(Status.REFUSED, Text(id="Aturan 7.", en="Rule 7."), None, 0.1)
    facts = EngineFacts("fake", "0", "none", "none", "test", "0")
    await store_failed_build(await arena.claim(await arena.worker()), refusal, Circumstances(facts, {}))
    await evaluation_store.mark_gone(unseen=timedelta(0))
    assert await latest_evaluated(arena.track_id) == ()

    await retry(await board_of(arena, submission_id), "Aturan kami keliru", WIRA, catalog=arena.catalog)

    assert await latest_evaluated(arena.track_id) == ()  # what was refused is no result while the new round waits
    shop.work()
    await shop.finished(submission_id)
    (row,) = await latest_evaluated(arena.track_id)
    assert (row.submission_id, row.status, row.score) == (submission_id, Status.OK, 100.0)


async def test_only_organizers_and_only_with_a_reason(arena: Arena) -> None:
    _, board = await evaluated(arena)

    with pytest.raises(Forbidden):
        await retry(board, "Coba", SARI, catalog=arena.catalog)
    for reason in ("", "   \n", "x" * 501, "a\u202eb"):
        with pytest.raises(ReasonInvalid):
            await retry(board, reason, WIRA, catalog=arena.catalog)
    with pytest.raises(EvaluationUnknown):
        await retry(uuid4(), "Coba", WIRA, catalog=arena.catalog)
    assert await arena.store.fetch_value("SELECT max(round) FROM evaluation") == 1

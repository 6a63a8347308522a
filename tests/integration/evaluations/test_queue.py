"""Claims on a real database: fair, fenced, and healed when something is lost."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from hackathon.evaluations import StaleLease, enqueue, status_of, troubles
from hackathon.evaluations import store as evaluation_store
from hackathon.evaluations.claiming import claim_next, wake_wanted
from hackathon.evaluations.errors import NothingToPlan
from hackathon.evaluations.forecast import forecast
from hackathon.evaluations.model import FAILURES_TO_ALARM, WorkerState
from hackathon.evaluations.reading import queue
from hackathon.evaluations.sweep import forget_old_jobs, give_back, requeue_expired, sweep
from sandbox.model import CaseSet
from tests.integration.evaluations.arena import LEASE, SLUG, Arena

EXPIRED = timedelta(seconds=-1)


async def test_a_submission_is_queued_on_public_and_board_cases_with_its_plan_pinned(arena: Arena) -> None:
    submission_id = await arena.hand_in(await arena.enter("Karsa"))

    claim = await arena.claim(await arena.worker())

    assert claim.submission_id == submission_id
    assert [e.plan.case_set for e in claim.evaluations] == [CaseSet.PUBLIC, CaseSet.BOARD]
    public, board = (e.plan for e in claim.evaluations)
    task = arena.catalog.get(SLUG)
    assert (public.tasks[0].cases, board.tasks[0].cases) == (3, 4)
    assert {(t.slug, t.version, t.hash) for t in public.tasks + board.tasks} == {(SLUG, "1.0.0", task.hash)}
    assert public.seed_sha256 is None
    assert board.seed_sha256 is not None


async def test_rolling_back_leaves_neither_evaluation_nor_job(arena: Arena) -> None:
    submission_id = await arena.hand_in(await arena.enter("Karsa"), queue=False)

    async def enqueue_and_fail() -> None:
        async with arena.store.transaction():
            await enqueue(submission_id, catalog=arena.catalog)
            raise ValueError("enough")

    with pytest.raises(ValueError, match="enough"):
        await enqueue_and_fail()

    assert await arena.states(submission_id) == []
    assert await arena.waiting_jobs() == 0


async def test_enqueueing_twice_is_enqueueing_once(arena: Arena) -> None:
    submission_id = await arena.hand_in(await arena.enter("Karsa"))

    async with arena.store.transaction():
        assert await enqueue(submission_id, catalog=arena.catalog) == ()

    assert await arena.states(submission_id) == ["queued", "queued"]


async def test_enqueueing_needs_a_transaction_and_a_seed(arena: Arena) -> None:
    submission_id = await arena.hand_in(await arena.enter("Karsa"), queue=False)
    await arena.store.execute("DELETE FROM event_seed")

    with pytest.raises(RuntimeError):
        await enqueue(submission_id, catalog=arena.catalog)
    with pytest.raises(NothingToPlan, match="board"):
        async with arena.store.transaction():
            await enqueue(submission_id, catalog=arena.catalog)


async def test_a_team_has_one_waiting_job_however_much_it_hands_in(arena: Arena) -> None:
    karsa, lentera = await arena.enter("Karsa"), await arena.enter("Lentera")
    for _ in range(4):
        await arena.hand_in(karsa)
    await arena.hand_in(lentera)

    assert await arena.waiting_jobs() == 2


async def test_a_team_with_one_submission_is_second_behind_a_team_with_six(arena: Arena) -> None:
    karsa, lentera = await arena.enter("Karsa"), await arena.enter("Lentera")
    many = [await arena.hand_in(karsa) for _ in range(6)]
    one = await arena.hand_in(lentera)
    worker_id = await arena.worker()

    served = []
    while (claim := await claim_next(worker_id, lease=LEASE)) is not None:
        served.append(claim.submission_id)
        await arena.end(claim)

    assert served == [many[0], one, *many[1:]]


async def test_places_foretold_are_the_order_in_which_the_queue_is_served(arena: Arena) -> None:
    entries = [await arena.enter(name) for name in ("Karsa", "Lentera", "Samudra")]
    for entry_id, count in zip(entries, (5, 2, 3), strict=True):
        for _ in range(count):
            await arena.hand_in(entry_id)
    worker_id = await arena.worker()
    # Somebody has been served already, so that the order does not start from nothing.
    await arena.end(await arena.claim(worker_id))
    now = await queue()
    foretold = forecast(
        now.waiting, now.running, now.served, slots=1, seconds=now.seconds, now=await arena.store.clock()
    )

    served = []
    while (claim := await claim_next(worker_id, lease=LEASE)) is not None:
        served.append(claim.submission_id)
        await arena.end(claim)

    assert sorted(foretold, key=lambda submission: foretold[submission].place) == served


async def test_many_workers_at_once_never_pass_a_teams_limit_and_take_nothing_twice(arena: Arena) -> None:
    entries = [await arena.enter(name) for name in ("Karsa", "Lentera", "Samudra")]
    for entry_id in entries:
        for _ in range(3):
            await arena.hand_in(entry_id)
    workers = [await arena.worker(f"mesin-{n}") for n in range(8)]

    claims = [c for c in await asyncio.gather(*(claim_next(w, lease=LEASE) for w in workers)) if c is not None]
    while (late := await claim_next(workers[0], lease=LEASE)) is not None:
        claims.append(late)

    assert len(claims) == 3
    assert len({claim.team_id for claim in claims}) == 3


async def test_an_event_may_let_a_team_run_two(arena: Arena) -> None:
    await arena.store.execute("UPDATE event SET rules = jsonb_set(rules, '{running_at_once}', '2')")
    entry_id = await arena.enter("Karsa")
    for _ in range(3):
        await arena.hand_in(entry_id)
    worker_id = await arena.worker()

    taken = [await claim_next(worker_id, lease=LEASE) for _ in range(3)]

    assert [claim is not None for claim in taken] == [True, True, False]


async def test_a_worker_whose_lease_was_taken_writes_nothing(arena: Arena) -> None:
    submission_id = await arena.hand_in(await arena.enter("Karsa"))
    slow, other = await arena.worker("lambat"), await arena.worker("cepat")
    stale = await arena.claim(slow, EXPIRED)
    assert await requeue_expired() == 1
    fresh = await arena.claim(other)

    with pytest.raises(StaleLease):
        await arena.end(stale)
    with pytest.raises(StaleLease):
        await evaluation_store.save_progress(stale.fences[0], [])
    assert await evaluation_store.extend(slow, stale.fences, lease=LEASE) == frozenset()
    assert await arena.states(submission_id) == ["building", "building"]

    await arena.end(fresh)
    assert await arena.states(submission_id) == ["finished", "finished"]
    with pytest.raises(StaleLease):
        await arena.end(fresh)


async def test_the_same_worker_claiming_again_does_not_bring_its_old_claim_back_to_life(arena: Arena) -> None:
    await arena.hand_in(await arena.enter("Karsa"))
    worker_id = await arena.worker()
    stale = await arena.claim(worker_id, EXPIRED)
    await requeue_expired()
    fresh = await arena.claim(worker_id)

    with pytest.raises(StaleLease):
        await arena.end(stale)
    assert [f.attempt for f in fresh.fences] == [2, 2]


async def test_an_expired_lease_returns_to_the_front_and_costs_the_team_no_turn(arena: Arena) -> None:
    karsa, lentera = await arena.enter("Karsa"), await arena.enter("Lentera")
    first = await arena.hand_in(karsa)
    await arena.hand_in(lentera)
    worker_id = await arena.worker()
    await arena.claim(worker_id, EXPIRED)

    swept = await sweep(lease=LEASE)

    assert swept.requeued == 1
    assert (await arena.claim(worker_id)).submission_id == first
    assert (await status_of(first)).failures == 1


async def test_a_live_lease_is_left_alone(arena: Arena) -> None:
    submission_id = await arena.hand_in(await arena.enter("Karsa"))
    worker_id = await arena.worker()
    claim = await arena.claim(worker_id, timedelta(seconds=0.5))
    kept = await evaluation_store.extend(worker_id, claim.fences, lease=LEASE)

    assert kept == {fence.evaluation_id for fence in claim.fences}
    assert await requeue_expired() == 0
    assert await arena.states(submission_id) == ["building", "building"]


async def test_the_sweep_makes_a_lost_job_anew_but_none_that_could_not_run(arena: Arena) -> None:
    entry_id = await arena.enter("Karsa")
    await arena.hand_in(entry_id)
    await arena.hand_in(entry_id)
    await arena.store.execute("DELETE FROM procrastinate_jobs")

    assert await wake_wanted() == 1
    assert await wake_wanted() == 0
    assert await arena.waiting_jobs() == 1

    await arena.store.execute("DELETE FROM procrastinate_jobs")
    await arena.claim(await arena.worker())
    assert await wake_wanted() == 0


async def test_a_failure_of_ours_pauses_is_told_and_never_given_up(arena: Arena) -> None:
    submission_id = await arena.hand_in(await arena.enter("Karsa"))
    worker_id = await arena.worker()
    for _ in range(FAILURES_TO_ALARM):
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
                pause=timedelta(seconds=40),
                count=True,
            )

    assert await claim_next(worker_id, lease=LEASE) is None
    found = await troubles()
    assert {(t.submission_id, t.failures, t.reason, t.host) for t in found} == {
        (submission_id, 3, "EngineUnavailable: no answer", "mesin-1")
    }
    progress = await status_of(submission_id)
    assert progress.charged
    assert "gagal 3 kali" in progress.steps[1].cause.id
    kinds = await arena.store.fetch("SELECT kind, reason FROM outbox WHERE kind = 'evaluation.retried'")
    assert [row["reason"] for row in kinds] == ["EngineUnavailable: no answer"] * 6


async def test_a_finished_evaluation_cannot_be_rescored(arena: Arena) -> None:
    submission_id = await arena.hand_in(await arena.enter("Karsa"))
    await arena.end(await arena.claim(await arena.worker()))

    with pytest.raises(Exception, match="has finished"):
        await arena.store.execute("UPDATE evaluation SET score = 100 WHERE submission_id = $1", submission_id)


async def test_old_jobs_and_those_of_dead_queue_workers_are_forgotten(arena: Arena) -> None:
    await arena.hand_in(await arena.enter("Karsa"))
    await arena.hand_in(await arena.enter("Lentera"))
    await arena.hand_in(await arena.enter("Samudra"))
    ids = [row["id"] for row in await arena.store.fetch("SELECT id FROM procrastinate_jobs ORDER BY id")]
    await arena.store.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = ANY($1)", ids[:2])
    await arena.store.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = $1", ids[1])

    assert await forget_old_jobs() == 1
    await arena.store.execute("UPDATE procrastinate_events SET at = at - interval '2 hours'")
    assert await forget_old_jobs() == 1
    left = await arena.store.fetch("SELECT id, status FROM procrastinate_jobs")
    assert [(row["id"], row["status"]) for row in left] == [(ids[2], "todo")]


async def test_a_worker_not_seen_for_long_is_gone(arena: Arena) -> None:
    await arena.worker("lama")
    await arena.worker("baru")
    await arena.store.execute("UPDATE worker SET seen_at = seen_at - interval '10 minutes' WHERE host = 'lama'")

    assert (await sweep(lease=LEASE)).gone == 1
    rows = await arena.store.fetch("SELECT host, state FROM worker ORDER BY host")
    assert [(row["host"], row["state"]) for row in rows] == [("baru", "running"), ("lama", "gone")]


async def test_every_waiting_submission_has_a_place_a_cause_and_an_estimate(arena: Arena) -> None:
    karsa, lentera = await arena.enter("Karsa"), await arena.enter("Lentera")
    submissions: list[UUID] = [await arena.hand_in(karsa), await arena.hand_in(karsa), await arena.hand_in(lentera)]
    unattended = await status_of(submissions[2])
    assert (unattended.place, unattended.waiting, unattended.estimate_seconds) == (2, 3, None)
    assert "Belum ada mesin penguji" in unattended.steps[1].cause.id

    worker_id = await arena.worker()
    claim = await arena.claim(worker_id)

    assert claim.submission_id == submissions[0]
    running = await status_of(submissions[0])
    assert (running.place, [step.state for step in running.steps]) == (None, ["done", "done", "now", "ahead", "ahead"])
    assert running.estimate_seconds is not None
    assert 0 < running.estimate_seconds <= 20
    second, third = await status_of(submissions[2]), await status_of(submissions[1])
    assert (second.place, third.place) == (1, 2)
    assert second.estimate_seconds is not None
    assert third.estimate_seconds is not None
    assert 20 < second.estimate_seconds < third.estimate_seconds <= 60
    assert "Pengajuan lain tim Anda" in third.steps[1].cause.id
    assert all(step.seconds(third.now) is not None for step in third.steps if step.state in {"done", "now"})


async def test_while_a_worker_drains_who_waits_is_told_that_it_finishes(arena: Arena) -> None:
    await arena.hand_in(await arena.enter("Karsa"))
    waiting = await arena.hand_in(await arena.enter("Lentera"))
    worker_id = await arena.worker()
    await arena.claim(worker_id)
    await evaluation_store.see_worker(worker_id, WorkerState.DRAINING)

    progress = await status_of(waiting)

    assert (progress.place, progress.waiting, progress.estimate_seconds) == (1, 1, None)
    assert "menyelesaikan pengujian" in progress.steps[1].cause.id


async def test_nobody_guesses_the_rest_of_an_evaluation_that_takes_longer_than_others(arena: Arena) -> None:
    submission = await arena.hand_in(await arena.enter("Karsa"))
    await arena.claim(await arena.worker())
    await arena.store.execute("UPDATE evaluation SET claimed_at = claimed_at - interval '1 hour'")

    running = await status_of(submission)
    assert (running.place, running.estimate_seconds) == (None, None)

"""The judged version runs once on the final cases, alone and fresh, and its team sees nothing of it."""

from uuid import UUID

from hackathon import evaluations, events, finals, submissions
from hackathon.evaluations import State, retry, status_of, versions_of
from hackathon.evaluations.own import own_score, own_work
from hackathon.images import store as images
from sandbox.model import CaseSet, Status
from tests.integration.evaluations.shop import CRASHING, GOOD, Shop
from tests.integration.finals.test_fixing import WIRA


async def ended(shop: Shop, submission_id: UUID) -> None:
    await shop.until(
        "SELECT coalesce(bool_and(state = 'finished'), false) FROM evaluation"
        " WHERE submission_id = $1 AND case_set = 'final'",
        submission_id,
    )


async def test_it_runs_alone_once_and_unseen(shop: Shop) -> None:
    arena = shop.arena
    karsa, lila = await arena.enter("Karsa"), await arena.enter("Lila")
    good = await shop.hand_in(karsa, {"app.py": GOOD})
    # Its third question is its end: the one of the two final cases is never asked, the public ones were three.
    bad = await shop.hand_in(lila, {"app.py": CRASHING})
    shop.work()
    await shop.finished(good)
    await shop.finished(bad)
    before = {submission: await seen(shop, submission) for submission in (good, bad)}
    end = (await events.get_event_by_id(arena.event_id)).schedule.building_closes

    assert await finals.fix_due(catalog=arena.catalog, now=end) == 2
    await ended(shop, good)
    await ended(shop, bad)
    await finals.fix_due(catalog=arena.catalog, now=end)

    rows = await arena.store.fetch(
        "SELECT submission_id, round, attempt, status, score, plan ->> 'seed_sha256' AS seed,"
        " (SELECT count(*) FROM run WHERE evaluation_id = evaluation.id) AS runs"
        " FROM evaluation WHERE case_set = 'final'"
    )
    seed = (await events.get_event_by_id(arena.event_id)).seeds[CaseSet.FINAL]
    assert {(row["submission_id"], row["round"], row["attempt"], row["seed"], row["runs"]) for row in rows} == {
        (good, 1, 1, seed, 1),
        (bad, 1, 1, seed, 1),
    }
    reads = "SELECT count(*) FROM outbox WHERE kind = 'seed.read' AND subject ->> 'case_set' = 'final'"
    assert await arena.store.fetch_value(reads) == 1
    # What their teams see has not moved: pages, log, attempts, own row.
    assert {submission: await seen(shop, submission) for submission in (good, bad)} == before
    results = {one.submission_id: one for one in await finals.results_of(arena.track_id)}
    assert results[good].score == 100.0
    assert results[good].status is Status.OK
    assert set(results) == {good, bad}
    assert results[good].metrics["salam"]["accuracy"] == 100.0
    fixed = await finals.judged(karsa)
    assert fixed is not None
    assert fixed.image is not None
    assert fixed.image in await images.read_needed()

    # An organizer may have it run again; the round before counts until then, and stays.
    (again,) = await retry(
        (await finals.finals_of(arena.event_id))[karsa].id, "Soal diperiksa", WIRA, catalog=arena.catalog
    )
    await shop.until("SELECT state = 'finished' FROM evaluation WHERE id = $1", again)
    found = (await finals.finals_of(arena.event_id))[karsa]
    assert (found.id, found.round, found.state, found.score) == (again, 2, State.FINISHED, 100.0)
    assert await seen(shop, good) == before[good]


async def seen(shop: Shop, submission_id: UUID) -> object:
    """What a team is told of a submission, the clock left out."""
    entry_id = (await submissions.get_submission(submission_id)).entry_id
    progress = await status_of(submission_id)
    log = await evaluations.read_log(submission_id, objects=shop.objects)
    return (
        [(step.name, step.state, step.since, step.until, step.cause) for step in progress.steps],
        progress.evaluations,
        progress.charged,
        progress.finished,
        log,
        await versions_of(entry_id),
        await own_score(entry_id),
        await own_work(entry_id),
        await evaluations.latest_evaluated(shop.arena.track_id),
    )

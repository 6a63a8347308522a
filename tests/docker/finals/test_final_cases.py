"""On the real engine: what is judged runs once on the final cases, from the very image that was scored before."""

from hackathon import events, finals, store
from hackathon.evaluations import status_of
from tests.docker.test_worker_faults import GREETING, Hall, hall, server

__all__ = ["hall", "server"]


async def test_the_judged_version_runs_once_on_the_final_cases(hall: Hall) -> None:
    arena = hall.arena
    worker = await hall.start_worker()
    submission_id = await hall.hand_in("Karsa", {"app.py": GREETING})
    await hall.finished(submission_id)
    before = await status_of(submission_id)
    image = await store.fetch_value("SELECT image FROM build")
    end = (await events.get_event_by_id(arena.event_id)).schedule.building_closes

    assert await finals.fix_due(catalog=arena.catalog, now=end) == 1
    assert await finals.fix_due(catalog=arena.catalog, now=end) == 0
    await hall.finished(submission_id)

    rows = {row["case_set"]: row for row in await hall.rows(submission_id)}
    assert set(rows) == {"public", "board", "final"}
    final = rows["final"]
    assert (final["status"], final["score"], final["round"], final["attempt"]) == ("ok", 100.0, 1, 1)
    assert (final["pid"], final["image"]) == (worker.pid, image)
    runs = await store.fetch(
        "SELECT expected_cases, cases::text AS cases FROM run WHERE evaluation_id = $1", final["id"]
    )
    assert [run["expected_cases"] for run in runs] == [2]
    assert "Halo" not in runs[0]["cases"]
    after = await status_of(submission_id)
    assert (after.evaluations, after.charged, after.finished) == (before.evaluations, before.charged, True)
    (result,) = await finals.results_of(arena.track_id)
    assert (result.submission_id, result.score) == (submission_id, 100.0)
    fixed = await finals.judged(result.entry_id)
    assert fixed is not None
    assert fixed.image == image
    await hall.nothing_is_left(submission_id)

"""What is judged runs on the final cases from the very image that the board's cases ran from, on any machine."""

from pathlib import Path
from uuid import UUID

from hackathon import events, finals
from hackathon.evaluations.giving_up import AWAY_TRIES
from hackathon.images.room import RoomWatch
from hackathon.images.saving import Saver
from sandbox.fake import FakeProvider
from sandbox.limits import Limits
from sandbox.model import Build, Status, Text
from sandbox.provider import Cancel, LogSink
from tests.integration.evaluations.shop import GOOD, Shop

FINAL = "SELECT {} FROM evaluation WHERE case_set = 'final' AND submission_id = $1"


class Elsewhere(FakeProvider):
    """Another machine's engine; it counts its builds, and can make none while `broken`."""

    builds = 0
    broken = False

    def build(
        self,
        archive: Path,
        *,
        limits: Limits,
        label: str,
        on_log: LogSink = lambda data: None,
        cancel: Cancel | None = None,
    ) -> Build:
        self.builds += 1
        if self.broken:
            return Build(Status.BUILD_FAILED, Text("Paket hilang.", "A package is gone."), None, 0.0)
        return super().build(archive, limits=limits, label=label, on_log=on_log, cancel=cancel)


async def fixed_elsewhere(shop: Shop) -> tuple[UUID, FakeProvider, Elsewhere]:
    """A submission scored on one machine that is gone by its deadline; another is there."""
    here, elsewhere = FakeProvider(), Elsewhere()
    shop.work(here)
    entry_id = await shop.arena.enter("Karsa")
    submission_id = await shop.hand_in(entry_id, {"app.py": GOOD})
    await shop.finished(submission_id)
    shop.stop.request()
    for worker in shop.workers:
        await worker
    shop.workers.clear()
    shop.stop = type(shop.stop)()
    end = (await events.get_event_by_id(shop.arena.event_id)).schedule.building_closes
    assert await finals.fix_due(catalog=shop.arena.catalog, now=end) == 1
    return submission_id, here, elsewhere


async def test_it_is_waited_for_and_never_made_again_meanwhile(shop: Shop) -> None:
    submission_id, here, elsewhere = await fixed_elsewhere(shop)
    shop.work(elsewhere)
    await shop.until(FINAL.format("failures >= 1 AND failure ->> 'reason' LIKE 'ImageAway%'"), submission_id)

    room = RoomWatch(here.image_store, shop.settings.data_dir, 0)
    assert await Saver(shop.objects, here.image_store, room).save_next()
    await shop.until(FINAL.format("state = 'finished'"), submission_id, seconds=60)

    ran = await shop.arena.store.fetch("SELECT DISTINCT image FROM evaluation WHERE submission_id = $1", submission_id)
    assert len(ran) == 1
    assert elsewhere.builds == 0


async def test_one_that_is_lost_costs_its_team_nothing(shop: Shop) -> None:
    submission_id, _, elsewhere = await fixed_elsewhere(shop)
    await shop.arena.store.execute(
        'UPDATE evaluation SET failures = $2, failure = \'{"reason": "-", "host": "-", "at": "2026-01-01T00:00:00Z"}\''
        " WHERE submission_id = $1 AND case_set = 'final'",
        submission_id,
        AWAY_TRIES - 1,
    )
    elsewhere.broken = True
    shop.work(elsewhere)
    await shop.until(FINAL.format("failure ->> 'reason' LIKE 'ImageLost%'"), submission_id)
    assert await shop.arena.store.fetch_value(FINAL.format("state <> 'finished' AND score IS NULL"), submission_id)

    elsewhere.broken = False
    await shop.arena.store.execute(
        "UPDATE evaluation SET due_at = now() WHERE submission_id = $1 AND case_set = 'final'", submission_id
    )
    await shop.until(FINAL.format("state = 'finished'"), submission_id, seconds=60)
    assert await shop.arena.store.fetch_value(FINAL.format("score"), submission_id) == 100.0

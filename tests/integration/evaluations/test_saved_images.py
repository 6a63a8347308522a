"""Images that count: saved once, run again on any machine, gone when objections have closed."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from hackathon.evaluations import retry
from hackathon.events import get_event
from hackathon.images import store as rows
from hackathon.images.collecting import Collector
from hackathon.images.room import RoomWatch
from hackathon.images.saving import Saver
from hackathon.model import Principal, Role
from hackathon.oversight import Need, NeedKind, look
from sandbox.errors import EngineUnavailable
from sandbox.fake import FakeProvider
from sandbox.images import Policy
from sandbox.limits import Limits
from sandbox.model import Build
from sandbox.provider import Cancel, LogSink
from tests.integration.evaluations.shop import GOOD, HALF, Shop

WIRA = Principal(UUID(int=7), "Wira", frozenset({Role.ORGANIZER}))


class Elsewhere(FakeProvider):
    """Another machine's engine; it counts its builds."""

    builds = 0

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
        return super().build(archive, limits=limits, label=label, on_log=on_log, cancel=cancel)


@pytest.fixture
async def engine(shop: Shop) -> FakeProvider:
    """An engine with a worker."""
    made = FakeProvider()
    shop.work(made)
    return made


def saver(shop: Shop, engine: FakeProvider, **given: timedelta) -> Saver:
    room = RoomWatch(engine.image_store, shop.settings.data_dir, 0)
    return Saver(shop.objects, engine.image_store, room, **given)


async def scored(shop: Shop, entry_id: UUID, source: str = GOOD) -> tuple[UUID, str]:
    """A submission that has its score, and its image."""
    submission_id = await shop.hand_in(entry_id, {"app.py": source})
    await shop.finished(submission_id)
    image: str = await shop.arena.store.fetch_value("SELECT image FROM build WHERE submission_id = $1", submission_id)
    return submission_id, image


async def choose(shop: Shop, entry_id: UUID, submission_id: UUID | None) -> None:
    await shop.arena.store.execute("UPDATE entry SET chosen_submission_id = $2 WHERE id = $1", entry_id, submission_id)


async def move_schedule(shop: Shop, **days: float) -> None:
    """Put moments of the schedule so many days from now."""
    now = await shop.arena.store.clock()
    moments = {name: (now + timedelta(days=day)).isoformat() for name, day in days.items()}
    await shop.arena.store.execute("UPDATE event SET schedule = schedule || $1::jsonb", json.dumps(moments))


async def test_what_counts_is_what_was_chosen_and_at_the_end_the_latest(shop: Shop, engine: FakeProvider) -> None:
    entry_id = await shop.arena.enter("Karsa")
    first, first_image = await scored(shop, entry_id)
    _, second_image = await scored(shop, entry_id, HALF)
    assert await rows.read_wanted() == ()

    await choose(shop, entry_id, first)
    assert await rows.read_wanted() == (first_image,)
    await choose(shop, entry_id, None)
    await move_schedule(shop, building_closes=-0.5)
    assert await rows.read_wanted() == (second_image,)
    await move_schedule(shop, judging_closes=-0.2, objection_closes=-0.1)
    assert await rows.read_wanted() == ()


async def test_another_machine_runs_the_same_image_without_building(shop: Shop, engine: FakeProvider) -> None:
    entry_id = await shop.arena.enter("Karsa")
    submission_id, image = await scored(shop, entry_id)
    await choose(shop, entry_id, submission_id)
    # The worker does it by itself, a few seconds after the choice.
    await shop.until("SELECT count(*) = 1 FROM saved_image WHERE state = 'saved' AND image = $1", image)
    engine.image_store.remove(engine.image_store.held()[0])
    board = await shop.arena.store.fetch_value("SELECT id FROM evaluation WHERE case_set = 'board'")

    shop.stop.request()
    for worker in shop.workers:
        await worker
    shop.workers.clear()
    shop.stop = type(shop.stop)()
    elsewhere = Elsewhere()
    shop.work(elsewhere)
    await retry(board, "Diuji di mesin lain", WIRA, catalog=shop.arena.catalog)
    await shop.until("SELECT count(*) = 4 FROM evaluation WHERE state = 'finished'")

    found = await shop.arena.store.fetch("SELECT round, image, score FROM evaluation WHERE case_set = 'board'")
    assert {(row["image"], row["score"]) for row in found} == {(image, 100.0)}
    assert elsewhere.builds == 0
    assert elsewhere.image_store.has(image)


async def test_what_was_saved_and_is_not_that_image_is_never_run(shop: Shop, engine: FakeProvider) -> None:
    entry_id = await shop.arena.enter("Karsa")
    submission_id, _ = await scored(shop, entry_id)
    await choose(shop, entry_id, submission_id)
    await shop.until("SELECT count(*) = 1 FROM saved_image WHERE state = 'saved'")
    key = await shop.arena.store.fetch_value("SELECT object_key FROM saved_image")
    await shop.objects.put(key, b"something else")
    engine.image_store.remove(engine.image_store.held()[0])
    board = await shop.arena.store.fetch_value("SELECT id FROM evaluation WHERE case_set = 'board'")
    await retry(board, "Diuji lagi", WIRA, catalog=shop.arena.catalog)
    await shop.until("SELECT count(*) = 4 FROM evaluation WHERE state = 'finished'")

    rows_now = await shop.arena.store.fetch("SELECT status, failures FROM evaluation WHERE round = 2")
    assert {(row["status"], row["failures"]) for row in rows_now} == {("ok", 0)}
    assert await shop.objects.size(key) is None
    # It was built again, and that image is saved in place of the broken one.
    await shop.until("SELECT count(*) = 1 FROM saved_image WHERE state = 'saved' AND object_key <> $1", key)


async def test_files_go_when_objections_have_closed(shop: Shop, engine: FakeProvider) -> None:
    entry_id = await shop.arena.enter("Karsa")
    submission_id, _ = await scored(shop, entry_id)
    await choose(shop, entry_id, submission_id)
    await shop.until("SELECT count(*) = 1 FROM saved_image WHERE state = 'saved'")
    key = await shop.arena.store.fetch_value("SELECT object_key FROM saved_image")
    keeper = saver(shop, engine, superseded=timedelta(0))
    assert await keeper.forget() == 0
    await move_schedule(shop, building_closes=-0.5, judging_closes=-0.2, objection_closes=-0.1)

    assert await saver(shop, engine).forget() == 0  # a moment ago it counted
    assert await keeper.forget() == 1
    assert await shop.objects.size(key) is None
    assert await shop.arena.store.fetch_value("SELECT count(*) FROM saved_image") == 0


async def test_one_saves_and_whoever_dies_is_replaced(shop: Shop, engine: FakeProvider) -> None:
    entry_id = await shop.arena.enter("Karsa")
    submission_id, image = await scored(shop, entry_id)
    first = await rows.claim(image, timedelta(seconds=30))
    assert first is not None
    assert await rows.claim(image, timedelta(seconds=30)) is None
    await shop.objects.put(first.key, b"half of it")
    await choose(shop, entry_id, submission_id)
    assert await rows.read_wanted() == ()

    await rows.give_back(first, timedelta(seconds=-1))  # as if its lease had run out
    await shop.until("SELECT count(*) = 1 FROM saved_image WHERE state = 'saved' AND attempt = 2")
    assert await shop.objects.size(first.key) is None
    assert not await rows.finish(first, 10, "0" * 64)


async def test_an_engine_that_fails_in_the_middle_leaves_no_file(
    shop: Shop, engine: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def cut_off(image: str) -> Iterator[Iterator[bytes]]:
        def pieces() -> Iterator[bytes]:
            yield b"the beginning" * 1_000_000
            raise EngineUnavailable("gone")

        yield pieces()

    entry_id = await shop.arena.enter("Karsa")
    submission_id, _ = await scored(shop, entry_id)
    other = FakeProvider()
    other.image_store._images.update(engine.image_store._images)
    monkeypatch.setattr(other.image_store, "saved", cut_off)
    monkeypatch.setattr(engine.image_store, "has", lambda image: False)
    await choose(shop, entry_id, submission_id)

    assert await saver(shop, other).save_next()

    row = await shop.arena.store.fetch_one("SELECT state, lease_until > clock_timestamp() AS paused FROM saved_image")
    assert row is not None
    assert dict(row) == {"state": "saving", "paused": True}
    assert not [path for path in (shop.settings.objects_dir / "images").rglob("*") if path.is_file()]


async def test_organizers_are_told_while_the_store_refuses_and_no_longer(
    shop: Shop, engine: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry_id = await shop.arena.enter("Karsa")
    submission_id, image = await scored(shop, entry_id)
    other = FakeProvider()
    other.image_store._images.update(engine.image_store._images)
    monkeypatch.setattr(engine.image_store, "has", lambda image: False)  # the shop's own worker leaves it alone
    folder = shop.settings.objects_dir / "images"
    folder.write_bytes(b"a file where the store needs a folder")
    await choose(shop, entry_id, submission_id)
    event = await get_event("nusantara")

    async def told() -> Need | None:
        later = await shop.arena.store.clock() + timedelta(minutes=2)
        situation = await look(event, actor=WIRA, now=later, handlers=())
        return next((need for need in situation.needs if need.kind is NeedKind.IMAGE_UNSAVED), None)

    assert await told() is None
    keeper = saver(shop, other, pause=timedelta(seconds=-1))
    assert await keeper.save_next()
    first = await told()
    assert first is not None
    assert (first.name, first.number, first.entry_id, first.count) == ("Karsa", 1, entry_id, 1)
    assert image.partition(":")[2] in first.detail  # the store's own words name the file
    assert await keeper.save_next()
    again = await told()
    assert again is not None
    assert again.since == first.since

    folder.unlink()
    assert await keeper.save_next()
    assert await told() is None
    row = await shop.arena.store.fetch_one("SELECT state, attempt, reason, failing_since FROM saved_image")
    assert row is not None
    assert dict(row) == {"state": "saved", "attempt": 3, "reason": None, "failing_since": None}


async def test_images_go_by_what_the_rows_say(shop: Shop, engine: FakeProvider) -> None:
    entry_id = await shop.arena.enter("Karsa")
    chosen, chosen_image = await scored(shop, entry_id)
    _, other_image = await scored(shop, entry_id, HALF)
    await choose(shop, entry_id, chosen)
    old = {chosen_image: 0.0, other_image: 0.0, "sha256:00": 0.0}
    engine.image_store._images["sha256:00"] = {"app.py": b""}
    engine.image_store.made.update(old)
    room = RoomWatch(engine.image_store, shop.settings.data_dir, 0)
    lock = shop.settings.data_dir / "test.lock"

    collector = Collector(engine.image_store, room, Policy(), lock)
    assert [goes.image.id for goes in await collector.collect()] == ["sha256:00"]  # the others were used just now

    await move_schedule(shop, building_closes=-0.5)
    strict = Collector(engine.image_store, room, Policy(unused_seconds=0, settle_seconds=0), lock)
    assert [goes.image.id for goes in await strict.collect()] == [other_image]
    assert await strict.collect() == ()
    assert engine.image_store.has(chosen_image)


async def test_one_process_collects_at_a_time(shop: Shop, engine: FakeProvider) -> None:
    engine.image_store._images["sha256:00"] = {}
    engine.image_store.made["sha256:00"] = 0.0
    room = RoomWatch(engine.image_store, shop.settings.data_dir, 0)
    lock = shop.settings.data_dir / "test.lock"
    collector = Collector(engine.image_store, room, Policy(), lock)
    with lock.open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert await collector.collect() == ()
    assert len(await collector.collect()) == 1

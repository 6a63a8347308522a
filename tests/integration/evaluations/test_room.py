"""Workers whose disk is nearly full: they wait and say so, and nobody is charged."""

import json
import time
from pathlib import Path
from uuid import UUID

from hackathon.evaluations import status_of
from hackathon.events import get_event
from hackathon.images import NO_ROOM
from hackathon.model import Principal, Role
from hackathon.oversight import NeedKind, look
from sandbox.fake import FakeProvider
from sandbox.limits import GIB, MIB, Limits
from sandbox.model import Build, Status, Text
from sandbox.provider import Cancel, LogSink
from tests.integration.evaluations.shop import GOOD, Shop

WIRA = Principal(UUID(int=7), "Wira", frozenset({Role.ORGANIZER}))

WAITS = "SELECT count(*) = 1 FROM worker WHERE state = 'sick' AND starts_with(reason, $1)"


class Filling(FakeProvider):
    """An engine whose disk is full for a while during the first build, which fails for it."""

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
        if self.builds > 1:
            return super().build(archive, limits=limits, label=label, on_log=on_log, cancel=cancel)
        self.image_store.free = 1 * MIB
        time.sleep(2.5)
        self.image_store.free = 100 * GIB
        message = Text("Langkah 2 berakhir dengan kode 1.", "Step 2 ended with code 1.")
        return Build(Status.BUILD_FAILED, message, None, 2.5)


async def test_a_worker_without_room_takes_nothing_and_everybody_is_told(shop: Shop) -> None:
    engine = FakeProvider()
    engine.image_store.free = 900 * MIB
    shop.work(engine)
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": GOOD})
    await shop.until(WAITS, NO_ROOM)
    await shop.until("SELECT room IS NOT NULL FROM worker")

    progress = await status_of(submission_id)
    assert progress.steps[1].cause.id.startswith("Menunggu ruang di mesin uji")
    assert progress.failures == 0
    event = await get_event("nusantara")
    situation = await look(event, actor=WIRA, now=progress.now, handlers=())
    told = {need.kind: need for need in situation.needs}
    assert told[NeedKind.WORKER_SICK].detail.startswith(f"{NO_ROOM}fake 943 MB / 3")
    disks = [need for need in situation.needs if need.kind is NeedKind.DISK and need.name == "fake"]
    assert [(need.count, need.urgent) for need in disks] == [(900 * MIB, True)]
    (room,) = [disk for disk in json.loads(await _room(shop)) if disk["what"] == "engine"]
    assert (room["path"], room["free"]) == ("fake", 900 * MIB)

    engine.image_store.free = 100 * GIB
    await shop.finished(submission_id)
    assert await shop.arena.store.fetch_value("SELECT sum(failures) FROM evaluation") == 0
    assert await shop.arena.store.fetch_value("SELECT reason FROM worker") is None


async def test_what_runs_goes_on_when_room_gets_short_and_nothing_new_begins(shop: Shop) -> None:
    engine = FakeProvider()
    shop.work(engine)
    slow = "import time\n" + GOOD.replace("    return", "    time.sleep(0.6)\n    return")
    running = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": slow})
    await shop.until("SELECT bool_and(state = 'running') FROM evaluation WHERE submission_id = $1", running)
    engine.image_store.free = 900 * MIB
    await shop.until(WAITS, NO_ROOM)
    waiting = await shop.hand_in(await shop.arena.enter("Lentera"), {"app.py": GOOD})

    await shop.finished(running)
    assert await shop.arena.states(waiting) == ["queued", "queued"]
    engine.image_store.free = 100 * GIB
    await shop.finished(waiting)


async def test_a_build_that_failed_while_the_disk_was_full_is_ours(shop: Shop) -> None:
    shop.work(Filling())
    submission_id = await shop.hand_in(await shop.arena.enter("Karsa"), {"app.py": GOOD})
    await shop.finished(submission_id)

    rows = await shop.arena.store.fetch("SELECT status, failures, failure ->> 'reason' AS reason FROM evaluation")
    assert {(row["status"], row["failures"]) for row in rows} == {("ok", 1)}
    assert all(row["reason"].startswith(f"NoRoom: {NO_ROOM}fake 1 MB") for row in rows)
    assert await shop.arena.store.fetch_value("SELECT bool_and(charged) FROM submission")


async def _room(shop: Shop) -> str:
    found: str = await shop.arena.store.fetch_value("SELECT room FROM worker")
    return found

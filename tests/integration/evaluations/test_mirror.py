"""What a worker tells of its package mirror, with the real mirror over a folder of wheels."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest

from hackathon.evaluations import store
from hackathon.evaluations.mirror import MirrorWatch
from hackathon.evaluations.model import WorkerState
from hackathon.oversight import MirrorDown
from hackathon.oversight import store as rows
from hackathon.oversight.service import GONE_SHOWN
from sandbox.mirror.serve import MirrorSettings
from tests.docker.packages import index, mirror, wheel
from tests.integration.evaluations.arena import Arena

SECONDS = 60.0


@pytest.fixture
def room() -> Iterator[Path]:
    """A short path: a socket lies in it."""
    with TemporaryDirectory(prefix="glg-cermin-") as made:
        yield Path(made)


async def told(kind: bool | None) -> MirrorDown | None:
    """What the worker says once it says that: an index, a mirror that is away, or nothing."""
    async with asyncio.timeout(SECONDS):
        while True:
            (worker,) = await rows.read_workers(gone_since=GONE_SHOWN)
            if (None if worker.mirror is None else worker.mirror.index) is kind:
                return worker.mirror
            await asyncio.sleep(0.05)


async def test_a_worker_tells_when_its_mirror_goes_and_when_it_is_back(arena: Arena, room: Path) -> None:
    wheels = room / "wheels"
    wheels.mkdir()
    wheel(wheels, "sapaan", "1.0", "kata = 'halo'\n")
    settings = MirrorSettings(room / "data", room / "m" / "mirror.sock", wheels)
    worker_id = uuid4()
    await store.register_worker(worker_id, host="penguji-1", pid=1, slots=1)
    await store.see_worker(worker_id, WorkerState.RUNNING)
    watch = asyncio.create_task(MirrorWatch(settings.socket, look_seconds=0.05).run(worker_id))
    try:
        away = await told(kind=False)
        assert away is not None
        assert away.reason.startswith("FileNotFoundError")
        with mirror(settings, {}):
            assert await told(kind=None) is None
        again = await told(kind=False)
        assert again is not None
        assert again.since > away.since
    finally:
        watch.cancel()


async def test_an_index_that_does_not_answer_is_told_from_a_mirror_that_does_not(arena: Arena, room: Path) -> None:
    (room / "kosong").mkdir()
    settings = MirrorSettings(room / "devpi", room / "m" / "mirror.sock")
    worker_id = uuid4()
    await store.register_worker(worker_id, host="penguji-1", pid=1, slots=1)
    await store.see_worker(worker_id, WorkerState.RUNNING)
    with index(room / "kosong") as address:
        pass
    # Nobody listens at that address any more.
    env = {"PATH": "/usr/bin:/bin", "HOME": str(room), "PIP_CONFIG_FILE": "/dev/null", "PIP_INDEX_URL": address}
    with mirror(settings, env):
        watch = asyncio.create_task(MirrorWatch(settings.socket, look_seconds=0.05).run(worker_id))
        try:
            fault = await told(kind=True)
            assert fault is not None
            assert fault.reason.startswith("status 5")
        finally:
            watch.cancel()

"""A background loop that fails is started again."""

import asyncio

from frontend.loops import keep_running


class Stumbling:
    """Fails twice, then works until it is stopped."""

    def __init__(self) -> None:
        self.starts = 0
        self.works = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        self.starts += 1
        if self.starts < 3:
            raise OSError("stumbled")
        self.works.set()
        await stop.wait()


async def test_it_is_started_again_until_it_works_and_ends_when_told() -> None:
    loop, stop = Stumbling(), asyncio.Event()
    task = asyncio.create_task(keep_running(loop, stop, pause_seconds=0))
    await asyncio.wait_for(loop.works.wait(), 5)
    stop.set()
    await asyncio.wait_for(task, 5)
    assert loop.starts == 3


async def test_a_stop_during_the_pause_is_heard_at_once() -> None:
    loop, stop = Stumbling(), asyncio.Event()
    task = asyncio.create_task(keep_running(loop, stop, pause_seconds=60))
    await asyncio.sleep(0.01)
    stop.set()
    await asyncio.wait_for(task, 5)
    assert loop.starts == 1

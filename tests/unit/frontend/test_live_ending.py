"""A signal that the server handles ends the streams too."""

import asyncio
import os
import signal
import threading
from datetime import UTC, datetime

from frontend.live import Hub, Rendered, Topic
from frontend.live.ending import ending_with_signals


class Closing(Hub):
    """A hub that tells when it is closed."""

    def __init__(self) -> None:
        async def nothing(topic: Topic) -> Rendered | None:
            return None

        async def no_version(topic: Topic) -> str | None:
            return None

        super().__init__(
            render=nothing, version=no_version, clock=lambda: datetime(2026, 11, 24, tzinfo=UTC), most_of_address=1
        )
        self.closed = asyncio.Event()

    def close(self) -> None:
        self.closed.set()
        super().close()


async def test_the_servers_handler_runs_and_the_streams_end() -> None:
    loop, hub, told = asyncio.get_running_loop(), Closing(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, told.set)
    try:
        with ending_with_signals(hub):
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.wait_for(told.wait(), 5)
            await asyncio.wait_for(hub.closed.wait(), 5)
        again = asyncio.Event()
        loop.add_signal_handler(signal.SIGTERM, again.set)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(again.wait(), 5)
    finally:
        loop.remove_signal_handler(signal.SIGTERM)


async def test_signals_that_nobody_handles_stay_as_they_are() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        with ending_with_signals(Closing()):
            assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGTERM, before)


def test_another_thread_than_the_main_one_changes_no_handler() -> None:
    problems: list[BaseException] = []

    async def inside() -> None:
        with ending_with_signals(Closing()):
            await asyncio.sleep(0)

    def run() -> None:
        try:
            asyncio.run(inside())
        except BaseException as problem:
            problems.append(problem)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(5)
    assert problems == []

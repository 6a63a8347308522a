"""Ends the streams as soon as the process is told to stop.

A server stops gracefully: it waits for answers in progress, and only then tells the application. Streams are answers
that never end by themselves, so they must hear of the signal first.
"""

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from frontend.live.hub import Hub

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def ending_with_signals(hub: Hub) -> Iterator[None]:
    """While inside, a signal that the server handles also closes the hub. Signals that nobody handles are left alone.

    The server's own handler still runs: asyncio hears of signals by a file descriptor, beside Python's handlers.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # Python gives signals to the main thread only
        return
    loop = asyncio.get_running_loop()
    handled = {number: signal.getsignal(number) for number in _SIGNALS}
    ours = {
        number: handler
        for number, handler in handled.items()
        if callable(handler) and handler is not signal.default_int_handler
    }

    def close(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(hub.close)
        ours[signal.Signals(number)](number, frame)

    for number in ours:
        signal.signal(number, close)
    try:
        yield
    finally:
        for number, handler in ours.items():
            signal.signal(number, handler)

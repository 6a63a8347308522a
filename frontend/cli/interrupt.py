"""Ctrl-C and SIGTERM in a command that drives the engine: cancel, let it clean up, then end."""

import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future
from types import FrameType
from typing import TypeVar

from sandbox.errors import Cancelled
from sandbox.provider import Cancel

T = TypeVar("T")

_POLL_SECONDS = 0.2


def interruptible(work: Callable[[], T], cancel: Cancel) -> T:
    """Run `work` in a thread and return what it returns or raises.

    SIGINT and SIGTERM set `cancel`; the engine then removes its containers and `work` ends with `Cancelled`, which
    becomes a KeyboardInterrupt here. A second signal does not wait for that. Call it from the main thread.
    """
    signals = 0
    done: Future[T] = Future()

    def on_signal(number: int, frame: FrameType | None) -> None:
        nonlocal signals
        signals += 1
        cancel.set()
        if signals > 1:
            raise KeyboardInterrupt

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as failure:  # handed to the caller, whatever it is
            done.set_exception(failure)

    previous = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        # A daemon: after the second signal nobody waits for an engine that does not answer.
        thread = threading.Thread(target=run, name="engine", daemon=True)
        thread.start()
        while thread.is_alive():
            # A join without a limit would keep the interpreter from running the signal handler.
            thread.join(_POLL_SECONDS)
        try:
            return done.result()
        except Cancelled:
            raise KeyboardInterrupt from None
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)

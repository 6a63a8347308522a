"""A try-out on Docker: a prototype in a holder's network, watched by a thread until it ends.

The client that calls it is the graders', over a connection that the holder relays; here it runs on the host, and trusts
as little.
"""

import logging
import os
import selectors
import socket
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from types import TracebackType
from typing import Any, Self

from sandbox import endings
from sandbox.docker.holders import Holder
from sandbox.docker.prototype import NotStartable, Prototype
from sandbox.docker.streams import StreamBuffer
from sandbox.endings import Ending
from sandbox.errors import Cancelled, EngineUnavailable, SandboxError
from sandbox.grader import faults
from sandbox.grader.contract import Call, Mapped
from sandbox.grader.contract import Prototype as Caller
from sandbox.grader.http import Client
from sandbox.grader.ready import probe
from sandbox.limits import Limits
from sandbox.model import Failure, Protocol, Text
from sandbox.provider import Cancel
from sandbox.tasks import Task
from sandbox.tryout import Tried

_log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.05
_START_CALL_SECONDS = 90.0
_READ_BYTES = 256 * 1024
_FAST_STEP, _SLOW_STEP = 0.005, 0.25
_LOOKS = 32
# The engine tells of the end of a program a moment after its connections broke.
_END_SECONDS = 1.0


class _Line(Client):
    """The graders' client over a holder. What the base class would ask this host's loopback, it asks the holder's."""

    def __init__(self, connect: Callable[[float], socket.socket]) -> None:
        super().__init__(lambda host, port, seconds: connect(seconds))

    def hold(self, port: int) -> None:
        """Whether the program has ended is found out by its watcher."""


class DockerTryOut:
    """See `sandbox.provider.TryOut`. `on_close` is called once, when holder and prototype are gone."""

    def __init__(
        self,
        holder: Holder,
        prototype: Prototype,
        http: Mapping[str, Any],
        limits: Limits,
        seconds: float,
        on_close: Callable[[], None],
    ) -> None:
        self._holder = holder
        self._prototype = prototype
        self._http = http
        self._mapped = Mapped.read(http, Protocol.INVOCATIONS)
        self._limits = limits
        self._lasting = seconds
        self._on_close = on_close
        self._began = time.monotonic()
        self._started_at: float | None = None
        self._until: float | None = None
        self._ready = 0.0
        self._ended: Ending | None = None
        self._failed: SandboxError | None = None
        self._gone: Future[bool] | None = None
        self._over = threading.Event()
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self._calling = threading.Lock()
        self._watcher = threading.Thread(target=self._watch, name="try-out", daemon=True)
        self._watcher.start()

    @property
    def ended(self) -> Ending | None:
        return self._ended

    @property
    def seconds(self) -> float:
        return self._ready

    def wait_ready(self, cancel: Cancel | None) -> None:
        """Return when it is ready or has ended. Raises Cancelled, and what our side did wrong."""
        line = _Line(self._connect)
        seen: dict[str, Any] | None = {"saw": "silent"}
        while not self._over.is_set():
            if cancel is not None and cancel.is_set:
                raise Cancelled
            if self._started_at is not None or self._prototype.output is not None:
                seen = probe(line, self._mapped)
                if seen is None:
                    break
            now = time.monotonic()
            self._check_patience(now, seen)
            waited = now - (self._started_at or now)
            self._over.wait(min(max(waited / _LOOKS, _FAST_STEP), _SLOW_STEP))
        if self._failed is not None:
            raise self._failed
        if self._ended is None:
            now = time.monotonic()
            self._ready = now - self._began
            self._until = now + self._lasting

    def call(self, task: Task, given: Mapping[str, Any]) -> Tried:
        call = Call(
            task.slug,
            task.protocol,
            Mapped.read(self._http, task.protocol),
            self._limits.run.case_seconds,
            self._limits.answer.bytes,
            self._limits.answer.json_depth,
        )
        with self._calling:
            told = self._told()
            if told is not None:
                return _none(0.0, Failure.NO_CONNECTION, told)
            caller = Caller(_Line(self._connect), call)
            try:
                output = caller(given)
            except faults.PrototypeFault as fault:
                reason = fault.reason
                if reason.failure == faults.NO_CONNECTION:
                    self._over.wait(_END_SECONDS)
                    told = self._told()
                    if told is not None:
                        return _none(caller.seconds, Failure.NO_CONNECTION, told)
                return _none(caller.seconds, Failure(reason.failure), Text(reason.id, reason.en))
        return Tried(caller.seconds, output)

    def dial(self) -> socket.socket | None:
        if self._over.is_set():
            return None
        try:
            return self._holder.dial(self._mapped.port)
        except OSError:
            return None

    def close(self) -> None:
        with self._lock:
            if self._closed.is_set():
                return
            self._closed.set()
        self._watcher.join()
        try:
            if self._gone is not None:
                self._gone.result()
            self._holder.close()
        except SandboxError as error:
            _log.warning("a try-out is left for the sweep: %s", error)
        finally:
            self._on_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _told(self) -> Text | None:
        return None if self._ended is None else self._ended.message

    def _connect(self, seconds: float) -> socket.socket:
        return self._holder.dial(self._mapped.port)

    def _check_patience(self, now: float, seen: Mapping[str, Any] | None) -> None:
        if self._started_at is None:
            if now - self._began > _START_CALL_SECONDS:
                raise EngineUnavailable("the engine did not start the prototype in time")
        elif now - self._started_at >= self._limits.run.ready_seconds:
            mapped = self._mapped
            self._end(endings.not_ready(self._limits.run.ready_seconds, mapped.port, mapped.ready, seen))

    def _watch(self) -> None:
        """Read its output, and find out how and when it ends; the thread's whole life."""
        try:
            with selectors.DefaultSelector() as selector:
                selector.register(self._prototype.wake, selectors.EVENT_READ)
                self._loop(selector)
        except NotStartable:
            self._end(endings.never_ran())
        except SandboxError as error:
            self._failed = error
            self._over.set()
        except Exception as error:
            _log.exception("a try-out's watcher failed")
            self._failed = EngineUnavailable(f"the watcher failed: {error}")
            self._over.set()
        finally:
            # What is over its limits must not go on until somebody looks.
            self._gone = self._prototype.remove()

    def _loop(self, selector: selectors.BaseSelector) -> None:
        stream, printed, attached = StreamBuffer(), 0, False
        budget = self._limits.prototype.log_bytes
        while not self._closed.is_set() and not self._over.is_set():
            if self._until is not None and time.monotonic() >= self._until:
                self._end(endings.tried_long_enough(self._lasting))
                return
            for key, _ in selector.select(_LOOK_SECONDS):
                if key.fileobj == self._prototype.wake:
                    os.eventfd_read(self._prototype.wake)
                    if self._prototype.output is not None and not attached:
                        attached = True
                        selector.register(self._prototype.output, selectors.EVENT_READ)
                    if self._prototype.check_started() and self._started_at is None:
                        self._started_at = time.monotonic()
                    continue
                data = _read(self._prototype.output)
                if data == b"":
                    self._end(self._exit())
                    return
                printed += sum(len(piece) for _, piece in stream.feed(data or b""))
                if printed > budget:
                    self._end(endings.output_limit(budget))
                    return

    def _exit(self) -> Ending:
        how = self._prototype.wait_exit()
        if how.out_of_memory and how.code != 0:
            return endings.out_of_memory(self._limits.prototype.memory_bytes)
        if self._ready:
            return endings.crashed_when_tried(how.code)
        return endings.crashed(how.code, ready=False, finished=0, total=0)

    def _end(self, ending: Ending) -> None:
        """The first ending counts."""
        if self._ended is None and not self._closed.is_set():
            self._ended = ending
        self._over.set()


def _none(seconds: float, failure: Failure, message: Text) -> Tried:
    return Tried(seconds, None, failure, message)


def _read(output: socket.socket | None) -> bytes | None:
    """Bytes, b"" at the end, None when there are none yet."""
    if output is None:
        return None
    try:
        return output.recv(_READ_BYTES)
    except BlockingIOError:
        return None
    except ConnectionResetError:
        return b""

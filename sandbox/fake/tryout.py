"""A try-out in the fake: the child process of an evaluation, which one person calls."""

import socket
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sandbox import endings
from sandbox.endings import Ending
from sandbox.errors import Cancelled
from sandbox.fake.process import Ended, PrototypeProcess, Stopped
from sandbox.grader import faults
from sandbox.grader.contract import Call, Mapped, Prototype
from sandbox.limits import Limits
from sandbox.model import Failure, Status, Text
from sandbox.output import Output
from sandbox.provider import Cancel
from sandbox.tasks import Task
from sandbox.tryout import Tried

_LOOK_SECONDS = 0.05


class FakeTryOut:
    """See `sandbox.provider.TryOut`. It speaks through pipes, so it has no page of its own."""

    def __init__(
        self,
        files: Mapping[str, bytes],
        limits: Limits,
        seconds: float,
        cancel: Cancel | None,
        on_close: Callable[[], None],
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="fake-try-")
        self._limits = limits
        self._lasting = seconds
        self._on_close = on_close
        self._ended: Ending | None = None
        self._watcher: threading.Thread | None = None
        self._closed = threading.Event()
        self._lock = threading.RLock()
        began = time.monotonic()
        for path, data in files.items():
            target = Path(self._folder.name) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        output = Output(limits.prototype.log_bytes, visible=False, sink=lambda data: None)
        self._process = PrototypeProcess(Path(self._folder.name), limits.prototype, output, cancel)
        try:
            self._process.wait_ready(limits.run.ready_seconds)
        except Ended as ended:
            self._ended = ended.ending
        except Stopped:
            self._process.close()
            self._folder.cleanup()
            raise Cancelled from None
        self._seconds = time.monotonic() - began
        self._until = time.monotonic() + seconds
        self._watcher = threading.Thread(target=self._watch, name="fake-try-out", daemon=True)
        self._watcher.start()

    @property
    def ended(self) -> Ending | None:
        return self._ended

    @property
    def seconds(self) -> float:
        return self._seconds

    def call(self, task: Task, given: Mapping[str, Any]) -> Tried:
        run, answer = self._limits.run, self._limits.answer
        call = Call(task.slug, task.protocol, Mapped(), run.case_seconds, answer.bytes, answer.json_depth)
        with self._lock:
            if self._told is not None:
                return Tried(0.0, None, Failure.NO_CONNECTION, self._told)
            caller = Prototype(self._process, call)
            try:
                output = caller(given)
            except faults.PrototypeFault as fault:
                reason = fault.reason
                return Tried(caller.seconds, None, Failure(reason.failure), Text(reason.id, reason.en))
            except Ended as ended:
                self._end(ended.ending)
                return Tried(caller.seconds, None, Failure.NO_CONNECTION, self._told)
        return Tried(caller.seconds, output)

    def dial(self) -> socket.socket | None:
        return None

    def close(self) -> None:
        if self._closed.is_set():
            return
        self._closed.set()
        if self._watcher is not None:
            self._watcher.join()
        self._process.close()
        self._folder.cleanup()
        self._on_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _told(self) -> Text | None:
        return None if self._ended is None else self._ended.message

    def _watch(self) -> None:
        while self._ended is None and not self._closed.wait(_LOOK_SECONDS):
            if time.monotonic() >= self._until:
                self._end(endings.tried_long_enough(self._lasting))
            elif self._lock.acquire(blocking=False):
                try:
                    self._process.look()
                except Ended as ended:
                    self._end(ended.ending)
                finally:
                    self._lock.release()

    def _end(self, ending: Ending) -> None:
        if ending.status is Status.CRASHED and self._process.ready:
            ending = endings.crashed_when_tried(self._process.exit_code)
        self._ended = self._ended or ending

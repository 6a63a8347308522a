"""The prototype's process in the fake: its pipes, its log, its end. Every wait has a deadline and sees a cancel."""

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpcore

from sandbox import endings
from sandbox.endings import Ending
from sandbox.fake import child
from sandbox.grader import faults
from sandbox.grader.http import Reply
from sandbox.limits import PrototypeLimits
from sandbox.output import Output
from sandbox.provider import Cancel

_LOOK_SECONDS = 0.05
_READ_BYTES = 64 * 1024
_QUIET_SECONDS = 0.01
_EXIT_SECONDS = 5.0


class Ended(BaseException):
    """The evaluation is over before all cases were put. No Exception, so that no test of a task can swallow it."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending.status)
        self.ending = ending


class Stopped(BaseException):
    """The caller cancelled; no Exception either."""


class PrototypeProcess:
    """A child process that serves `app.py` of `folder`. Is the caller (`sandbox.grader.http.Caller`) of its cases."""

    def __init__(self, folder: Path, limits: PrototypeLimits, output: Output, cancel: Cancel | None) -> None:
        requests, self._requests = os.pipe()
        self._answers, answers = os.pipe()
        self._log, log = os.pipe()
        self._limits = limits
        self._output = output
        self._cancel = cancel
        self._buffer = bytearray()
        self._number = 0
        self._printing = True
        self.ready = False
        self.exit_code = 0
        self.finished = 0
        self.total = 0
        self.total_seconds = 0.0
        self.end = float("inf")
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-SEu", "-X", "utf8", child.__file__, str(folder)]
                + [str(number) for number in (limits.memory_bytes, requests, answers)],
                env={"PORT": "8080", "PATH": os.defpath, "MALLOC_ARENA_MAX": "1"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(requests, answers),
                start_new_session=True,
            )
        finally:
            for descriptor in (requests, answers, log):
                os.close(descriptor)
        os.set_blocking(self._log, False)
        self._poll = select.poll()
        self._poll.register(self._answers, select.POLLIN)
        self._poll.register(self._log, select.POLLIN)

    def wait_ready(self, seconds: float) -> None:
        """Raises Ended when app.py is not loaded within `seconds`, Stopped."""
        if self._next_answer(time.monotonic() + seconds) is None:
            raise Ended(endings.not_ready(seconds, 8080, "/ping"))
        self.ready = True

    def call(
        self, method: str, port: int, path: str, *, seconds: float, max_bytes: int, content: bytes | None = None
    ) -> Reply:
        """Put a request; answers to earlier ones that come late are dropped.

        Raises Ended, Stopped, PrototypeFault, httpcore.ReadTimeout.
        """
        self._number += 1
        body = content or b""
        end = time.monotonic() + seconds
        try:
            os.write(self._requests, child.REQUEST.pack(self._number, len(body)) + body)
        except BrokenPipeError:
            raise Ended(self._end()) from None
        while True:
            answer = self._next_answer(end)
            if answer is None:
                raise httpcore.ReadTimeout
            number, status, data = answer
            if number == self._number:
                if len(data) > max_bytes:
                    raise faults.too_big(max_bytes)
                return Reply(status, "application/json", "", data)

    def hold(self, port: int) -> None:
        """A pipe is lost only with its process, which raises Ended at once."""

    def drain(self) -> None:
        """Take what was printed until now."""
        end = time.monotonic() + _QUIET_SECONDS
        while time.monotonic() < end:
            if not self._read_log():
                time.sleep(_QUIET_SECONDS / 10)

    def look(self) -> None:
        """Take what was printed or said by now. Raises Ended where it has come to its end."""
        for descriptor, _ in self._poll.poll(0):
            if descriptor == self._log:
                self._read_log()
                continue
            data = os.read(self._answers, _READ_BYTES)
            if not data:
                raise Ended(self._end())
            self._buffer += data

    def close(self) -> None:
        """Kill the process and all it started, and collect it."""
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            # It has ended by itself, and so has its group.
            self._process.poll()
        self._process.wait()
        for descriptor in (self._requests, self._answers, self._log):
            os.close(descriptor)

    def _next_answer(self, end: float) -> tuple[int, int, bytes] | None:
        """The next answer; None when `end` comes first. Raises Ended, Stopped."""
        while True:
            answer = self._take_answer()
            if answer is not None:
                return answer
            if self._cancel is not None and self._cancel.is_set:
                raise Stopped
            now = time.monotonic()
            if now >= self.end:
                raise Ended(endings.timed_out(self.total_seconds, finished=self.finished, total=self.total))
            if now >= end:
                return None
            patience = min(_LOOK_SECONDS, end - now, self.end - now)
            for descriptor, _ in self._poll.poll(max(1, int(patience * 1000))):
                if descriptor == self._log:
                    self._read_log()
                else:
                    data = os.read(self._answers, _READ_BYTES)
                    if not data:
                        raise Ended(self._end())
                    self._buffer += data

    def _take_answer(self) -> tuple[int, int, bytes] | None:
        head = child.ANSWER.size
        if len(self._buffer) < head:
            return None
        number, status, size = child.ANSWER.unpack_from(self._buffer)
        if len(self._buffer) < head + size:
            return None
        body = bytes(self._buffer[head : head + size])
        del self._buffer[: head + size]
        return number, status, body

    def _read_log(self) -> bool:
        """Whether something was printed. Raises Ended when it was too much."""
        try:
            data = os.read(self._log, _READ_BYTES)
        except BlockingIOError:
            return False
        if not data:
            if self._printing:
                self._printing = False
                self._poll.unregister(self._log)
            return False
        self._output.add(data)
        if self._output.over:
            raise Ended(endings.output_limit(self._limits.log_bytes))
        return True

    def _end(self) -> Ending:
        code = self._process.wait(_EXIT_SECONDS)
        if code == child.OUT_OF_MEMORY:
            return endings.out_of_memory(self._limits.memory_bytes)
        code = code if code >= 0 else 128 - code
        self.exit_code = code
        return endings.crashed(code, ready=self.ready, finished=self.finished, total=self.total)

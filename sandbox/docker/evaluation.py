"""One evaluation: watches a grader and a prototype until all jobs are done, the prototype ended, or time ran out."""

import logging
import os
import selectors
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox import endings
from sandbox.docker.graders import Grader
from sandbox.docker.prototype import NotStartable, Prototype
from sandbox.docker.streams import StreamBuffer
from sandbox.docker.usage import read_usage, since
from sandbox.endings import Ending
from sandbox.errors import Cancelled, EngineUnavailable, GraderFailed, TaskInvalid
from sandbox.grader.contract import Mapped
from sandbox.grader.frames import Message
from sandbox.grading import (
    beside_limits,
    beside_of,
    case_result,
    check_report,
    job_key,
    prepare_message,
    run_message,
)
from sandbox.limits import Limits, RunLimits
from sandbox.model import CaseResult, Report, Run, Usage
from sandbox.output import Output
from sandbox.provider import Cancel, Job, Watch

_log = logging.getLogger(__name__)

_CANCEL_LOOK_SECONDS = 0.05
_READ_BYTES = 256 * 1024
# The engine passes output on within a millisecond or two; a program may print behind its last answer.
_QUIET_SECONDS = 0.0015
_QUIET_MOST_SECONDS = 0.03
_START_CALL_SECONDS = 90.0


@dataclass(slots=True)
class _Progress:
    """One job: its message key, its limits, what came of it so far. Its cases are all in before its report is, and
    only that gives it a good end."""

    number: int
    job: Job
    key: str
    run: RunLimits
    cases: list[CaseResult] = field(default_factory=list)
    began: float | None = None
    seconds: float = 0.0
    usage: Usage = field(default_factory=Usage)
    ending: Ending | None = None

    @property
    def played(self) -> bool:
        """Whether all its cases are in."""
        return len(self.cases) == len(self.job.cases)


class Evaluation:
    """Drives one evaluation over a grader that `prepare` was called for and a prototype that is starting."""

    def __init__(
        self, grader: Grader, jobs: Sequence[Job], http: Mapping[str, Any], limits: Limits, watch: Watch
    ) -> None:
        self._grader = grader
        self._http = http
        self._mapped = Mapped.read(http, jobs[0].task.protocol)
        self._limits = limits
        self._watch = watch
        self._jobs = [
            _Progress(number, job, job_key(job), job.task.limits.within(limits.run)) for number, job in enumerate(jobs)
        ]
        self._current = 0
        self._exits = 0
        self._last_visible = max((n for n, job in enumerate(jobs) if job.visible), default=-1)
        self._output = Output(limits.prototype.log_bytes, visible=self._last_visible >= 0, sink=watch.on_log)
        self._stream = StreamBuffer()
        self._seen: dict[str, Any] = {}
        self._used = Usage(cpu_seconds=0.0)
        self._ready = False
        self._attached = False
        self._started_at: float | None = None
        self._began = time.monotonic()
        self.timings: dict[str, float] = {}
        self.whole = True
        """Whether the grader did all that was asked of it."""

    def prepare(self) -> None:
        """Send the first task and job; the grader works on them while the prototype starts. Raises GraderFailed."""
        self._prepare(0)
        self._begin_job()

    def settle(self, seconds: float) -> None:
        """After all jobs are done: wait until the grader has seen the last one's process end. Raises GraderFailed."""
        while self._exits < len(self._jobs):
            self._grader.wait_for("exit", seconds=seconds)
            self._exits += 1

    def watch(self, prototype: Prototype, cancel: Cancel | None) -> Report:
        """Return when it is decided. Raises Cancelled, GraderFailed, TaskInvalid, EngineUnavailable, ImageMissing."""
        self._watch.on_stage("starting")
        with selectors.DefaultSelector() as selector:
            selector.register(self._grader.socket, selectors.EVENT_READ)
            selector.register(prototype.wake, selectors.EVENT_READ)
            try:
                ending = self._loop(selector, prototype, cancel)
            except (GraderFailed, TaskInvalid) as error:
                if any(progress.ending is None for progress in self._jobs if not progress.job.beside):
                    raise
                _log.warning("what is not scored could not be measured: %s", error)
                self.whole = False
                ending = endings.not_measured()
        if ending is not None:
            self._end_with(ending, prototype)
        self.timings |= prototype.timings
        self._watch.on_stage("done")
        return Report(runs=tuple(self._run_of(p) for p in self._jobs), log=self._output.kept, timings=self.timings)

    def _loop(self, selector: selectors.BaseSelector, prototype: Prototype, cancel: Cancel | None) -> Ending | None:
        """The ending that cut the evaluation short; None when all jobs were done."""
        while True:
            if cancel is not None and cancel.is_set:
                raise Cancelled
            ending = self._overdue(time.monotonic())
            if ending is not None:
                return ending
            for key, _ in selector.select(self._patience()):
                if key.fileobj is self._grader.socket:
                    for message in self._grader.receive():
                        self._take(message, prototype)
                elif key.fileobj is prototype.output:
                    ending = self._read_output(prototype) or ending
                else:
                    ending = self._note_start(selector, prototype) or ending
            if self._done:
                return None
            if ending is not None:
                return ending

    @property
    def _done(self) -> bool:
        return all(progress.ending is not None for progress in self._jobs)

    def _patience(self) -> float:
        return max(0.0, min(_CANCEL_LOOK_SECONDS, self._total_end() - time.monotonic()))

    def _total_end(self) -> float:
        # What the engine needs to start it is not the team's time.
        if self._started_at is None:
            return self._began + _START_CALL_SECONDS + self._limits.run.total_seconds
        ends = [self._started_at + self._limits.run.total_seconds]
        began = self._jobs[self._current].began
        # A job's own time runs from the prototype's readiness; before it the time to get ready counts.
        if self._ready and began is not None:
            ends.append(began + self._jobs[self._current].run.total_seconds)
        return min(ends)

    def _overdue(self, now: float) -> Ending | None:
        run = self._jobs[self._current].run
        if now >= self._total_end():
            return self._timed_out()
        if self._ready:
            return None
        if self._started_at is None:
            if now - self._began > _START_CALL_SECONDS:
                raise EngineUnavailable("the engine did not start the prototype in time")
            return None
        if now - self._started_at >= run.ready_seconds:
            return endings.not_ready(run.ready_seconds, self._mapped.port, self._mapped.ready, self._seen)
        return None

    def _timed_out(self) -> Ending:
        progress = self._jobs[self._current]
        return endings.timed_out(
            progress.run.total_seconds, finished=len(progress.cases), total=len(progress.job.cases)
        )

    def _note_start(self, selector: selectors.BaseSelector, prototype: Prototype) -> Ending | None:
        os.eventfd_read(prototype.wake)
        if prototype.output is not None and not self._attached:
            self._attached = True
            selector.register(prototype.output, selectors.EVENT_READ)
        try:
            if prototype.check_started() and self._started_at is None:
                self._started_at = time.monotonic()
        except NotStartable:
            return endings.never_ran()
        return None

    def _add_output(self, data: bytes) -> None:
        for _, piece in self._stream.feed(data):
            self._output.add(piece)

    def _read_output(self, prototype: Prototype) -> Ending | None:
        data = _read(prototype.output)
        if data:
            self._add_output(data)
            return endings.output_limit(self._limits.prototype.log_bytes) if self._output.over else None
        if data is None:
            return None
        exit_ = prototype.wait_exit()
        # What the grader finished before the end counts, and if that was everything the end does not matter.
        for message in self._grader.receive():
            self._take(message, prototype)
        progress = self._jobs[self._current]
        if self._done or (progress.played and progress is self._jobs[-1]):
            return None
        if exit_.out_of_memory and exit_.code != 0:
            return endings.out_of_memory(self._limits.prototype.memory_bytes)
        return endings.crashed(
            exit_.code, ready=self._ready, finished=len(progress.cases), total=len(progress.job.cases)
        )

    def _take(self, message: Message, prototype: Prototype) -> None:
        op = message["op"]
        if op == "invalid":
            raise TaskInvalid(str(message["path"]), str(message["reason"]), message.get("line"))
        if op == "gone":
            raise self._grader.failed("lost a job")
        if op == "probe":
            self._seen = message
        elif op == "exit":
            self._exits += 1
        elif op == "ready":
            self._note_ready(self._job_of(message))
        elif op == "case":
            self._note_case(message, self._job_of(message), prototype)
        elif op == "report":
            self._end_job(message, self._job_of(message))
        elif op != "collected":
            raise GraderFailed(f"the grader said {op}")

    def _job_of(self, message: Message) -> _Progress:
        """The job that a message is about: the current one, or one before it whose report is still to come."""
        for progress in self._jobs[: self._current + 1]:
            if progress.key == message.get("key") and progress.ending is None:
                return progress
        raise GraderFailed(f"the grader sent {message['op']} for another job")

    def _note_ready(self, progress: _Progress) -> None:
        progress.began = time.monotonic()
        if not self._ready:
            self._ready = True
            # The start call may return after the program has answered.
            self._started_at = self._started_at or progress.began
            self.timings["ready"] = progress.began - self._began
            self._watch.on_stage("ready")
        self._watch.on_stage(f"job:{progress.number}")

    def _note_case(self, message: Message, progress: _Progress, prototype: Prototype) -> None:
        index = len(progress.cases)
        if message.get("index") != index or index >= len(progress.job.cases):
            raise GraderFailed(f"the grader sent case {message.get('index')} instead of {index}")
        result = case_result(message, progress.job.cases[index], progress.job)
        progress.cases.append(result)
        self._watch.on_case(progress.number, result)
        if progress.played:
            self._end_cases(progress, prototype)

    def _end_cases(self, progress: _Progress, prototype: Prototype) -> None:
        """All cases of a job are in: the next job begins beside the making of this one's report."""
        progress.seconds = time.monotonic() - (progress.began or self._began)
        self.timings[f"job:{progress.number}"] = progress.seconds
        self._note_usage(progress, prototype)
        if progress.number == self._last_visible:
            self._drain_output(prototype)
            self._output.hide()
        if progress is not self._jobs[-1]:
            self._current += 1
            self._begin_job()

    def _end_job(self, message: Message, progress: _Progress) -> None:
        check_report(message, progress.cases, progress.job)
        progress.ending = endings.completed(len(progress.cases))

    def _prepare(self, number: int) -> None:
        progress = self._jobs[number]
        self._grader.prepare(progress.key, lambda: prepare_message(progress.key, progress.job))

    def _begin_job(self) -> None:
        progress = self._jobs[self._current]
        if progress.job.beside:
            used = sum(other.seconds for other in self._jobs if beside_of(progress.job, other.job))
            progress.run = beside_limits(progress.run, used)
        self._grader.send(
            run_message(
                progress.key,
                progress.job,
                first=self._current == 0,
                http=self._http,
                run=progress.run,
                answer=self._limits.answer,
            )
        )
        # The next task is collected beside this one's cases.
        if self._current + 1 < len(self._jobs):
            self._prepare(self._current + 1)

    def _drain_output(self, prototype: Prototype) -> None:
        """Take what the visible jobs printed, until it is quiet; it must be in before hidden cases are shown."""
        output = prototype.output
        if output is None:
            return
        end = time.monotonic() + _QUIET_MOST_SECONDS
        with selectors.DefaultSelector() as selector:
            selector.register(output, selectors.EVENT_READ)
            while time.monotonic() < end and selector.select(_QUIET_SECONDS):
                data = _read(output)
                if not data:
                    return
                self._add_output(data)

    def _end_with(self, ending: Ending, prototype: Prototype) -> None:
        current = self._jobs[self._current]
        if not current.played:
            if self._current <= self._last_visible:
                self._drain_output(prototype)
            self._note_usage(current, prototype)
            if current.began is not None:
                current.seconds = time.monotonic() - current.began
        for progress in self._jobs:
            # Jobs before the current one are done but for their reports, which say no more than their cases did.
            whole = endings.completed(len(progress.cases)) if progress.number < self._current else ending
            progress.ending = progress.ending or whole

    def _note_usage(self, progress: _Progress, prototype: Prototype) -> None:
        now = read_usage(prototype.id)
        progress.usage = since(now, self._used)
        self._used = now

    def _run_of(self, progress: _Progress) -> Run:
        ending = progress.ending
        if ending is None:
            raise GraderFailed("a job has no end")
        return Run(
            task=progress.job.task.slug,
            case_set=progress.job.case_set,
            status=ending.status,
            message=ending.message if progress.job.visible else ending.hidden,
            cases=tuple(progress.cases),
            seconds=progress.seconds,
            usage=progress.usage,
        )


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

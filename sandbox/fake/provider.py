"""The fake provider: the contract of `sandbox.provider` with child processes and pipes.

It takes the python kit only. Memory is bounded by RLIMIT_AS, output, answers and times as in the real engine; files,
network, CPUs and processes are not bounded at all: give it trusted prototypes.
"""

import fnmatch
import importlib.metadata
import os
import shlex
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sandbox
from sandbox import endings
from sandbox.errors import Cancelled, EngineUnavailable, ImageMissing, MirrorUnavailable, TaskInvalid
from sandbox.fake import git
from sandbox.fake import pages as reader
from sandbox.fake.image_store import FakeImageStore
from sandbox.fake.process import Ended, PrototypeProcess, Stopped
from sandbox.fake.tests import loaded_tests, run_case
from sandbox.fake.tryout import FakeTryOut
from sandbox.git import Fetched, GitLimits, Wanted
from sandbox.grader.contract import Call, Mapped, Prototype
from sandbox.grader.frames import FrameBuffer, Message, decode, encode
from sandbox.grading import (
    beside_limits,
    beside_of,
    case_result,
    check_jobs,
    generate_message,
    generated_cases,
    varied_here,
    vary_message,
)
from sandbox.kits import Kit, Source, inspect
from sandbox.limits import Limits
from sandbox.model import Build, Case, CaseResult, CaseSet, Finding, Report, Run, Status, Text
from sandbox.output import Output
from sandbox.pages import Drawing, PageLimits
from sandbox.provider import Cancel, EngineFacts, Job, LogSink, TryOut, Watch
from sandbox.refusal import Refusal
from sandbox.task_packages import together
from sandbox.tasks import WORDING, Task

_GENERATE_SECONDS = 60.0


class FakeProvider:
    """See `sandbox.provider.Provider`. `repositories` are folders of this machine by the address they stand for."""

    def __init__(self, repositories: Mapping[str, Path] | None = None) -> None:
        self._repositories = dict(repositories or {})
        self._images: dict[str, dict[str, bytes]] = {}
        self._lock = threading.Lock()
        self.image_store = FakeImageStore(self._images, self._lock)
        self._running = 0
        self._tried: set[FakeTryOut] = set()
        self._closed = False

    @property
    def running(self) -> int:
        """How many child processes of prototypes there are now."""
        return self._running

    def facts(self) -> EngineFacts:
        self._check_open()
        return EngineFacts("fake", "fake", "process", "none", "fake", "fake")

    def circumstances(self) -> Mapping[str, str]:
        self._check_open()
        return {"provider": "fake"}

    def prove(self, *, cancel: Cancel | None = None) -> tuple[Finding, ...]:
        self._check_open()
        return ()

    def warm(self, tasks: Sequence[Task] = ()) -> None:
        self._check_open()
        _check_packages(tasks)

    def build(
        self,
        archive: Path,
        *,
        limits: Limits,
        label: str,
        on_log: LogSink = lambda data: None,
        cancel: Cancel | None = None,
    ) -> Build:
        self._check_open()
        _check_cancel(cancel)
        began = time.monotonic()
        source = inspect(archive, limits)
        _check_cancel(cancel)
        if isinstance(source, Refusal):
            return Build(Status.REFUSED, source.message, None, time.monotonic() - began)
        if source.kit is not Kit.PYTHON:
            missing = _missing_copy(source)
            if missing is None:
                raise EngineUnavailable("the fake runs the python kit only")
            message = Text(
                f"Dockerfile menyalin “{missing}”, yang tidak ada di dalam arsip.",
                f"The Dockerfile copies “{missing}”, which is not in the archive.",
            )
            return Build(Status.BUILD_FAILED, message, None, time.monotonic() - began, log=message.id.encode())
        log = b"app.py siap.\n"
        on_log(log)
        image = f"sha256:{source.fingerprint}"
        with self._lock:
            cached = image in self._images
            self._images[image] = {entry.path: b"".join(chunks) for entry, chunks in source.archive.stream()}
        ready = Text("Image siap.", "The image is ready.")
        return Build(Status.OK, ready, image, time.monotonic() - began, cached=cached, log=log)

    def evaluate(
        self,
        image: str,
        jobs: Sequence[Job],
        *,
        limits: Limits,
        label: str,
        fresh: bool = False,
        watch: Watch = Watch(),  # noqa: B008 - frozen, without state
        cancel: Cancel | None = None,
    ) -> Report:
        check_jobs(jobs)
        self._check_open()
        files = self._images.get(image)
        if files is None:
            raise ImageMissing(image)
        _check_packages([job.task for job in jobs])
        _check_cancel(cancel)
        with tempfile.TemporaryDirectory(prefix="fake-prototype-") as name:
            for path, data in files.items():
                target = Path(name) / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            return self._run(Path(name), jobs, limits, watch, cancel)

    def try_out(
        self, image: str, *, limits: Limits, seconds: float, label: str, cancel: Cancel | None = None
    ) -> TryOut:
        self._check_open()
        files = self._images.get(image)
        if files is None:
            raise ImageMissing(image)
        _check_cancel(cancel)
        self._count(1)
        try:
            tried = FakeTryOut(files, limits, seconds, cancel, lambda: self._forget(tried))
        except BaseException:
            self._count(-1)
            raise
        with self._lock:
            self._tried.add(tried)
        return tried

    def generate(self, task: Task, case_set: CaseSet, seed: bytes, *, cancel: Cancel | None = None) -> tuple[Case, ...]:
        self._check_open()
        _check_cancel(cancel)
        count = task.cases[case_set]
        return self._generator(generate_message(task, seed, count), count, "generate.py")

    def vary(self, task: Task, cases: Sequence[Case], seed: bytes, *, cancel: Cancel | None = None) -> tuple[Case, ...]:
        self._check_open()
        _check_cancel(cancel)
        if WORDING not in task.generator:
            return varied_here(cases, seed)
        return self._generator(vary_message(task, cases, seed), len(cases), WORDING)

    def _generator(self, order: Message, count: int, path: str) -> tuple[Case, ...]:
        with tempfile.TemporaryDirectory(prefix="fake-generate-") as folder:
            try:
                done = subprocess.run(
                    [sys.executable, "-m", "sandbox.grader.generate"],
                    input=encode(order),
                    stdout=subprocess.PIPE,
                    timeout=_GENERATE_SECONDS,
                    check=True,
                    env={"PYTHONPATH": str(Path(sandbox.__file__).parents[1]), "TMPDIR": folder, "PYTHONHASHSEED": "0"},
                )
            except subprocess.SubprocessError as error:
                raise TaskInvalid(path, f"made no cases: {error}") from error
        messages = [decode(payload) for payload in FrameBuffer().feed(done.stdout)]
        return generated_cases(messages[0], count, path)

    def draw_pages(
        self, pdf: Path, into: Path, *, limits: PageLimits, label: str, cancel: Cancel | None = None
    ) -> Drawing:
        self._check_open()
        _check_cancel(cancel)
        return reader.draw(pdf, into, limits)

    def fetch_commit(
        self,
        wanted: Wanted,
        into: Path,
        *,
        hosts: Sequence[str],
        limits: GitLimits,
        label: str,
        cancel: Cancel | None = None,
    ) -> Fetched:
        self._check_open()
        _check_cancel(cancel)
        return git.fetch(self._repositories, wanted, into, hosts, limits)

    def remove_image(self, image: str) -> None:
        self._check_open()
        with self._lock:
            self._images.pop(image, None)

    def sweep(self) -> int:
        self._check_open()
        return 0

    def close(self) -> None:
        self._closed = True
        with self._lock:
            tried = set(self._tried)
        for one in tried:
            one.close()

    def _count(self, more: int) -> None:
        with self._lock:
            self._running += more

    def _forget(self, tried: FakeTryOut) -> None:
        self._count(-1)
        with self._lock:
            self._tried.discard(tried)

    def _run(self, folder: Path, jobs: Sequence[Job], limits: Limits, watch: Watch, cancel: Cancel | None) -> Report:
        began = time.monotonic()
        last_visible = max((n for n, job in enumerate(jobs) if job.visible), default=-1)
        output = Output(limits.prototype.log_bytes, visible=last_visible >= 0, sink=watch.on_log)
        watch.on_stage("starting")
        with self._lock:
            self._running += 1
        process = PrototypeProcess(folder, limits.prototype, output, cancel)
        progress = [_Progress(job) for job in jobs]
        try:
            process.end = began + limits.run.total_seconds
            process.total_seconds = limits.run.total_seconds
            process.total = len(jobs[0].cases)
            process.wait_ready(jobs[0].task.limits.within(limits.run).ready_seconds)
            watch.on_stage("ready")
            for number, one in enumerate(progress):
                used = sum(other.seconds for other in progress[:number] if beside_of(one.job, other.job))
                _run_job(number, one, process, limits, watch, used)
                if number == last_visible:
                    process.drain()
                    output.hide()
        except Ended as ended:
            for one in progress:
                one.ending = one.ending or ended.ending
            _drain_what_is_left(process)
        except Stopped:
            raise Cancelled from None
        finally:
            process.close()
            with self._lock:
                self._running -= 1
        watch.on_stage("done")
        timings = {"total": time.monotonic() - began}
        return Report(runs=tuple(one.run() for one in progress), log=output.kept, timings=timings)

    def _check_open(self) -> None:
        if self._closed:
            raise EngineUnavailable("the provider is closed")


@dataclass(slots=True)
class _Progress:
    job: Job
    cases: tuple[CaseResult, ...] = ()
    seconds: float = 0.0
    ending: endings.Ending | None = None

    def run(self) -> Run:
        ending = self.ending or endings.completed(len(self.cases))
        message = ending.message if self.job.visible else ending.hidden
        return Run(self.job.task.slug, self.job.case_set, ending.status, message, self.cases, self.seconds)


def _run_job(
    number: int, progress: _Progress, process: PrototypeProcess, limits: Limits, watch: Watch, used: float
) -> None:
    job = progress.job
    run = job.task.limits.within(limits.run)
    if job.beside:
        run = beside_limits(run, used)
    call = Call(
        job.task.slug, job.task.protocol, Mapped(), run.case_seconds, limits.answer.bytes, limits.answer.json_depth
    )
    process.finished, process.total = 0, len(job.cases)
    began = time.monotonic()
    if began + run.total_seconds < process.end:
        process.end, process.total_seconds = began + run.total_seconds, run.total_seconds
    watch.on_stage(f"job:{number}")
    try:
        with loaded_tests(job.task) as tests:
            for index, case in enumerate(job.cases):
                message = run_case(tests, index, case, Prototype(process, call), visible=job.visible)
                result = case_result(message, case, job)
                progress.cases = (*progress.cases, result)
                process.finished += 1
                watch.on_case(number, result)
    finally:
        progress.seconds = time.monotonic() - began
    progress.ending = endings.completed(len(progress.cases))


def _drain_what_is_left(process: PrototypeProcess) -> None:
    try:
        process.drain()
    except Ended:
        # Too much was printed at the end: what was kept until then is the log.
        return


def _check_cancel(cancel: Cancel | None) -> None:
    if cancel is not None and cancel.is_set:
        raise Cancelled


def _missing_copy(source: Source) -> str | None:
    """The first source of a COPY that names no file of the archive."""
    paths = [entry.path for entry in source.archive.entries]
    for step in source.steps:
        words = shlex.split(step.text)
        if words and words[0].upper() == "COPY":
            for word in [word for word in words[1:-1] if not word.startswith("--")]:
                name = os.path.normpath(word).strip("/")
                if name != "." and not any(fnmatch.fnmatch(p, name) or p.startswith(f"{name}/") for p in paths):
                    return word
    return None


def _check_packages(tasks: Sequence[Task]) -> None:
    """The fake installs nothing: a measurement has what this Python has."""
    for package in together({task.slug: task.packages for task in tasks}):
        try:
            there = importlib.metadata.version(package.name)
        except importlib.metadata.PackageNotFoundError:
            there = "nothing"
        if there != package.version:
            raise MirrorUnavailable(f"the measurement of a task needs {package}, and the fake has {there}")

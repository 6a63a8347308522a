"""What people see of a submission while it is evaluated: its log, and its cases as they finish.

The provider calls in from its threads; a loop of the worker writes what came together to the object store and to the
row, twice a second at most, and tells listeners. Of hidden cases only counts are kept.
"""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import structlog

from hackathon import store as database
from hackathon.evaluations import store
from hackathon.evaluations.errors import StaleLease
from hackathon.evaluations.leases import Held
from hackathon.evaluations.model import Fence, stored_case
from sandbox.model import Case, CaseResult
from sandbox.provider import Job, Watch

_log = structlog.get_logger(__name__)

PAUSE_SECONDS = 0.5
LOG_BYTES = 6 * 1024 * 1024
"""A log is cut here: more than a build's and a run's limits together, so that only a broken provider reaches it."""

_MORE_BYTES_A_PAUSE = 512 * 1024
"""The whole log is written each time, so a long one is written less often: a pause more for each of these."""


class Writer(Protocol):
    """Where logs go: the object store."""

    async def put(self, key: str, data: bytes) -> None: ...


@dataclass(slots=True)
class Counted:
    """One job of an evaluation as far as it has come.

    Of hidden cases it tells how many are done, not how many passed: told one after the other, that would be which.
    """

    fence: Fence
    job: Job
    done: int = 0
    passed: int = 0
    cases: list[dict[str, Any]] = field(default_factory=list)
    by_id: dict[str, Case] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_id = {case.id: case for case in self.job.cases}

    def count(self, result: CaseResult) -> None:
        """Another case is done."""
        self.done += 1
        if self.job.visible:
            self.passed += result.passed
            self.cases.append(stored_case(result, self.job.case_set, self.by_id.get(result.case_id)))

    def as_progress(self) -> dict[str, Any]:
        """What is stored while it runs."""
        progress = {
            "task": self.job.task.slug,
            "done": self.done,
            "passed": self.passed,
            "total": len(self.job.cases),
        }
        return {**progress, "cases": list(self.cases)} if self.job.visible else progress


class Reporter:
    """Collects from the provider's threads, writes from the worker's loop. Use `async with`; leaving writes nothing
    more.
    """

    def __init__(self, held: Held, objects: Writer, log_key: str) -> None:
        self._held = held
        self._objects = objects
        self._log_key = log_key
        self._loop = asyncio.get_running_loop()
        self._guard = threading.Lock()
        # One at a time: an older log must not land on a newer one.
        self._flushing = asyncio.Lock()
        self._log = bytearray()
        self._written = 0
        self._counted: tuple[Counted, ...] = ()
        self._dirty: set[Fence] = set()
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Reporter":
        self._task = asyncio.create_task(self._run(), name=f"report {self._held.claim.submission_id}")
        return self

    async def __aexit__(self, *exc: object) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    @property
    def log_size(self) -> int:
        """Bytes of log so far."""
        return len(self._log)

    def feed(self, data: bytes) -> None:
        """More log; from any thread."""
        with self._guard:
            self._log += data[: max(LOG_BYTES - len(self._log), 0)]
        self._wake()

    def expect(self, jobs: Sequence[tuple[Fence, Job]]) -> Watch:
        """Count the cases of these jobs from now on; returns what the provider is to call."""
        self._counted = tuple(Counted(fence, job) for fence, job in jobs)
        return Watch(on_case=self._on_case, on_log=self.feed)

    async def flush(self) -> None:
        """Write what is not written yet, and tell. Raises StaleLease, Unavailable, what the database raises."""
        async with self._flushing:
            with self._guard:
                dirty, self._dirty = self._dirty, set()
                progress = {
                    fence: [counted.as_progress() for counted in self._counted if counted.fence == fence]
                    for fence in dirty
                }
            wrote = await self._write_log()
            for fence, tasks in progress.items():
                await store.save_progress(fence, tasks)
            if wrote or progress:
                await database.notify("submission", self._held.claim.submission_id)

    async def flush_log(self) -> None:
        """Write the rest of the log: the result that follows tells everything else. Raises StaleLease, Unavailable."""
        async with self._flushing:
            await self._write_log()

    async def _write_log(self) -> bool:
        with self._guard:
            log = bytes(self._log) if len(self._log) > self._written else None
        self._held.check()
        if log is None:
            return False
        await self._objects.put(self._log_key, log)
        self._written = len(log)
        return True

    def _on_case(self, job: int, result: CaseResult) -> None:
        if job >= len(self._counted):
            return  # of cases beside the scored ones nobody is told one by one
        counted = self._counted[job]
        with self._guard:
            counted.count(result)
            self._dirty.add(counted.fence)
        self._wake()

    def _wake(self) -> None:
        self._loop.call_soon_threadsafe(self._changed.set)

    async def _run(self) -> None:
        while True:
            await self._changed.wait()
            # A short evaluation is over before this: its result says it all.
            await asyncio.sleep(PAUSE_SECONDS * (1 + len(self._log) // _MORE_BYTES_A_PAUSE))
            self._changed.clear()
            try:
                await self.flush()
            except StaleLease:
                self._held.lose()
                return
            except Exception as error:
                # The last flush, before the score is stored, tells; until then the page is only a little behind.
                _log.warning("report.flush_failed", submission=str(self._held.claim.submission_id), error=repr(error))

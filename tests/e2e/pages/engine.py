"""A worker on the fake engine: it evaluates for real, and holds one evaluation still when it is asked to."""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hackathon import store
from hackathon.evaluations import Catalog
from hackathon.evaluations.worker import Stop, run_worker
from hackathon.settings import Settings
from sandbox.errors import Cancelled
from sandbox.fake import FakeProvider
from sandbox.limits import Limits
from sandbox.model import CaseResult, Report
from sandbox.provider import Cancel, Job, Watch

HELD_AFTER = 7
"""So many cases are done when an evaluation is held."""


class HeldProvider(FakeProvider):
    """The fake engine. While `hold` is set, an evaluation stands still in the middle of its public cases."""

    def __init__(self) -> None:
        super().__init__()
        self.hold = threading.Event()
        self.held = threading.Event()
        self._go = threading.Event()

    def release(self) -> None:
        """Let everything go on; nothing is held again."""
        self.hold.clear()
        self._go.set()

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
        """As the fake does it, but for the hold."""
        done = 0

        def on_case(job: int, result: CaseResult) -> None:
            nonlocal done
            watch.on_case(job, result)
            done += 1
            if done == HELD_AFTER and self.hold.is_set():
                self.held.set()
                while not self._go.wait(0.2):
                    if cancel is not None and cancel.is_set:
                        raise Cancelled

        return super().evaluate(
            image,
            jobs,
            limits=limits,
            label=label,
            fresh=fresh,
            watch=replace(watch, on_case=on_case),
            cancel=cancel,
        )


class Line:
    """A worker of one slot, started and ended in the loop that the database belongs to."""

    def __init__(self, settings: Settings) -> None:
        self.engine = HeldProvider()
        self._settings = replace(settings, worker_slots=2)
        self._stop = Stop()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to take work."""
        worker = run_worker(self._settings, self.engine, self._stop, catalog=Catalog(), drain_seconds=5)
        self._task = asyncio.create_task(worker)

    async def finished(self, seconds: float = 120.0) -> None:
        """Wait until nothing is left to evaluate."""
        for _ in range(int(seconds / 0.05)):
            left: int = await store.fetch_value("SELECT count(*) FROM evaluation WHERE state <> 'finished'")
            if left == 0:
                return
            assert self._task is not None
            assert not self._task.done(), self._task
            await asyncio.sleep(0.05)
        rows: Sequence[Any] = await store.fetch("SELECT state, attempt, failure FROM evaluation")
        raise AssertionError([dict(row) for row in rows])

    async def stop(self) -> None:
        """End the worker; what it holds goes back into the queue."""
        if self._task is None:
            return
        self._stop.request()
        self._stop.request()
        await asyncio.wait_for(self._task, 30)
        self._task = None
        self.engine.close()

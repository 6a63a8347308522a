"""Graders made before they are needed. Those with packages come from the mirror, so nobody waits for them."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor

import structlog

from hackathon.evaluations import store
from hackathon.evaluations.catalog import Catalog
from sandbox.errors import EngineUnavailable, GraderFailed, ImageMissing, MirrorUnavailable, TaskInvalid
from sandbox.provider import Provider
from sandbox.tasks import Task

_log = structlog.get_logger(__name__)


class Warming:
    """Warms a worker's provider; calls of the provider run in `executor`."""

    def __init__(self, provider: Provider, catalog: Catalog, executor: Executor) -> None:
        self._provider = provider
        self._catalog = catalog
        self._executor = executor
        self._sets: asyncio.Task[None] | None = None

    async def plain(self) -> None:
        """Make the graders that any task can have. Raises EngineUnavailable, ImageMissing, GraderFailed."""
        await asyncio.get_running_loop().run_in_executor(self._executor, self._provider.warm)

    def begin_sets(self) -> None:
        """Make those with the packages that tracks want, beside everything else. What hinders one holds up no other:
        its evaluations find it again, and say so.
        """
        if self._sets is not None:
            self._sets.cancel()
        self._sets = asyncio.create_task(self._warm_sets())

    async def end(self) -> None:
        """Wait for nothing more."""
        if self._sets is not None:
            self._sets.cancel()
            await asyncio.wait([self._sets])

    async def _warm_sets(self) -> None:
        for slugs in await store.task_sets():
            try:
                await asyncio.get_running_loop().run_in_executor(self._executor, self._warm_set, slugs)
            except (EngineUnavailable, GraderFailed, ImageMissing, MirrorUnavailable, TaskInvalid) as error:
                _log.warning("worker.set_not_warm", tasks=slugs, error=repr(error))

    def _warm_set(self, slugs: Sequence[str]) -> None:
        tasks: list[Task] = [self._catalog.get(slug) for slug in slugs]
        if any(task.packages for task in tasks):
            self._provider.warm(tasks)

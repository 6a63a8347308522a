"""Warm graders by what they hold: a pool for the plain ones, one for each set of packages that tasks want together."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial

from sandbox.docker.graders import Grader, GraderPool
from sandbox.errors import EngineUnavailable
from sandbox.task_packages import Package

MOST_SETS = 8
"""Sets of packages with warm graders at once: each costs the memory of its graders."""

Packages = tuple[Package, ...]


class GraderPools:
    """Pools of `size` graders; `make` creates a grader with packages. Thread-safe.

    The pool of a set that was not wanted for longest goes where there are too many, once nothing is evaluated with it.
    """

    def __init__(self, size: int, make: Callable[[Packages], Grader], executor: Executor) -> None:
        self._size = size
        self._make = make
        self._executor = executor
        self._lock = threading.Lock()
        self._plain = self._new(())
        self._sets: OrderedDict[tuple[str, ...], GraderPool] = OrderedDict()
        self._closed = False

    def of(self, packages: Packages) -> GraderPool:
        """The pool of graders with these packages. Raises EngineUnavailable after `close`."""
        if not packages:
            return self._plain
        key = tuple(package.wanted for package in packages)
        gone: list[GraderPool] = []
        with self._lock:
            if self._closed:
                raise EngineUnavailable("the provider is closed")
            pool = self._sets.get(key)
            if pool is None:
                spare = [other for other, one in self._sets.items() if one.idle]
                gone += [self._sets.pop(other) for other in spare[: max(len(self._sets) + 1 - MOST_SETS, 0)]]
                pool = self._sets[key] = self._new(packages)
            self._sets.move_to_end(key)
        for old in gone:
            old.close()
        return pool

    def fill(self, packages: Packages) -> None:
        """Make the plain graders and those with these packages.

        Raises EngineUnavailable, ImageMissing, MirrorUnavailable, TaskInvalid, GraderFailed.
        """
        self._plain.fill()
        if packages:
            self.of(packages).fill()

    @property
    def idle(self) -> bool:
        """Whether no evaluation has a grader."""
        with self._lock:
            return self._plain.idle and all(pool.idle for pool in self._sets.values())

    def close(self) -> None:
        """Remove every idle grader; leased ones go when they are given back."""
        with self._lock:
            self._closed = True
            pools = [self._plain, *self._sets.values()]
        for pool in pools:
            pool.close()

    def _new(self, packages: Packages) -> GraderPool:
        return GraderPool(self._size, partial(self._make, packages), self._executor)

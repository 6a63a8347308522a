"""All that is tried out on this engine: holders kept ready, and the prototypes that run beside them."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from typing import Any

from sandbox.docker.client import Clients
from sandbox.docker.holders import Config, Holder, HolderPool
from sandbox.docker.prototype import Prototype
from sandbox.docker.tryout import DockerTryOut
from sandbox.limits import Limits
from sandbox.provider import Cancel


class TryOuts:
    """Thread-safe. `ready` holders are made before they are needed, each of `holder`."""

    def __init__(self, clients: Clients, executor: Executor, ready: int, holder: Config) -> None:
        self._clients = clients
        self._executor = executor
        self._pool = HolderPool(ready, lambda: Holder(clients, holder), executor)
        self._lock = threading.Lock()
        self._running: set[DockerTryOut] = set()

    def fill(self) -> None:
        """Make holders until there are enough. Raises EngineUnavailable, ImageMissing."""
        self._pool.fill()

    def start(
        self,
        http: Mapping[str, Any],
        config: Callable[[str], dict[str, Any]],
        limits: Limits,
        seconds: float,
        cancel: Cancel | None,
    ) -> DockerTryOut:
        """Start a prototype beside a holder, of `config` for its id, and wait until it is ready or has ended.

        Raises what starting raises, and Cancelled; then nothing of it is left.
        """
        holder = self._pool.take()
        try:
            prototype = Prototype(self._clients, config(holder.id), self._executor)
        except BaseException:
            holder.close()
            raise
        tried = DockerTryOut(holder, prototype, http, limits, seconds, lambda: self._running.discard(tried))
        with self._lock:
            self._running.add(tried)
        try:
            tried.wait_ready(cancel)
        except BaseException:
            tried.close()
            raise
        self._pool.fill_soon()
        return tried

    def close(self) -> None:
        """End what runs, and remove every idle holder."""
        with self._lock:
            running = set(self._running)
        for one in running:
            one.close()
        self._pool.close()

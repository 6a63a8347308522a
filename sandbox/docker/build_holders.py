"""Holders of builds: containers that do nothing but hold the network namespace that the steps of one build share.

Each is used for one build. Making one takes longer than a step does, so the next is made ahead once a build wanted
one; where there is a mirror, the holder is the relay that leads there (`build_relay`).
"""

import contextlib
import logging
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import docker
import docker.errors

from sandbox.docker.build_relay import create_relay, relay_config, wait_until_ready
from sandbox.docker.client import Clients, remove, speaking
from sandbox.docker.owner import BUILD_HOLDER, Owner
from sandbox.docker.seccomp import profile
from sandbox.errors import SandboxError
from sandbox.limits import MIB, BuildLimits

_log = logging.getLogger(__name__)

_MEMORY = 32 * MIB
_PIDS = 8
_NOBODY = "65534:65534"
_REMOVE_TRIES = 3

Config = Mapping[str, Any]


class BuildHolders:
    """Gives each build its holder; with `mirror` (its Unix socket) one that leads there. Thread-safe."""

    def __init__(self, clients: Clients, owner: Owner, mirror: Path | None) -> None:
        self._clients = clients
        self._owner = owner
        self.mirror = mirror
        self._lock = threading.Lock()
        self._last: Config | None = None
        self._ahead: tuple[Config, str] | None = None
        self._closed = False
        # One thread: what is removed is gone before the next one is made.
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="holders")

    @contextlib.contextmanager
    def holding(self, image: str, architecture: str, limits: BuildLimits, label: str) -> Iterator[str]:
        """A started holder, by id, made of `image` and for `label` where none of its like was made ahead; it is removed
        in a thread afterwards. Raises MirrorUnavailable, EngineUnavailable.
        """
        config = self._config(image, architecture, limits)
        holder = self._take(config) or self._make(config, label)
        try:
            yield holder
        finally:
            self._dismiss(holder)

    def make_ahead(self) -> None:
        """Make, in a thread, a holder like the last one that was wanted, unless there is one."""
        with self._lock:
            if self._last is not None and (self._ahead is None or self._ahead[0] != self._last) and not self._closed:
                self._executor.submit(self._try_ahead)

    def close(self) -> None:
        """Remove every holder that no build has. Waits for the thread."""
        with self._lock:
            self._closed = True
        self._executor.shutdown()
        if self._ahead is not None:
            self._remove(self._ahead[1])
            self._ahead = None

    def _take(self, config: Config) -> str | None:
        with self._lock:
            self._last = config
            if self._ahead is None or self._ahead[0] != config:
                return None
            holder, self._ahead = self._ahead[1], None
        if self._runs(holder):
            return holder
        self._dismiss(holder)
        return None

    def _runs(self, holder: str) -> bool:
        with speaking(), contextlib.suppress(docker.errors.NotFound):
            return bool(self._clients.get().inspect_container(holder)["State"]["Running"])
        return False

    def _try_ahead(self) -> None:
        with self._lock:
            config, there = self._last, self._ahead
            if config is None or self._closed or (there is not None and there[0] == config):
                return
            self._ahead = None
        if there is not None:
            self._remove(there[1])
        try:
            holder = self._make(config, BUILD_HOLDER)
        except SandboxError as error:
            # The next build makes its own, and raises what is wrong then.
            _log.warning("no holder could be made ahead: %s", error)
            return
        with self._lock:
            self._ahead = (config, holder)

    def _make(self, config: Config, label: str) -> str:
        client = self._clients.get()
        whole = {**config, "Labels": self._owner.labels(label)}
        if self.mirror is None:
            with speaking():
                holder = str(client.create_container_from_config(whole)["Id"])
        else:
            holder = create_relay(client, whole, self.mirror)
        try:
            with speaking():
                client.start(holder)
            if self.mirror is not None:
                wait_until_ready(client, holder)
        except BaseException:
            remove(client, holder)
            raise
        return holder

    def _dismiss(self, holder: str) -> None:
        """Nobody waits for its end, which takes as long as a step."""
        with self._lock:
            if not self._closed:
                self._executor.submit(self._remove, holder)
                return
        self._remove(holder)

    def _remove(self, holder: str) -> None:
        for attempt in range(_REMOVE_TRIES):
            try:
                remove(self._clients.get(), holder)
            except SandboxError as error:
                _log.warning("holder %s is not removed yet (attempt %d): %s", holder[:12], attempt + 1, error)
                time.sleep(attempt + 1)
            else:
                return

    def _config(self, image: str, architecture: str, limits: BuildLimits) -> Config:
        config = {
            "Image": image,
            "Entrypoint": [],
            "Cmd": ["sleep", "infinity"],
            "User": _NOBODY,
            "Healthcheck": {"Test": ["NONE"]},
            "HostConfig": {
                "NetworkMode": "none",
                "ReadonlyRootfs": True,
                "IpcMode": "none",
                "CapDrop": ["ALL"],
                "SecurityOpt": ["no-new-privileges:true", f"seccomp={profile(architecture)}"],
                "Memory": _MEMORY,
                "MemorySwap": _MEMORY,
                "PidsLimit": _PIDS,
                "LogConfig": {"Type": "none", "Config": {}},
                "Init": True,
            },
        }
        return config if self.mirror is None else relay_config(config, self.mirror, limits)

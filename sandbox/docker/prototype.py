"""A prototype's container, created and started in a thread beside the grader that waits for it already."""

import logging
import os
import socket
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass
from typing import Any

import docker
import docker.errors

from sandbox.docker.client import Clients, attach, remove, speaking
from sandbox.errors import EngineUnavailable, GraderFailed, ImageMissing, SandboxError

_log = logging.getLogger(__name__)

_NOT_STARTABLE = (
    "OCI runtime create failed",
    "failed to create shim",
    "No command specified",
    "executable file not found",
    "exec format error",
)
_REMOVE_TRIES = 3
_END_SECONDS = 5.0
_END_STEP = 0.005


class NotStartable(Exception):
    """The image's command cannot be started: the team's to mend."""


@dataclass(frozen=True, slots=True)
class Exit:
    """How the main process ended: exit code, and whether the memory limit ended something in the container."""

    code: int
    out_of_memory: bool


class Prototype:
    """Starts at once, in a thread of `executor`. `wake` is a descriptor written to when `output` is there and when
    the start has ended, which may be after the program has answered already."""

    def __init__(self, clients: Clients, config: Mapping[str, Any], executor: Executor) -> None:
        self._clients = clients
        self._config = dict(config)
        self._executor = executor
        self._lock = threading.Lock()
        self._unwanted = False
        self.wake = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self.id: str | None = None
        self.output: socket.socket | None = None
        self.timings: dict[str, float] = {}
        self._ended = threading.Event()
        self._failure: Exception | None = None
        self._start: Future[None] = executor.submit(self._run)

    def check_started(self) -> bool:
        """Whether the start call has ended.

        Raises what went wrong in it: NotStartable, EngineUnavailable, ImageMissing, GraderFailed.
        """
        if not self._ended.is_set():
            return False
        if self._failure is not None:
            raise self._failure
        return True

    def wait_exit(self) -> Exit:
        """How the main process ended, once its output ended. Raises EngineUnavailable."""
        client = self._clients.get()
        end = time.monotonic() + _END_SECONDS
        while True:
            with speaking():
                try:
                    state = client.inspect_container(self.id)["State"]
                except docker.errors.NotFound:
                    raise EngineUnavailable("the prototype's container was removed by somebody else") from None
            if not state["Running"]:
                return Exit(int(state["ExitCode"]), bool(state["OOMKilled"]))
            if time.monotonic() > end:
                raise EngineUnavailable("the engine closed the prototype's output but does not tell its end")
            time.sleep(_END_STEP)

    def remove(self, *, after: float = 0.0) -> "Future[bool]":
        """Kill and remove it in a thread, `after` seconds, also when its start is still under way. The result: whether
        it is gone.
        """
        with self._lock:
            self._unwanted = True
        return self._executor.submit(self._remove, after)

    def _run(self) -> None:
        try:
            self._create_and_start()
        except Exception as error:  # told by check_started
            self._failure = error
        # In this order: who wakes up looks once, and a start whose end came later would never be noticed.
        self._ended.set()
        os.eventfd_write(self.wake, 1)

    def _create_and_start(self) -> None:
        client = self._clients.get()
        began = time.perf_counter()
        with speaking():
            try:
                self.id = client.create_container_from_config(self._config)["Id"]
                output = attach(client, self.id, stdin=False)
                output.setblocking(False)
                self.output = output
                os.eventfd_write(self.wake, 1)
                created = time.perf_counter()
                self.timings["create"] = created - began
                if self._unwanted:
                    return
                client.start(self.id)
                self.timings["start"] = time.perf_counter() - created
            except docker.errors.ImageNotFound:
                raise ImageMissing(str(self._config["Image"])) from None
            except docker.errors.APIError as error:
                raise _start_error(error) from error

    def _remove(self, after: float) -> bool:
        time.sleep(after)
        # Whether it failed is check_started's matter; here only what is left of it.
        wait([self._start])
        if self.output is not None:
            self.output.close()
        os.close(self.wake)
        if self.id is None:
            return True
        for attempt in range(_REMOVE_TRIES):
            try:
                remove(self._clients.get(), self.id)
            except SandboxError as error:
                _log.warning("prototype %s is not removed yet (attempt %d): %s", self.id[:12], attempt + 1, error)
                time.sleep(attempt + 1)
            else:
                return True
        return False


def _start_error(error: docker.errors.APIError) -> Exception:
    text = str(error.explanation or error)
    if "cannot join network" in text or "No such container" in text:
        return GraderFailed(f"the grader's network is gone: {text}")
    if any(sign in text for sign in _NOT_STARTABLE):
        return NotStartable(text)
    return EngineUnavailable(f"the engine refused to start the prototype: {text}")

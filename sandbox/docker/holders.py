"""Holders: containers whose loopback a prototype that is tried out joins, with a relay that leads there.

One is used once. A few are made before they are needed, so that a judge does not wait for them.
"""

import logging
import secrets
import shutil
import socket
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from importlib import resources
from pathlib import Path
from typing import Any

import docker.errors

from sandbox.docker.client import Clients, attach, remove, speaking
from sandbox.docker.options import WAY
from sandbox.errors import EngineUnavailable, ImageMissing, SandboxError
from sandbox.processes import make_folder

_log = logging.getLogger(__name__)

_SCRIPT = resources.files("sandbox.tryout").joinpath("inside.py").read_text(encoding="utf-8")
_BACKLOG = 16
_TAKE_SECONDS = 3.0
_PORT_BYTES = 2

Config = Callable[[Sequence[str], Path], dict[str, Any]]
"""Makes a holder's configuration of its command and the folder with its socket."""


class Holder:
    """A started container of ours. Connections through it may be asked for by several threads."""

    def __init__(self, clients: Clients, config: Config) -> None:
        """Create and start; does not wait until it relays. Raises EngineUnavailable, ImageMissing."""
        self._clients = clients
        self._closed = False
        self._lock = threading.Lock()
        self.id = ""
        self._input: socket.socket | None = None
        try:
            # Nobody but root and us can list it, and nobody can guess the socket's name.
            self._folder = make_folder("try")
        except OSError as error:
            raise EngineUnavailable(f"no place for the way to a prototype: {error}") from error
        self._listening = socket.socket(socket.AF_UNIX)
        try:
            self._start(config)
        except OSError as error:
            self.close()
            raise EngineUnavailable(f"the way to a prototype does not open: {error}") from error
        except BaseException:
            self.close()
            raise

    def dial(self, port: int) -> socket.socket:
        """A connection to a port in the holder's network. Raises OSError where nobody listens there, or it is gone."""
        try:
            connection, _ = self._listening.accept()
        except TimeoutError:
            raise ConnectionRefusedError("the relay is gone") from None
        try:
            connection.settimeout(_TAKE_SECONDS)
            connection.sendall(port.to_bytes(_PORT_BYTES, "big"))
            if connection.recv(1) != b"\0":
                raise ConnectionRefusedError(f"nobody listens on port {port}")
        except BaseException:
            connection.close()
            raise
        return connection

    def looks_alive(self) -> bool:
        """Whether an idle holder's container still runs: it says nothing but at its end."""
        try:
            if self._input is not None:
                self._input.recv(1, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def close(self) -> None:
        """Remove the container and its folder. Raises EngineUnavailable."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        self._listening.close()
        if self._input is not None:
            self._input.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        if self.id:
            remove(self._clients.get(), self.id)

    def _start(self, config: Config) -> None:
        self._folder.chmod(0o711)
        path = self._folder / secrets.token_hex(8)
        self._listening.bind(str(path))
        path.chmod(0o666)
        self._listening.listen(_BACKLOG)
        self._listening.settimeout(_TAKE_SECONDS)
        command = ["/usr/bin/python3", "-ISEc", _SCRIPT, f"{WAY}/{path.name}"]
        client = self._clients.get()
        with speaking():
            try:
                self.id = client.create_container_from_config(config(command, self._folder))["Id"]
                self._input = attach(client, self.id, stdin=True)
                client.start(self.id)
            except docker.errors.ImageNotFound as error:
                raise ImageMissing(str(error)) from None
            except docker.errors.APIError as error:
                raise EngineUnavailable(
                    f"the engine refused to start a holder: {error.explanation or error}"
                ) from error


class HolderPool:
    """Keeps `size` holders ready. `make` creates one."""

    def __init__(self, size: int, make: Callable[[], Holder], executor: Executor) -> None:
        self._size = size
        self._make = make
        self._executor = executor
        self._lock = threading.Lock()
        self._idle: deque[Holder] = deque()
        self._refill: Future[None] | None = None
        self._closed = False

    def take(self) -> Holder:
        """A holder that nobody used. Raises EngineUnavailable, ImageMissing."""
        while True:
            with self._lock:
                holder = self._idle.popleft() if self._idle else None
            if holder is None:
                return self._make()
            if holder.looks_alive():
                return holder
            holder.close()

    def fill(self) -> None:
        """Make holders until there are enough. Raises EngineUnavailable, ImageMissing."""
        while True:
            with self._lock:
                if self._closed or len(self._idle) >= self._size:
                    return
            holder = self._make()
            with self._lock:
                keep = not self._closed and len(self._idle) < self._size
                if keep:
                    self._idle.append(holder)
            if not keep:
                holder.close()

    def fill_soon(self) -> None:
        """The same, in a thread, where that is not under way."""
        with self._lock:
            if self._closed or len(self._idle) >= self._size or (self._refill and not self._refill.done()):
                return
            self._refill = self._executor.submit(self._try_fill)

    def close(self) -> None:
        """Remove every idle holder."""
        with self._lock:
            self._closed = True
            idle, self._idle = list(self._idle), deque()
            refill = self._refill
        if refill is not None:
            refill.result()
        for holder in idle:
            holder.close()

    def _try_fill(self) -> None:
        try:
            self.fill()
        except SandboxError as error:
            # The next try-out makes its own, and raises what is wrong then.
            _log.warning("no holder could be made ahead: %s", error)

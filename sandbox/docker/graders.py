"""Warm graders: made before they are needed, used by one evaluation at a time, thrown away on any doubt."""

import logging
import selectors
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from sandbox.docker.client import Clients, attach, remove, speaking
from sandbox.docker.streams import STDOUT, StreamBuffer
from sandbox.errors import Cancelled, EngineUnavailable, GraderFailed, SandboxError
from sandbox.grader.frames import KEPT_TASKS, BadFrame, FrameBuffer, Message, decode, encode
from sandbox.provider import Cancel

_log = logging.getLogger(__name__)

COMMAND = ("/usr/bin/python3", "-m", "sandbox.grader")
_HELLO_SECONDS = 60.0
_SEND_SECONDS = 30.0
_CANCEL_LOOK_SECONDS = 0.05
_READ_BYTES = 256 * 1024
_KEPT_ERROR_BYTES = 4096


class Grader:
    """A started container of ours and the message stream to it. Not for several threads at once."""

    def __init__(self, clients: Clients, config: dict[str, Any]) -> None:
        """Create, attach, start; does not wait for `hello`. Raises EngineUnavailable."""
        client = clients.get()
        self._clients = clients
        self._stream = StreamBuffer()
        self._frames = FrameBuffer()
        self._errors = b""
        with speaking():
            self.id: str = client.create_container_from_config(config)["Id"]
            try:
                self.socket = attach(client, self.id, stdin=True)
                client.start(self.id)
            except BaseException:
                remove(client, self.id)
                raise
        self.socket.setblocking(False)
        self.used = False
        self._prepared: OrderedDict[str, None] = OrderedDict()

    def prepare(self, key: str, message: Callable[[], Message]) -> None:
        """Let it collect a task under `key`; `message` makes the whole order, for a task that it does not keep.

        Raises GraderFailed.
        """
        if key in self._prepared:
            self._prepared.move_to_end(key)
            self.send({"op": "prepare", "key": key})
            return
        while len(self._prepared) >= KEPT_TASKS:
            self._prepared.popitem(last=False)
        self._prepared[key] = None
        self.send(message())

    def send(self, message: Message) -> None:
        """Raises GraderFailed when the other end is gone or does not read."""
        try:
            self.socket.settimeout(_SEND_SECONDS)
            self.socket.sendall(encode(message))
            self.socket.setblocking(False)
        except (OSError, BadFrame) as error:
            raise self.failed(f"takes no message: {error}") from error

    def receive(self) -> list[Message]:
        """What arrived since the last call; never waits. Raises GraderFailed when it is gone or speaks nonsense."""
        messages: list[Message] = []
        try:
            data = self.socket.recv(_READ_BYTES)
        except BlockingIOError:
            return messages
        except OSError as error:
            raise self.failed(f"is lost: {error}") from error
        if not data:
            raise self.failed("ended")
        try:
            for stream, piece in self._stream.feed(data):
                if stream == STDOUT:
                    messages += [decode(payload) for payload in self._frames.feed(piece)]
                else:
                    self._errors = (self._errors + piece)[-_KEPT_ERROR_BYTES:]
        except BadFrame as error:
            raise self.failed(f"speaks nonsense: {error}") from error
        return messages

    def wait_for(self, *ops: str, seconds: float, cancel: Cancel | None = None) -> Message:
        """The next message, which must be one of `ops`.

        Raises GraderFailed for another one or none in time, Cancelled.
        """
        end = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self.socket, selectors.EVENT_READ)
            while True:
                for message in self.receive():
                    if message["op"] in ops:
                        return message
                    raise self.failed(f"said {message['op']} instead of {ops[0]}")
                if cancel is not None and cancel.is_set:
                    raise Cancelled
                left = end - time.monotonic()
                if left <= 0:
                    raise self.failed(f"did not say {ops[0]} within {seconds:g} s")
                selector.select(min(left, _CANCEL_LOOK_SECONDS) if cancel else left)

    def failed(self, what: str) -> GraderFailed:
        """The exception for a grader that did `what`, with the end of its standard error."""
        said = self._errors.decode("utf-8", "replace").strip()
        return GraderFailed(f"the grader {what}" + (f": {said}" if said else ""))

    def looks_alive(self) -> bool:
        """Whether an idle grader still holds its end of the stream and has said nothing unasked."""
        try:
            return not self.receive()
        except GraderFailed:
            return False

    def close(self) -> None:
        """Remove the container. Raises EngineUnavailable."""
        self.socket.close()
        remove(self._clients.get(), self.id)


class GraderPool:
    """Keeps `size` graders ready. `make` creates one."""

    def __init__(self, size: int, make: Callable[[], Grader], executor: Executor) -> None:
        self._size = size
        self._make = make
        self._executor = executor
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._idle: deque[Grader] = deque()
        self._leased = 0
        self._refill: Future[None] | None = None
        self._closed = False

    def acquire(self, *, fresh: bool) -> Grader:
        """A grader for one evaluation; with `fresh` one that nobody used. Makes one when none is ready.

        Raises EngineUnavailable, ImageMissing, GraderFailed.
        """
        while (grader := self._take_idle(fresh=fresh)) is not None:
            if grader.looks_alive():
                grader.used = True
                return grader
            self.release(grader, clean=False)
        try:
            grader = self._new()
        except BaseException:
            with self._lock:
                self._leased -= 1
            raise
        grader.used = True
        return grader

    def _take_idle(self, *, fresh: bool) -> Grader | None:
        """Lease an idle grader, or the right to make one (None). Waits for one that is being made ahead already."""
        with self._changed:
            while True:
                if self._closed:
                    raise EngineUnavailable("the provider is closed")
                grader = next((one for one in self._idle if not (fresh and one.used)), None)
                making = self._refill is not None and not self._refill.done()
                if grader is not None or not making or not self._changed.wait(_HELLO_SECONDS):
                    break
            self._leased += 1
            if grader is not None:
                self._idle.remove(grader)
            return grader

    def release(self, grader: Grader, *, clean: bool) -> None:
        """Give a grader back: kept when it ended well and there is room, else removed. Raises EngineUnavailable."""
        with self._lock:
            self._leased -= 1
            keep = clean and not self._closed and len(self._idle) < self._size
            if keep:
                self._idle.append(grader)
                self._changed.notify()
        if not keep:
            grader.close()
        self._refill_when_idle()

    @property
    def idle(self) -> bool:
        """Whether no evaluation has a grader."""
        return self._leased == 0

    def fill(self) -> None:
        """Make graders until the pool is full. Raises EngineUnavailable, ImageMissing, GraderFailed."""
        while True:
            with self._lock:
                if self._closed or len(self._idle) + self._leased >= self._size:
                    return
            grader = self._new()
            with self._lock:
                keep = not self._closed and len(self._idle) < self._size
                if keep:
                    self._idle.append(grader)
                    self._changed.notify()
            if not keep:
                grader.close()

    def close(self) -> None:
        """Remove every idle grader; leased ones go when they are given back."""
        with self._lock:
            self._closed = True
            self._changed.notify_all()
            idle, self._idle = list(self._idle), deque()
            refill = self._refill
        for grader in idle:
            grader.close()
        if refill is not None:
            refill.result()

    def _new(self) -> Grader:
        grader = self._make()
        try:
            grader.wait_for("hello", seconds=_HELLO_SECONDS)
        except BaseException:
            grader.close()
            raise
        return grader

    def _refill_when_idle(self) -> None:
        # Making a grader beside a running evaluation slows that by a quarter.
        with self._lock:
            busy = self._leased > 0 or self._closed or (self._refill is not None and not self._refill.done())
            if busy or len(self._idle) >= self._size:
                return
            self._refill = self._executor.submit(self._try_fill)
            self._refill.add_done_callback(self._wake_all)

    def _wake_all(self, refill: Future[None]) -> None:
        with self._changed:
            self._changed.notify_all()

    def _try_fill(self) -> None:
        try:
            self.fill()
        except SandboxError as error:
            # The next evaluation makes its own grader, and raises what is wrong then.
            _log.warning("no grader could be made ahead: %s", error)

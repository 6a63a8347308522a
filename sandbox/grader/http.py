"""The HTTP client: one connection a call, one deadline for all of a call, answers capped while they are read.

It stands on httpcore, the engine of httpx: redirects, cookies, decompression and proxies are left out by using no more.
Bytes are counted as they come off the socket, before anything is made of them: interim answers, fields of a header,
chunks with long extensions and trailers cost an attacker what they cost us.
"""

import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import httpcore

from sandbox.grader import faults

HOST = "127.0.0.1"
_CHUNK = 64 * 1024
_HEAD_CHUNK = 16 * 1024
_HEAD_BYTES = 64 * 1024
_HEAD_FIELDS = 100
# What framing may add to a body: a server that flushes every few bytes writes as much again in lengths of chunks.
_FRAMING = 2
_TRY_SECONDS = 2.0
_HOLD_SECONDS = 5.0
_HOLD_STEP = 0.02

Connect = Callable[[str, int, float], socket.socket]


@dataclass(frozen=True)
class Reply:
    """Status, content type (lower case, without parameters; empty when absent), content encoding and body."""

    status: int
    content_type: str
    encoding: str
    body: bytes


def connect(host: str, port: int, seconds: float) -> socket.socket:
    """A TCP connection without Nagle's delay."""
    connection = socket.create_connection((host, port), seconds)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def try_connect(port: int) -> socket.socket | None:
    """A connection to the prototype, or None where nothing listens."""
    connection = socket.socket()
    connection.settimeout(_TRY_SECONDS)
    try:
        connection.connect((HOST, port))
    except OSError:
        connection.close()
        return None
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


class Caller(Protocol):
    """What puts requests to a prototype: the HTTP client here, a pipe in the fake engine."""

    def call(
        self, method: str, port: int, path: str, *, seconds: float, max_bytes: int, content: bytes | None = None
    ) -> Reply:
        """One request and its answer. Raises PrototypeFault and httpcore's exceptions."""

    def hold(self, port: int) -> None:
        """After a lost connection: wait until the prototype listens again, or a little while."""


class Client:
    """Calls the prototype. Made once, before any fork: making one costs more than a call."""

    def __init__(self, connect: Connect = connect) -> None:
        self._backend = _Backend(connect)
        self._pool = httpcore.ConnectionPool(max_keepalive_connections=0, network_backend=self._backend)

    def call(
        self, method: str, port: int, path: str, *, seconds: float, max_bytes: int, content: bytes | None = None
    ) -> Reply:
        """Send a request and read the whole answer within `seconds`. Raises PrototypeFault and what httpcore raises.

        A bigger answer than `max_bytes` is a PrototypeFault at once, however much would still come.
        """
        self._backend.begin(seconds)
        headers = [
            (b"Host", b"127.0.0.1:%d" % port),
            (b"Accept", b"application/json"),
            (b"Accept-Encoding", b"identity"),
            (b"Connection", b"close"),
        ]
        if content is not None:
            headers += [(b"Content-Type", b"application/json"), (b"Content-Length", b"%d" % len(content))]
        url = httpcore.URL(scheme=b"http", host=HOST.encode(), port=port, target=path.encode())
        body = bytearray()
        with self._pool.stream(method, url, headers=headers, content=content) as response:
            if len(response.headers) > _HEAD_FIELDS:
                raise faults.head_too_big()
            self._backend.expect_body(max_bytes)
            for chunk in response.iter_stream():
                body += chunk
                if len(body) > max_bytes:
                    raise faults.too_big(max_bytes)
            fields = {name.lower(): value.decode("latin-1") for name, value in response.headers}
        return Reply(
            status=response.status,
            content_type=fields.get(b"content-type", "").split(";")[0].strip().lower(),
            encoding=fields.get(b"content-encoding", "").strip().lower(),
            body=bytes(body),
        )

    def use(self, connection: socket.socket) -> None:
        """Make the next call over this connection instead of a new one."""
        self._backend.handed = connection

    def hold(self, port: int) -> None:
        """Wait until the port answers again, or a little while.

        A program that died takes the connection with it a moment before the engine tells of its end; without this pause
        its death would count as many failed cases instead of as the end of the run.
        """
        end = time.monotonic() + _HOLD_SECONDS
        time.sleep(_HOLD_STEP)
        while time.monotonic() < end:
            connection = try_connect(port)
            if connection is not None:
                connection.close()
                return
            time.sleep(_HOLD_STEP)


class _Stream(httpcore.NetworkStream):
    def __init__(self, connection: socket.socket, backend: "_Backend") -> None:
        self._connection = connection
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        most = min(max_bytes, self._backend.room())
        try:
            self._connection.settimeout(self._backend.remaining(httpcore.ReadTimeout))
            data = self._connection.recv(most)
        except TimeoutError as error:
            raise httpcore.ReadTimeout from error
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error
        self._backend.received += len(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            # The end of a request that was all sent; its answer may be here by now.
            return
        if self._spoken_unasked():
            raise faults.unasked()
        try:
            self._connection.settimeout(self._backend.remaining(httpcore.WriteTimeout))
            self._connection.sendall(buffer)
        except TimeoutError as error:
            raise httpcore.WriteTimeout from error
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    def _spoken_unasked(self) -> bool:
        """Whether there is an answer before the request is out."""
        try:
            self._connection.setblocking(False)
            return bool(self._connection.recv(1, socket.MSG_PEEK))
        except OSError:
            return False

    def close(self) -> None:
        self._connection.close()

    def get_extra_info(self, info: str) -> Any:
        return None


class _Backend(httpcore.NetworkBackend):
    """Gives every read and write of a call what is left of its deadline (httpcore's own time-outs are per read) and
    of the bytes that its answer may cost."""

    def __init__(self, connect: Connect) -> None:
        self.handed: socket.socket | None = None
        self._connect = connect
        self._deadline = 0.0
        self.received = 0
        self._body: int | None = None

    def begin(self, seconds: float) -> None:
        """A new call: the head of its answer is to come."""
        self._deadline = time.monotonic() + seconds
        self.received = 0
        self._body = None

    def expect_body(self, max_bytes: int) -> None:
        """The head is in, perhaps with the beginning of the body."""
        self._body = max_bytes

    def room(self) -> int:
        """How many bytes to read next. Raises PrototypeFault when more came already than any answer may cost."""
        if self._body is None:
            if self.received >= _HEAD_BYTES:
                raise faults.head_too_big()
            return _HEAD_CHUNK
        if self.received > _HEAD_BYTES + _FRAMING * self._body:
            raise faults.too_big(self._body)
        return _CHUNK

    def remaining(self, error: type[httpcore.TimeoutException]) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise error
        return left

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        handed, self.handed = self.handed, None
        if handed is not None:
            return _Stream(handed, self)
        try:
            return _Stream(self._connect(host, port, self.remaining(httpcore.ConnectTimeout)), self)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error

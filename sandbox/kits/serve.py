"""The server of the python kit: runs in the prototype's container and calls `predict(task, input)` of app.py.

Started as `python3 -SEu -X utf8 serve.py`. It is lean on purpose, as readiness is part of every evaluation: it leaves
out `site`, `socket` and `http.server` (30 ms more) and reads HTTP/1.1 by itself; of `json` it takes the half written in
C, for the other one brings `re` and `enum` along (6 ms more). One thread a connection; `predict`
may be called by several at once.

GET or HEAD /ping      200 once app.py is loaded
POST /invocations      {"task": ..., "input": ...} -> 200 {"output": predict(task, input)};
                       400 for a bad request, 500 when predict raises

An exception in `predict` is answered and the server goes on; SystemExit ends the process, as the team asked.
"""

from __future__ import annotations

import _json
import _signal  # type: ignore[import-not-found]  # the C half of signal, without enum; typeshed leaves it out
import _socket
import _thread
import os
import sys
import time

TYPE_CHECKING = False  # importing typing costs as much as the rest
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, NoReturn

    Predict = Callable[[Any, Any], Any]

APP = "/app"
# `-S` leaves these out; they are where Debian and pip keep what the base image holds.
PACKAGES = (
    f"/usr/local/lib/python{sys.version_info[0]}.{sys.version_info[1]}/dist-packages",
    "/usr/lib/python3/dist-packages",
)
MAX_HEAD = 64 * 1024
MAX_BODY = 64 * 1024 * 1024
MAX_ERROR = 300
LINGER_SECONDS = 1.0
LINGER_READS = 400
BACKLOG = 128

REASONS = {
    200: "OK",
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    411: "Length Required",
    413: "Content Too Large",
    417: "Expectation Failed",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
    501: "Not Implemented",
    505: "HTTP Version Not Supported",
}


class BadRequest(Exception):
    """The request cannot be read; the answer is `status` and the connection closes."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class Connection:
    """One client. Bytes that came behind a request stay in `rest` for the next one."""

    def __init__(self, sock: _socket.socket) -> None:
        self.sock = sock
        self.rest = bytearray()

    def fill(self) -> None:
        """Read more into `rest`. Raises ConnectionError at the end of the stream."""
        data = self.sock.recv(262144)
        if not data:
            raise ConnectionError
        self.rest += data

    def head(self) -> tuple[str, str, str, dict[str, str]] | None:
        """Read a request line and its headers (names in lower case). None when the client left between requests."""
        while (end := self.rest.find(b"\r\n\r\n")) < 0:
            if len(self.rest) > MAX_HEAD:
                raise BadRequest(431, "headers too large")
            try:
                self.fill()
            except ConnectionError:
                return None
        if end > MAX_HEAD:
            raise BadRequest(431, "headers too large")
        lines = bytes(self.rest[:end]).decode("latin-1").lstrip("\r\n").split("\r\n")
        del self.rest[: end + 4]
        parts = lines[0].split(" ")
        if len(parts) != 3 or not parts[2].startswith("HTTP/"):
            raise BadRequest(400, "not an HTTP request")
        if parts[2] not in ("HTTP/1.1", "HTTP/1.0"):
            raise BadRequest(505, "only HTTP/1.1 is spoken here")
        headers: dict[str, str] = {}
        for line in lines[1:]:
            name, colon, value = line.partition(":")
            if not colon or not name or name != name.strip():
                raise BadRequest(400, "bad header line")
            name = name.lower()
            value = value.strip()
            if name == "content-length" and headers.get(name, value) != value:
                raise BadRequest(400, "two different lengths")
            headers[name] = value
        return parts[0], parts[1].partition("?")[0], parts[2], headers

    def body(self, headers: Mapping[str, str], version: str) -> bytes:
        """Read the body that `headers` announce. Raises BadRequest."""
        chunked = headers.get("transfer-encoding", "").lower()
        if chunked and (chunked != "chunked" or "content-length" in headers):
            raise BadRequest(501, "only chunked transfer encoding, and no length beside it")
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            raise BadRequest(400, "bad content length")
        if int(length[:20]) > MAX_BODY:
            raise BadRequest(413, "body too large")
        expects = headers.get("expect", "").lower()
        if expects and expects != "100-continue":
            raise BadRequest(417, "unknown expectation")
        if expects and version == "HTTP/1.1" and not self.rest:
            self.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        return self.chunks() if chunked else self.take(int(length))

    def take(self, size: int) -> bytes:
        while len(self.rest) < size:
            self.fill()
        data = bytes(memoryview(self.rest)[:size])
        del self.rest[:size]
        return data

    def line(self) -> bytes:
        while (end := self.rest.find(b"\r\n")) < 0:
            if len(self.rest) > MAX_HEAD:
                raise BadRequest(400, "bad chunk")
            self.fill()
        data = bytes(self.rest[:end])
        del self.rest[: end + 2]
        return data

    def chunks(self) -> bytes:
        parts = []
        total = 0
        while True:
            digits = self.line().partition(b";")[0].strip()
            if not digits or len(digits) > 16 or digits.strip(b"0123456789abcdefABCDEF"):
                raise BadRequest(400, "bad chunk")
            size = int(digits, 16)
            total += size
            if total > MAX_BODY:
                raise BadRequest(413, "body too large")
            if not size:
                break
            parts.append(self.take(size))
            if self.line():
                raise BadRequest(400, "bad chunk")
        while self.line():
            pass
        return b"".join(parts)

    def answer(self, status: int, body: bytes, *, keep: bool = True, with_body: bool = True) -> None:
        head = (
            f"HTTP/1.1 {status} {REASONS[status]}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            f"Connection: {'keep-alive' if keep else 'close'}\r\n\r\n"
        )
        # One send, else the second segment waits for the peer's delayed ACK.
        self.sock.sendall(head.encode("ascii") + (body if with_body else b""))


def plain(value: Any) -> Any:
    """Turn what json does not know (NumPy arrays and scalars, mainly) into what it does."""
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} is not JSON")


class Dialect:
    """What the scanner of `_json` wants to be told: JSON as the module `json` reads it."""

    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float  # NaN, Infinity, -Infinity


scan = _json.make_scanner(Dialect)  # type: ignore[arg-type]  # whatever has these attributes will do


def decode(data: bytes) -> Any:
    """The value in JSON text. Raises ValueError or RecursionError for what is none."""
    text = data.decode("utf-8").strip(" \t\n\r")
    try:
        value, end = scan(text, 0)
    except (StopIteration, SystemError):  # the exception it would raise is in the other half, which may be missing
        raise ValueError("no JSON") from None
    if end != len(text):
        raise ValueError("more than one value")
    return value


def encode(value: Any) -> bytes:
    """JSON bytes of `value`. Raises ValueError or TypeError for what JSON cannot hold, NaN included."""
    try:
        return dump(value, _json.encode_basestring).encode("utf-8")
    except UnicodeEncodeError:  # half a surrogate pair
        return dump(value, _json.encode_basestring_ascii).encode("ascii")


def dump(value: Any, quote: Callable[[str], str]) -> str:
    # In this order: what is being written (to find circles), default, quotes, indent, separators, sort, skip, NaN.
    write = _json.make_encoder({}, plain, quote, None, ":", ",", False, False, False)
    return "".join(write(value, 0))


def error(reason: str) -> bytes:
    return encode({"error": reason[:MAX_ERROR]})


def invoke(predict: Predict, body: bytes) -> tuple[int, bytes]:
    """Answer one invocation: (status, JSON bytes). Only SystemExit gets out."""
    try:
        request = decode(body)
    except (ValueError, RecursionError):
        return 400, error("the body is not JSON")
    if not isinstance(request, dict) or "input" not in request:
        return 400, error('the body must be {"task": ..., "input": ...}')
    try:
        return 200, encode({"output": predict(request.get("task"), request["input"])})
    except SystemExit:
        raise
    except BaseException as failure:
        sys.__excepthook__(*sys.exc_info())
        try:
            reason = f"{type(failure).__name__}: {failure}"
        except Exception:
            reason = type(failure).__name__
        return 500, error(reason)


def respond(connection: Connection, predict: Predict) -> bool:
    """Read one request and answer it. Returns whether the connection stays."""
    request = connection.head()
    if request is None:
        return False
    method, path, version, headers = request
    body = connection.body(headers, version)
    wanted = headers.get("connection", "").lower()
    keep = wanted == "keep-alive" if version == "HTTP/1.0" else wanted != "close"
    if path == "/ping":
        allowed = method in ("GET", "HEAD")
        status, answer = (200, b'{"status":"ok"}') if allowed else (405, error("GET /ping"))
    elif path == "/invocations":
        status, answer = invoke(predict, body) if method == "POST" else (405, error("POST /invocations"))
    else:
        status, answer = 404, error("only /ping and /invocations are here")
    connection.answer(status, answer, keep=keep, with_body=method != "HEAD")
    return keep


def serve(sock: _socket.socket, predict: Predict) -> None:
    """Serve one connection to its end."""
    connection = Connection(sock)
    try:
        sock.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
        while respond(connection, predict):
            pass
    except BadRequest as refusal:
        try:
            connection.answer(refusal.status, error(str(refusal)), keep=False)
            sock.shutdown(_socket.SHUT_WR)
            # Closing on unread bytes resets the connection, and the answer may be lost with it.
            sock.settimeout(LINGER_SECONDS)
            for _ in range(LINGER_READS):
                if not sock.recv(262144):
                    break
        except OSError:
            pass  # it left before it heard why
    except SystemExit as end:
        quit_with(end)
    except OSError:
        pass  # the client left
    finally:
        sock.close()


def quit_with(end: SystemExit) -> NoReturn:
    """End the process as `sys.exit` in a main thread would, from any thread."""
    code = end.code
    if code is None:
        code = 0
    elif not isinstance(code, int):
        sys.stderr.write(f"{code}\n")
        code = 1
    os._exit(code & 0xFF)


def load(folder: str) -> Predict:
    """Import app.py of `folder` and return its `predict`. Where there is none, says so and exits."""
    sys.path[0] = folder
    sys.path.extend(PACKAGES)
    os.chdir(folder)
    import app  # type: ignore[import-not-found]  # the team's

    predict: Predict | None = getattr(app, "predict", None)
    if not callable(predict):
        sys.stderr.write("app.py has no predict(task, input)\n")
        os._exit(1)
    return predict


def main() -> NoReturn:
    # As process 1 of a container the default action of SIGTERM is to be ignored.
    _signal.signal(_signal.SIGTERM, lambda number, frame: os._exit(0))
    predict = load(sys.argv[1] if len(sys.argv) > 1 else APP)
    listener = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
    listener.setsockopt(_socket.SOL_SOCKET, _socket.SO_REUSEADDR, 1)
    # The container's only interface is its loopback.
    listener.bind(("0.0.0.0", int(os.environ.get("PORT", "8080"))))  # noqa: S104
    listener.listen(BACKLOG)
    while True:
        try:
            descriptor, _ = listener._accept()  # type: ignore[attr-defined]  # what socket.accept is made of
        except OSError:  # the client has gone again, or there are no descriptors left: others may end
            time.sleep(0.01)
            continue
        sock = _socket.socket(fileno=descriptor)
        try:
            _thread.start_new_thread(serve, (sock, predict))
        except RuntimeError:  # the limit of processes is reached
            sock.close()


if __name__ == "__main__":
    main()

"""The relay of one build: listens on the loopback of its steps and speaks to the mirror's Unix socket.

Runs in a container of its own as `python3 -ISEuc <this file> SOCKET PORT BYTES`, with nothing but Python's standard
library. A step is root in its own container and shares the network namespace only: it can ask, and nothing else.

Only GET and HEAD pass, only for a package's page and for its files. What goes to the mirror is written anew; what comes
back passes as it is. One request a connection. It prints `ready` once it listens, and `mirror PATH REASON` for what is
wrong with the mirror, for the worker to read: that is not the team's fault. `spent` says that the build has fetched as
much as it may.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import sys

MOST_AT_ONCE = 16
MOST_IN_ALL = 20_000
MAX_HEAD = 16 * 1024
HEAD_SECONDS = 10.0
CONNECT_SECONDS = 30.0
"""How long a mirror that starts, or starts again, is waited for."""

ANSWER_SECONDS = 50.0
"""How long the mirror may be silent: the first question for a name goes to the index behind it. pip waits 60 s."""

STALL_SECONDS = 30.0
"""How long a step may leave its answer unread."""

WHOLE_SECONDS = 600.0
MOST_COMPLAINTS = 20
BEHIND = "/" + "/".join(("root", "pypi"))
"""Where the index lies on the mirror: devpi's own name for it."""

READY = "ready"
SPENT = "spent"
_PAUSE_SECONDS = 0.25
_CHUNK = 64 * 1024

_PAGE = re.compile(r"/simple/([A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?)/?")
_FILE = re.compile(r"/(?:\+|%2[Bb])(f/(?:[A-Za-z0-9]{1,64}/){1,4}[A-Za-z0-9][A-Za-z0-9._+!~%-]{0,250})")
_SEPARATORS = re.compile(r"[-_.]+")
_ACCEPT = re.compile(r"[A-Za-z0-9/+.,;=* -]{1,300}")
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r\n", re.IGNORECASE)
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})[ \r]")
_LAST_CHUNK = b"0\r\n\r\n"
_LOWEST_FAILURE = 500

_WORDS = {
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    429: "Too Many Requests",
    431: "Request Header Fields Too Large",
    502: "Bad Gateway",
    505: "HTTP Version Not Supported",
}


class Answer(Exception):
    """The request goes no further; this is what the step is told."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def route(target: str) -> str:
    """Where on the mirror `target` lies. Raises Answer for every other address."""
    if page := _PAGE.fullmatch(target):
        return f"{BEHIND}/+simple/{_SEPARATORS.sub('-', page[1]).lower()}/"
    if (file := _FILE.fullmatch(target)) and ".." not in target:
        return f"{BEHIND}/+{file[1]}"
    raise Answer(404, "only pages of packages (/simple/NAME/) and their files are here")


def read_request(head: bytes) -> tuple[str, str, str]:
    """Method, address on the mirror, and the kinds of answer it takes. Raises Answer."""
    try:
        lines = head.decode("ascii").split("\r\n")
        method, target, version = lines[0].split(" ")
    except ValueError:
        raise Answer(400, "not an HTTP request") from None
    if version != "HTTP/1.1":
        raise Answer(505, "only HTTP/1.1 is spoken here")
    if method not in ("GET", "HEAD"):
        raise Answer(405, "packages can only be fetched here")
    accept = "text/html"
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        name, value = name.lower(), value.strip()
        if not colon or not name or name != name.strip():
            raise Answer(400, "bad header line")
        if name == "transfer-encoding" or (name == "content-length" and value != "0"):
            raise Answer(400, "a request without a body is wanted")
        if name == "accept" and _ACCEPT.fullmatch(value):
            accept = value
    return method, route(target), accept


class Relay:
    """Forwards requests to the mirror behind `socket`; `budget` bytes at most."""

    def __init__(self, socket: str, budget: int) -> None:
        self._socket = socket
        self._budget = budget
        self._open = 0
        self._count = 0
        self._complaints = 0
        self._told_spent = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a step."""
        self._open += 1
        self._count += 1
        try:
            async with asyncio.timeout(WHOLE_SECONDS):
                await self._answer(reader, writer)
            writer.close()
            async with asyncio.timeout(STALL_SECONDS):
                await writer.wait_closed()
        except (OSError, TimeoutError):
            pass  # the step left, or does not read
        finally:
            self._open -= 1
            writer.transport.abort()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        begun = False
        method = "GET"
        try:
            if self._open > MOST_AT_ONCE or self._count > MOST_IN_ALL:
                raise Answer(429, "too many connections in this build")
            if self._budget <= 0:
                raise self._spent()
            method, target, accept = read_request(await self._head(reader))
            async with contextlib.aclosing(self._fetch(method, target, accept)) as pieces:
                async for data in pieces:
                    begun = True
                    await _send(writer, data)
        except Answer as answer:
            if begun:
                writer.transport.abort()  # an answer that is cut off must not look whole
                return
            body = f"{answer}\n".encode()
            status = f"HTTP/1.1 {answer.status} {_WORDS[answer.status]}\r\n"
            rest = f"Content-Type: text/plain\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            await _send(writer, (status + rest).encode() + (b"" if method == "HEAD" else body))

    async def _head(self, reader: asyncio.StreamReader) -> bytes:
        try:
            async with asyncio.timeout(HEAD_SECONDS):
                return (await reader.readuntil(b"\r\n\r\n"))[:-4]
        except TimeoutError:
            raise Answer(408, "the request did not come") from None
        except asyncio.IncompleteReadError:
            raise ConnectionResetError from None
        except asyncio.LimitOverrunError:
            raise Answer(431, "headers too large") from None

    async def _fetch(self, method: str, target: str, accept: str):  # type: ignore[no-untyped-def]  # lean imports
        """The mirror's answer in pieces. Raises Answer where it fails or the budget ends."""
        reader, writer = await self._connect(target)
        try:
            head = (
                f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:3141\r\nAccept: {accept}\r\n"
                "Accept-Encoding: identity\r\nUser-Agent: pip/relay\r\nConnection: close\r\n\r\n"
            )
            writer.write(head.encode())
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    data = await reader.readuntil(b"\r\n\r\n")
            except (OSError, EOFError, TimeoutError, asyncio.LimitOverrunError) as error:
                raise self._failed(target, type(error).__name__) from None
            status = _STATUS.match(data)
            if status is None or int(status[1]) >= _LOWEST_FAILURE:
                raise self._failed(target, f"status {int(status[1])}" if status else "no HTTP")
            length = _LENGTH.search(data)
            came, end = 0, data
            while True:
                self._budget -= len(data)
                if self._budget < 0:
                    raise self._spent()
                yield data
                if not (data := await self._piece(reader, target)):
                    break
                came += len(data)
                end = (end + data)[-len(_LAST_CHUNK) :]
            if method != "HEAD" and (came != int(length[1]) if length else end != _LAST_CHUNK):
                raise self._failed(target, "cut off")
        finally:
            writer.close()

    async def _connect(self, target: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        now = asyncio.get_running_loop().time
        end = now() + CONNECT_SECONDS
        while True:
            try:
                async with asyncio.timeout_at(end):
                    return await asyncio.open_unix_connection(self._socket, limit=MAX_HEAD)
            except (OSError, TimeoutError) as error:
                if now() + _PAUSE_SECONDS > end:
                    raise self._failed(target, type(error).__name__) from None
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _piece(self, reader: asyncio.StreamReader, target: str) -> bytes:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await reader.read(_CHUNK)
        except (OSError, TimeoutError) as error:
            raise self._failed(target, type(error).__name__) from None

    def _spent(self) -> Answer:
        if not self._told_spent:
            self._told_spent = True
            print(SPENT, flush=True)  # noqa: T201 - what the worker reads
        return Answer(403, "this build has fetched as much as a build may")

    def _failed(self, target: str, reason: str) -> Answer:
        self._complaints += 1
        if self._complaints <= MOST_COMPLAINTS:
            print(f"mirror {target} {reason}", flush=True)  # noqa: T201 - what the worker reads
        return Answer(502, "the package mirror does not answer")


async def _send(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(data)
    async with asyncio.timeout(STALL_SECONDS):
        await writer.drain()


async def main(socket: str, port: int, budget: int) -> None:
    """Listen until the container ends."""
    relay = Relay(socket, budget)
    server = await asyncio.start_server(relay.serve, "127.0.0.1", port, limit=MAX_HEAD, backlog=128)
    print(READY, flush=True)  # noqa: T201 - as above
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))

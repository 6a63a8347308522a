"""The way out of one fetch: a proxy on a Unix socket of this host that knows CONNECT and nothing else.

It connects to port 443 of hosts that were allowed by name. A name is resolved once a fetch, here and never in the
container, and every connection goes to the addresses that were found and are public: a name that changes its mind
finds nobody who asks again. A redirect is another CONNECT, so it meets the same rules. What passes is encrypted end to
end and bounded in bytes and in connections; the whole ends when the fetch does.
"""

import asyncio
import contextlib
import re
import secrets
import shutil
import socket
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from sandbox.errors import EngineUnavailable
from sandbox.git.model import GitLimits, GitStatus
from sandbox.git.public import is_public
from sandbox.processes import make_folder

PORT = 443
_HEAD_BYTES = 4096
_HEAD_SECONDS = 10.0
_RESOLVE_SECONDS = 10.0
_CONNECT_SECONDS = 10.0
_START_SECONDS = 10.0
_PIECE = 64 * 1024
_MOST_ADDRESSES = 8
_ASKED = re.compile(rb"CONNECT ([A-Za-z0-9.-]{1,253}):(\d{1,5}) HTTP/1\.[01]\r\n")


class Outside:
    """How names become addresses and addresses connections. Tests give another one; settings cannot.

    `authorities` is a file of certificates that stands in the place of Debian's in the container.
    """

    authorities: Path | None = None

    async def resolve(self, host: str) -> Sequence[str]:
        """The addresses of a name. Raises OSError."""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(address[4][0]) for address in found))

    def permits(self, address: str) -> bool:
        """Whether the proxy may connect there."""
        return is_public(address)

    async def connect(self, address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Raises OSError."""
        return await asyncio.open_connection(address, PORT)


@dataclass(frozen=True, slots=True)
class Note:
    """Why something was not let through, for the words that people read."""

    status: GitStatus
    host: str


class _Refused(Exception):
    def __init__(self, code: int, note: Note) -> None:
        super().__init__(code)
        self.code = code
        self.note = note


class Proxy:
    """Serves one fetch from a thread of its own. A context manager: `path` is its socket, in a folder made for it."""

    def __init__(self, hosts: Sequence[str], limits: GitLimits, outside: Outside) -> None:
        self._hosts = frozenset(hosts)
        self._limits = limits
        self._outside = outside
        self._folder = Path()
        self.path = Path()
        self.notes: list[Note] = []
        self._left = limits.transfer_bytes
        self._count = 0
        self._open = 0
        self._addresses: dict[str, asyncio.Task[Sequence[str]]] = {}
        self._serving: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="git-proxy", daemon=True)

    @property
    def folder(self) -> Path:
        """What is mounted in the container: it holds the socket alone."""
        return self._folder

    def __enter__(self) -> Self:
        try:
            # Nobody but root and us can list it, and nobody can guess the socket's name.
            self._folder = make_folder("git")
            self._folder.chmod(0o711)
            self.path = self._folder / secrets.token_hex(8)
        except OSError as error:
            raise EngineUnavailable(f"no place for the way to git hosts: {error}") from error
        self._thread.start()
        if not self._ready.wait(_START_SECONDS) or self._failure is not None:
            self.__exit__(None, None, None)
            raise EngineUnavailable(f"the way to git hosts does not open: {self._failure}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed already
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(_START_SECONDS)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        except BaseException as error:
            self._failure = error
            self._ready.set()
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        server = await asyncio.start_unix_server(self._accept, self.path, limit=_HEAD_BYTES)
        self.path.chmod(0o666)
        self._ready.set()
        async with server:
            await self._stop.wait()
            server.close()
            tasks = [*self._serving, *self._addresses.values()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = self._loop.create_task(self._connection(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with self._counted():
            try:
                host = await self._asked(reader)
                far_reader, far_writer = await self._reach(host)
            except _Refused as refused:
                self.notes.append(refused.note)
                with contextlib.suppress(OSError):
                    writer.write(
                        b"HTTP/1.1 %d Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" % refused.code
                    )
                    await writer.drain()
                    writer.close()
                return
            except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                writer.transport.abort()
                return
            try:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                await self._both_ways(host, (reader, writer), (far_reader, far_writer))
            finally:
                writer.transport.abort()
                far_writer.transport.abort()

    @contextlib.contextmanager
    def _counted(self) -> Iterator[None]:
        self._count += 1
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1

    async def _asked(self, reader: asyncio.StreamReader) -> str:
        """The host that is asked for, when it may be. Raises _Refused."""
        async with asyncio.timeout(_HEAD_SECONDS):
            head = await reader.readuntil(b"\r\n\r\n")
        found = _ASKED.match(head)
        if found is None:
            raise _Refused(405, Note(GitStatus.HOST, ""))
        host = found[1].decode().lower()
        if host not in self._hosts or int(found[2]) != PORT:
            raise _Refused(403, Note(GitStatus.HOST, host if int(found[2]) == PORT else f"{host}:{int(found[2])}"))
        if self._count > self._limits.connections or self._open > self._limits.at_once:
            raise _Refused(429, Note(GitStatus.BROKEN, host))
        if self._left <= 0:
            raise _Refused(429, Note(GitStatus.TOO_LARGE, host))
        return host

    async def _reach(self, host: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to one of the host's public addresses. Raises _Refused."""
        if host not in self._addresses:
            self._addresses[host] = self._loop.create_task(self._resolve(host))
        try:
            found = await asyncio.shield(self._addresses[host])
        except (OSError, UnicodeError, TimeoutError):
            raise _Refused(502, Note(GitStatus.UNREACHABLE, host)) from None
        public = [address for address in found if self._outside.permits(address)]
        if not public:
            raise _Refused(403, Note(GitStatus.PLACE, host))
        for address in public[:_MOST_ADDRESSES]:
            with contextlib.suppress(OSError, TimeoutError):
                async with asyncio.timeout(_CONNECT_SECONDS):
                    return await self._outside.connect(address)
        raise _Refused(502, Note(GitStatus.UNREACHABLE, host))

    async def _resolve(self, host: str) -> Sequence[str]:
        async with asyncio.timeout(_RESOLVE_SECONDS):
            return await self._outside.resolve(host)

    async def _both_ways(
        self,
        host: str,
        near: tuple[asyncio.StreamReader, asyncio.StreamWriter],
        far: tuple[asyncio.StreamReader, asyncio.StreamWriter],
    ) -> None:
        ways = [
            self._loop.create_task(self._pass_on(host, near[0], far[1])),
            self._loop.create_task(self._pass_on(host, far[0], near[1])),
        ]
        try:
            # One direction may be silent for long while the other is busy; whichever fails ends both.
            await asyncio.wait(ways, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _pass_on(self, host: str, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while piece := await source.read(_PIECE):
            self._left -= len(piece)
            if self._left < 0:
                self.notes.append(Note(GitStatus.TOO_LARGE, host))
                raise ConnectionAbortedError
            sink.write(piece)
            async with asyncio.timeout(self._limits.silence_seconds):
                await sink.drain()
        with contextlib.suppress(OSError):
            sink.write_eof()

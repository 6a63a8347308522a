"""The server of the origin of prototypes: takes a browser's connections, finds the prototype by the host's name.

h11 reads both sides; nothing that either says is passed on unread but the bytes of bodies and of WebSockets. Each
request goes over a connection of its own to the prototype. Everything ends with the try-out.
"""

import asyncio
import contextlib
import re
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import h11
import structlog

from hackathon.tryouts.origin import pages, rules
from hackathon.tryouts.origin.exchange import Broken, Exchange, Side
from sandbox.model import Text
from sandbox.provider import TryOut

_log = structlog.get_logger(__name__)

_HEAD_SECONDS = 20.0
_DIAL_SECONDS = 4.0
_DIALLING = 8
_MOST_CONNECTIONS = 256
_MOST_OF_ONE = 64


@dataclass(slots=True)
class _Shown:
    """A prototype whose page is open, and who is at it. `touch` tells that somebody used it."""

    tryout: TryOut
    touch: Callable[[], None]
    serving: set[asyncio.Task[None]] = field(default_factory=set)


class Origin:
    """Listens on an address of this host. `address` is where people find it, with `{token}`; None: at the port that
    it listens on, which is another one where that is taken.
    """

    def __init__(self, host: str, port: int, address: str | None = None) -> None:
        self._listen = host, port
        self._wanted = address
        self._server: asyncio.Server | None = None
        self._hosts: re.Pattern[str] = re.compile(r"(?!)")
        self._shown: dict[str, _Shown] = {}
        self._dialling = ThreadPoolExecutor(_DIALLING, thread_name_prefix="dial")
        self._connections: set[asyncio.Task[None]] = set()
        self.address: str | None = None

    async def open(self) -> None:
        """Begin to listen; where that cannot be, prototypes have no pages here, and the log says so."""
        host, port = self._listen
        for candidate in (port,) if self._wanted else (port, 0):
            try:
                self._server = await asyncio.start_server(self._accept, host, candidate)
                break
            except OSError as error:
                _log.warning("tryouts.no_origin", host=host, port=candidate, reason=str(error))
        if self._server is None:
            return
        found = self._server.sockets[0].getsockname()[1]
        self.address = self._wanted or f"http://{{token}}.localhost:{found}"
        self._hosts = rules.hosts(self.address)

    def show(self, token: str, tryout: TryOut, touch: Callable[[], None]) -> None:
        """From here on the token leads to this prototype."""
        self._shown[token] = _Shown(tryout, touch)

    def hide(self, token: str) -> None:
        """It does no more, and whoever is there is cut off."""
        shown = self._shown.pop(token, None)
        if shown is not None:
            for task in shown.serving:
                task.cancel()

    async def close(self) -> None:
        """Take nothing more and cut everybody off."""
        if self._server is not None:
            self._server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        self._dialling.shutdown(wait=False)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None or len(self._connections) >= _MOST_CONNECTIONS:
            writer.close()
            return
        self._connections.add(task)
        try:
            await self._serve(Side(h11.SERVER, reader, writer), task)
        except (Broken, OSError, TimeoutError, h11.ProtocolError):
            writer.transport.abort()
        except asyncio.CancelledError:
            writer.transport.abort()
        except Exception:
            _log.exception("tryouts.origin_failed")
            writer.transport.abort()
        finally:
            self._connections.discard(task)
            writer.close()

    async def _serve(self, browser: Side, task: asyncio.Task[None]) -> None:
        """One connection: request after request."""
        while True:
            async with asyncio.timeout(_HEAD_SECONDS):
                request = await browser.event()
            if not isinstance(request, h11.Request):
                return
            shown = self._found(request)
            if shown is None:
                await self._say(browser, 410, pages.OVER)
                return
            if not rules.may_come(request.method, request.headers):
                await self._say(browser, 403, pages.REFUSED)
                return
            if len(shown.serving) >= _MOST_OF_ONE:
                await self._say(browser, 503, pages.TOO_MUCH)
                return
            shown.serving.add(task)
            try:
                if not await self._pass_on(browser, request, shown):
                    return
            finally:
                shown.serving.discard(task)

    def _found(self, request: h11.Request) -> _Shown | None:
        host = rules.value(request.headers, b"host").decode("latin-1").lower()
        found = self._hosts.fullmatch(host)
        return None if found is None else self._shown.get(found["token"])

    async def _pass_on(self, browser: Side, request: h11.Request, shown: _Shown) -> bool:
        """Whether another request may follow on this connection."""
        shown.touch()
        dialling = asyncio.get_running_loop().run_in_executor(self._dialling, shown.tryout.dial)
        try:
            async with asyncio.timeout(_DIAL_SECONDS):
                connection = await asyncio.shield(dialling)
        except (TimeoutError, asyncio.CancelledError) as error:
            dialling.add_done_callback(_close_late)
            if isinstance(error, asyncio.CancelledError):
                raise
            connection = None
        if connection is None:
            await self._say(browser, 502, pages.SILENT)
            return False
        connection.setblocking(False)
        reader, writer = await asyncio.open_unix_connection(sock=connection)
        host = rules.value(request.headers, b"host").decode("latin-1").lower()
        secure = urlsplit(self.address or "").scheme == "https"
        exchange = Exchange(browser, Side(h11.CLIENT, reader, writer), host=host, secure=secure, touch=shown.touch)
        try:
            return await exchange.run(request)
        except rules.LeadsAway:
            await self._say(browser, 502, pages.AWAY)
        except Broken as broken:
            if broken.answered:
                raise
            await self._say(
                browser, 413 if broken.too_much else 502, pages.TOO_MUCH if broken.too_much else pages.SILENT
            )
        finally:
            writer.transport.abort()
        return False

    async def _say(self, browser: Side, status: int, words: tuple[str, Text]) -> None:
        body = pages.page(words)
        headers = [*pages.HEADERS, (b"content-length", str(len(body)).encode())]
        with contextlib.suppress(h11.LocalProtocolError):
            await browser.send(h11.Response(status_code=status, headers=headers))
            if browser.asked != b"HEAD":
                await browser.send(h11.Data(data=body))
            await browser.send(h11.EndOfMessage())


def _close_late(dialling: "asyncio.Future[socket.socket | None]") -> None:
    """A connection that came when nobody wanted it any more."""
    if not dialling.cancelled() and dialling.exception() is None:
        connection = dialling.result()
        if connection is not None:
            connection.close()

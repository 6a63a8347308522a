"""One request of a browser and the prototype's answer to it, or a WebSocket from its opening to its end."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import h11

from hackathon.tryouts.origin import rules
from sandbox.limits import KIB, MB

_HEAD_BYTES = 64 * KIB
_PIECE = 64 * KIB
REQUEST_BYTES = 64 * MB
ANSWER_BYTES = 256 * MB
_ANSWER_SECONDS = 120.0
_SEND_SECONDS = 60.0
_WEBSOCKET = b"websocket"


class Broken(Exception):
    """One of the two broke off, spoke no HTTP or sent too much. `answered`: the browser has a part of the answer."""

    def __init__(self, what: str, *, answered: bool = False, too_much: bool = False) -> None:
        super().__init__(what)
        self.answered = answered
        self.too_much = too_much


class Side:
    """A connection with h11's view of it."""

    def __init__(self, role: Any, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.http = h11.Connection(role, max_incomplete_event_size=_HEAD_BYTES)
        self.reader = reader
        self.writer = writer
        self.asked = b""

    async def event(self) -> Any:
        """What comes next. Raises Broken, OSError."""
        while True:
            try:
                event = self.http.next_event()
            except h11.RemoteProtocolError as error:
                raise Broken(str(error)) from error
            if event is h11.NEED_DATA:
                self.http.receive_data(await self.reader.read(_PIECE))
                continue
            if isinstance(event, h11.Request):
                self.asked = event.method
            return event

    async def send(self, event: Any) -> None:
        """Say something, as fast as the other end takes it. Raises OSError, TimeoutError."""
        data = self.http.send(event)
        if data:
            await self.write(data)

    async def write(self, data: bytes) -> None:
        """Bytes as they are."""
        self.writer.write(data)
        async with asyncio.timeout(_SEND_SECONDS):
            await self.writer.drain()


class Exchange:
    """Leads one request to a prototype and its answer back."""

    def __init__(self, browser: Side, prototype: Side, *, host: str, secure: bool, touch: Callable[[], None]) -> None:
        self._browser = browser
        self._prototype = prototype
        self._host = host
        self._secure = secure
        self._touch = touch

    async def run(self, request: h11.Request) -> bool:
        """Whether the browser's connection can be used again. Raises Broken, LeadsAway."""
        upgrade = rules.value(request.headers, b"upgrade").lower() == _WEBSOCKET
        headers = rules.inward(request.headers, host=self._host, secure=self._secure)
        headers += [(b"connection", b"Upgrade"), (b"upgrade", _WEBSOCKET)] if upgrade else [(b"connection", b"close")]
        asked = h11.Request(method=request.method, target=request.target, headers=headers)
        try:
            await self._prototype.send(asked)
        except (OSError, h11.LocalProtocolError) as error:
            raise Broken(str(error)) from error
        sending = asyncio.create_task(self._send_body())
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                answer = await self._head(sending)
            if isinstance(answer, h11.InformationalResponse):
                await self._web_socket(answer, sending, upgrade)
                return False
            return await self._answer(answer)
        except TimeoutError as error:
            raise Broken("no answer in time") from error
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)

    async def _send_body(self) -> None:
        """The browser's body, to its end. Raises Broken."""
        size = 0
        while True:
            event = await self._browser.event()
            if isinstance(event, h11.Data):
                size += len(event.data)
                if size > REQUEST_BYTES:
                    raise Broken("the request is too large", too_much=True)
                self._touch()
            elif not isinstance(event, h11.EndOfMessage):
                raise Broken("the browser broke off")
            # The prototype may answer and hang up before it has read everything.
            with contextlib.suppress(OSError, TimeoutError, h11.LocalProtocolError):
                await self._prototype.send(event)
            if isinstance(event, h11.EndOfMessage):
                return

    async def _head(self, sending: "asyncio.Task[None]") -> Any:
        while True:
            reading = asyncio.ensure_future(self._prototype.event())
            try:
                await asyncio.wait({reading, sending}, return_when=asyncio.FIRST_COMPLETED)
                if sending.done() and not sending.cancelled() and sending.exception() is not None:
                    raise sending.exception() or Broken("the browser broke off")
                answer = await reading
            except (OSError, h11.LocalProtocolError) as error:
                raise Broken(str(error)) from error
            finally:
                reading.cancel()
            if isinstance(answer, h11.Response) or (
                isinstance(answer, h11.InformationalResponse) and answer.status_code == 101
            ):
                return answer
            if not isinstance(answer, h11.InformationalResponse):
                raise Broken("the prototype broke off")

    async def _answer(self, answer: h11.Response) -> bool:
        headers = rules.outward(answer.headers, host=self._host, secure=self._secure)
        await self._browser.send(h11.Response(status_code=answer.status_code, headers=headers, reason=answer.reason))
        size = 0
        try:
            while True:
                event = await self._prototype.event()
                if isinstance(event, h11.Data):
                    size += len(event.data)
                    if size > ANSWER_BYTES:
                        raise Broken("the answer is too large")
                    await self._browser.send(event)
                elif isinstance(event, h11.EndOfMessage):
                    await self._browser.send(h11.EndOfMessage())
                    break
                else:
                    raise Broken("the prototype broke off")
        except (Broken, OSError, h11.LocalProtocolError) as error:
            raise Broken(str(error), answered=True) from error
        if self._browser.http.our_state is h11.DONE and self._browser.http.their_state is h11.DONE:
            self._browser.http.start_next_cycle()
            return True
        return False

    async def _web_socket(
        self, answer: h11.InformationalResponse, sending: "asyncio.Task[None]", upgrade: bool
    ) -> None:
        """From the moment both have agreed on it: bytes both ways, until one side ends it."""
        await sending
        if not upgrade:
            raise Broken("the prototype answered what was not asked")
        headers = rules.outward(answer.headers, host=self._host, secure=self._secure)
        headers += [(b"connection", b"Upgrade"), (b"upgrade", _WEBSOCKET)]
        await self._browser.send(h11.InformationalResponse(status_code=101, headers=headers))
        ways = [
            asyncio.create_task(self._pass_on(self._browser, self._prototype, self._touch)),
            asyncio.create_task(self._pass_on(self._prototype, self._browser, lambda: None)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _pass_on(self, source: Side, sink: Side, touch: Callable[[], None]) -> None:
        early, _ = source.http.trailing_data
        if early:
            await sink.write(early)
        while piece := await source.reader.read(_PIECE):
            touch()
            await sink.write(piece)

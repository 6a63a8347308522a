"""The web application on the hackathon of Sukaraya, called as a server calls it."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote, urlencode, urlsplit
from uuid import UUID

import pytest
from litestar import Litestar

from frontend.app import create_app
from frontend.keys import FIELD, VISITOR, key_of
from hackathon import sessions
from hackathon.database import migrate
from hackathon.settings import Settings
from judging.piccolo_app import APP_CONFIG
from tests.integration.sukaraya import Sukaraya

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
VISITOR_SECRET = "rahasia-pengunjung"


@dataclass
class Answer:
    """An answer as it went over the wire; header names in lower case, repeated ones joined by a line."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def text(self) -> str:
        return self.body.decode()


class Browser:
    """Calls the application by its ASGI interface, without a socket between."""

    def __init__(self, app: Litestar) -> None:
        self.app = app

    async def get(self, url: str, headers: dict[str, str] | None = None) -> Answer:
        """A whole answer."""
        return await self.send("GET", url, headers)

    async def send(self, method: str, url: str, headers: dict[str, str] | None = None, body: bytes = b"") -> Answer:
        """Any request."""
        answer = Answer()
        async for chunk in self._call(method, url, headers or {}, body, answer, asyncio.Event()):
            answer.body += chunk
        return answer

    async def sign_in(self, account_id: UUID) -> "Signed":
        """A session of this account, as if the person had signed in just now."""
        opened = await sessions.open_session(account_id, now=datetime.now(UTC))
        return Signed(self, account_id, opened.secret)

    async def post(
        self, url: str, fields: Mapping[str, str | list[str]] | None = None, *, key: str | None = None
    ) -> Answer:
        """Send a form as somebody who is not signed in and has seen the page; `key` replaces the page's."""
        body = urlencode({**(fields or {}), FIELD: key_of(VISITOR_SECRET) if key is None else key}, doseq=True).encode()
        return await self.send("POST", url, FORM | {"Cookie": f"{VISITOR}={VISITOR_SECRET}"}, body)

    @asynccontextmanager
    async def listen(self, url: str, headers: dict[str, str] | None = None) -> AsyncIterator["Events"]:
        """An answer that does not end: events are taken one by one, leaving hangs up."""
        answer, left = Answer(), asyncio.Event()
        chunks = self._call("GET", url, headers or {}, b"", answer, left)
        try:
            yield Events(chunks, answer)
        finally:
            left.set()
            async for _ in chunks:
                pass

    async def _call(
        self, method: str, url: str, headers: dict[str, str], body: bytes, answer: Answer, left: asyncio.Event
    ) -> AsyncIterator[bytes]:
        sent: asyncio.Queue[bytes | None] = asyncio.Queue()
        requests = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, object]:
            if requests:
                return requests.pop()
            await left.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                answer.status = int(str(message["status"]))
                for name, value in message["headers"]:  # type: ignore[attr-defined]
                    key = name.decode().lower()
                    answer.headers[key] = "\n".join(filter(None, (answer.headers.get(key), value.decode())))
            else:
                if message.get("body"):
                    await sent.put(bytes(message["body"]))  # type: ignore[call-overload]
                if not message.get("more_body"):
                    await sent.put(None)

        parts = urlsplit(url)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(parts.path),
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "root_path": "",
            "headers": [(b"host", b"127.0.0.1"), *((k.lower().encode(), v.encode()) for k, v in headers.items())],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "state": {},
        }
        calling = asyncio.create_task(self.app(scope, receive, send))  # type: ignore[arg-type]
        calling.add_done_callback(lambda _: sent.put_nowait(None))
        while (chunk := await sent.get()) is not None:
            yield chunk
        left.set()  # a server says so too once it has sent all
        await calling


@dataclass
class Signed:
    """A browser in which a person is signed in: its requests carry the session, its forms the key of the page."""

    browser: Browser
    account_id: UUID
    secret: str

    @property
    def cookie(self) -> dict[str, str]:
        return {"Cookie": f"gelanggang={self.secret}"}

    async def get(self, url: str, headers: dict[str, str] | None = None) -> Answer:
        """A page as this person sees it."""
        return await self.browser.get(url, self.cookie | (headers or {}))

    async def post(
        self, url: str, fields: Mapping[str, str | list[str]] | None = None, *, key: str | None = None
    ) -> Answer:
        """Send a form; `key` replaces the page's."""
        body = urlencode({**(fields or {}), FIELD: key_of(self.secret) if key is None else key}, doseq=True).encode()
        return await self.browser.send("POST", url, self.cookie | FORM, body)


class Events:
    """Server-sent events of one stream."""

    def __init__(self, chunks: AsyncIterator[bytes], answer: Answer) -> None:
        self._chunks = chunks
        self.answer = answer

    def chunks(self) -> AsyncIterator[bytes]:
        """The answer as it comes, whatever it is."""
        return self._chunks

    async def next(self, seconds: float = 10) -> dict[str, str]:
        """The next event's fields, lines of data joined."""
        raw = await asyncio.wait_for(anext(self._chunks), seconds)
        fields: dict[str, str] = {}
        for line in raw.decode().splitlines():
            name, _, value = line.partition(": ")
            if name:
                fields[name] = f"{fields[name]}\n{value}" if name in fields else value
        return fields

    async def board(self, seconds: float = 10) -> dict[str, str]:
        """The next event that is not a beat."""
        while (event := await self.next(seconds)).get("event") == "detak":
            pass
        return event


@pytest.fixture
async def sukaraya(dsn: str, store: ModuleType) -> Sukaraya:
    """The event in its building phase; nothing is evaluated yet."""
    await migrate(dsn, upper=(APP_CONFIG,))
    return await Sukaraya.make()


@pytest.fixture
def environment() -> dict[str, str]:
    """Settings of the application beyond those that it needs here; a module may have its own."""
    return {}


@pytest.fixture
async def browser(dsn: str, store: ModuleType, tmp_path: Path, environment: dict[str, str]) -> AsyncIterator[Browser]:
    """The application, started."""
    await migrate(dsn, upper=(APP_CONFIG,))
    settings = Settings.from_environment(
        {
            "GELANGGANG_DATABASE_URL": dsn,
            "GELANGGANG_DATA_DIR": str(tmp_path),
            "GELANGGANG_LOG_LEVEL": "warning",
            **environment,
        }
    )
    app = create_app(settings)
    started, stop = asyncio.Event(), asyncio.Event()

    # A task of its own: what enters and what leaves a task group must be the same one, a fixture's halves are not.
    async def serve() -> None:
        async with app.lifespan():
            started.set()
            await stop.wait()

    serving = asyncio.create_task(serve())
    starting = asyncio.create_task(started.wait())
    await asyncio.wait({serving, starting}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield Browser(app)
    finally:
        starting.cancel()
        stop.set()
        await serving

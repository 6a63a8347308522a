"""The listener: what it hears, and how it comes back."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from types import ModuleType
from urllib.parse import parse_qs, urlsplit

import pytest

from hackathon.listen import Listener
from tests.integration.hackathon.loops import eventually, running


class Ears:
    """What a listener heard."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.resyncs = 0

    def hear(self, payload: str) -> None:
        if payload == "submission:bad":
            raise ValueError("cannot be read")
        self.messages.append(payload)

    async def resync(self) -> None:
        self.resyncs += 1

    async def connected(self) -> bool:
        return self.resyncs > 0

    async def reconnected(self) -> bool:
        return self.resyncs > 1

    async def heard(self) -> bool:
        return "submission:last" in self.messages


async def test_it_hears_in_order_and_survives_a_bad_message(store: ModuleType, dsn: str) -> None:
    ears = Ears()
    async with running(Listener(dsn, store.CHANNEL, ears.hear, ears.resync)):
        await eventually(ears.connected)
        for name in ("first", "bad", "last"):
            await store.notify("submission", name)
        await eventually(ears.heard)
    assert ears.messages == ["submission:first", "submission:last"]
    assert ears.resyncs == 1


async def test_it_comes_back_when_the_server_cuts_it_off(store: ModuleType, dsn: str) -> None:
    ears = Ears()
    async with running(Listener(dsn, store.CHANNEL, ears.hear, ears.resync)):
        await eventually(ears.connected)
        await store.fetch(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'gelanggang listener'"
        )
        await eventually(ears.reconnected)
        await store.notify("submission", "last")
        await eventually(ears.heard)


class Line:
    """A line to the server that can go dead: open, but nothing passes."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.dead = False
        self._pipes: set[asyncio.Task[None]] = set()

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server_reader, server_writer = await asyncio.open_unix_connection(self.target)
        for source, sink in ((reader, server_writer), (server_reader, writer)):
            self._pipes.add(asyncio.create_task(self._pipe(source, sink)))

    async def _pipe(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while data := await source.read(65536):
            if not self.dead:
                sink.write(data)
        sink.close()

    async def hang_up(self) -> None:
        for pipe in self._pipes:
            pipe.cancel()
        await asyncio.gather(*self._pipes, return_exceptions=True)


@pytest.fixture
async def line(dsn: str) -> AsyncIterator[tuple[Line, str]]:
    """A line, and the dsn that goes through it."""
    (host,) = parse_qs(urlsplit(dsn).query)["host"]
    folder = Path(tempfile.mkdtemp(prefix="gelanggang-line-"))
    line = Line(f"{host}/.s.PGSQL.5432")
    server = await asyncio.start_unix_server(line.accept, folder / ".s.PGSQL.5432")
    yield line, dsn.replace(host, str(folder))
    await line.hang_up()
    server.close()
    await server.wait_closed()
    shutil.rmtree(folder)


async def test_it_notices_a_dead_line_that_nobody_closed(store: ModuleType, line: tuple[Line, str]) -> None:
    connection, through = line
    ears = Ears()
    async with running(Listener(through, store.CHANNEL, ears.hear, ears.resync, probe_seconds=0.2)):
        await eventually(ears.connected)
        connection.dead = True
        await asyncio.sleep(0.5)
        connection.dead = False
        await eventually(ears.reconnected)
        await store.notify("submission", "last")
        await eventually(ears.heard)

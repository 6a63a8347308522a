"""The real application, served by granian on a real PostgreSQL, with the world in it. No container engine.

Two servers: one with the world, one on which nothing was ever made.
"""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx

from frontend.cli.ports import free_port
from hackathon import store
from hackathon.database import create_database
from hackathon.objects import open_objects
from hackathon.settings import Settings
from tests.e2e.pages.engine import Line
from tests.e2e.pages.making import Maker
from tests.e2e.pages.world import World
from tests.postgres import TEMPLATE, fast_postgres

READY_SECONDS = 90.0
DO_SECONDS = 180.0

T = TypeVar("T")


class Loop:
    """An event loop in a thread: the browser's driver has the main thread's."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="world", daemon=True)
        self._thread.start()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run it there and wait for it."""
        future: Future[T] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return future.result(DO_SECONDS)

    def close(self) -> None:
        """End the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


@dataclass
class Site:
    """Addresses of the two servers, and the hands behind the scene: `do` runs services beside the server."""

    url: str
    empty_url: str
    world: World
    maker: Maker
    line: Line
    loop: Loop
    log: Path

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Call a service as another process would."""
        return self.loop.do(work)


@contextmanager
def open_site() -> Iterator[Site]:
    """Start everything, and leave nothing behind."""
    # Not one of pytest's folders: they are kept.
    folder = Path(tempfile.mkdtemp(prefix="glg-pages-"))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder)
        postgres = stack.enter_context(fast_postgres())
        loop = Loop()
        stack.callback(loop.close)
        dsn = loop.do(create_database(postgres, "berisi", template=TEMPLATE))
        empty = loop.do(create_database(postgres, "kosong", template=TEMPLATE))
        settings = Settings(data_dir=folder / "berisi", database_url=dsn, log_level="warning")
        settings.data_dir.mkdir()
        (folder / "kosong").mkdir()
        url = stack.enter_context(served(dsn, settings.data_dir))
        empty_url = stack.enter_context(served(empty, folder / "kosong"))
        loop.do(store.connect(dsn))
        stack.callback(lambda: loop.do(store.disconnect()))
        objects = open_objects(settings)
        stack.callback(objects.close)
        line = Line(settings)
        stack.callback(lambda: loop.do(line.stop()))
        maker = Maker(settings, objects, line, folder)
        world = loop.do(maker.make())
        wait_until_ready(url, settings.data_dir)
        wait_until_ready(empty_url, folder / "kosong")
        yield Site(url, empty_url, world, maker, line, loop, settings.data_dir / "serve.log")


@contextmanager
def served(dsn: str, data: Path, **settings: str) -> Iterator[str]:
    """A web server on this database with its data in a folder; `settings` are variables beside those. Its address."""
    port = free_port()
    own = {
        "GELANGGANG_DATABASE_URL": dsn,
        "GELANGGANG_DATA_DIR": str(data),
        "GELANGGANG_PORT": str(port),
        "GELANGGANG_LOG_LEVEL": "warning",
    }
    with running("serve", data, {**own, **settings}, "--no-migrate"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(command: str, data: Path, settings: dict[str, str], *options: str) -> Iterator[None]:
    """A command of the product in a process of its own, for as long as the context lasts."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("GELANGGANG_")}
    whole = [sys.executable, "-m", "frontend.cli", command, *options, "--parent", str(os.getpid())]
    with (data / f"{command}.log").open("wb") as log:
        process = subprocess.Popen(whole, stdout=log, stderr=log, env={**others, **settings})
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(90)


def wait_until_ready(url: str, data: Path) -> None:
    """Until a server answers whose data is in that folder."""
    deadline, last = time.monotonic() + READY_SECONDS, ""
    while time.monotonic() < deadline:
        try:
            answer = httpx.get(f"{url}/healthz", trust_env=False)
            if answer.is_success:
                return
            last = answer.text
        except httpx.TransportError as error:
            last = repr(error)
        time.sleep(0.1)
    raise AssertionError(f"{url} is not ready: {last} {(data / 'serve.log').read_text()}")

"""The Balai, served: a web server of the product on a real PostgreSQL, without a container engine."""

import json
import shutil
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from hackathon import sessions, store
from hackathon.database import create_database
from tests.e2e.pages.site import Loop, served, wait_until_ready
from tests.integration.judging.hall import Balai
from tests.postgres import TEMPLATE, fast_postgres

T = TypeVar("T")


@dataclass
class Hall:
    """The server's address, the event, and `do` for services beside the server."""

    url: str
    balai: Balai
    loop: Loop

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Call a service as another process would."""
        return self.loop.do(work)

    def sign_in(self, context: BrowserContext, judge: str) -> None:
        """Give a browser a session of a judge."""
        account = self.balai.accounts[judge].account_id
        opened = self.do(sessions.open_session(account, now=datetime.now(UTC)))
        context.add_cookies([{"name": "gelanggang", "value": opened.secret, "url": self.url}])

    def bench(self, judge: str, team: str) -> str:
        """The address of a panel."""
        return f"{self.url}/acara/{self.balai.event.slug}/juri/{self.balai.assignments[judge, team]}"

    def ratings(self, judge: str, team: str) -> dict[str, int]:
        """What the server has."""
        sql = "SELECT ratings::text FROM scorecard WHERE assignment_id = $1"
        return dict(json.loads(self.do(store.fetch_value(sql, self.balai.assignments[judge, team])) or "{}"))


@pytest.fixture(scope="module")
def hall() -> Iterator[Hall]:
    """The event in judging."""
    folder = Path(tempfile.mkdtemp(prefix="glg-juri-"))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder)
        postgres = stack.enter_context(fast_postgres())
        loop = Loop()
        stack.callback(loop.close)
        dsn = loop.do(create_database(postgres, "juri", template=TEMPLATE))
        url = stack.enter_context(served(dsn, folder))
        loop.do(store.connect(dsn))
        stack.callback(lambda: loop.do(store.disconnect()))
        balai = loop.do(Balai.make())
        wait_until_ready(url, folder)
        yield Hall(url, balai, loop)


@pytest.fixture
def open_page(browser: Browser, hall: Hall) -> Iterator[Callable[..., Page]]:
    """Pages of judges; the browser's own complaints fail the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(judge: str, *, width: int = 1280, height: int = 900, theme: Any = "light") -> Page:
        context = browser.new_context(locale="id-ID", viewport={"width": width, "height": height}, color_scheme=theme)
        contexts.append(context)
        hall.sign_in(context, judge)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda told: complaints.append(told.text) if "Content Security" in told.text else None,
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []

"""The Balai with a worker on the container engine and a package mirror: prototypes of teams, tried out by judges."""

import json
import shutil
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import docker
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from frontend.cli.ports import free_port
from frontend.packing import pack
from hackathon import sessions, store
from hackathon.database import create_database
from hackathon.objects import Objects, open_objects
from hackathon.settings import Settings
from sandbox.docker.owner import LABEL
from tests.e2e.pages.site import Loop, running, served, wait_until_ready
from tests.e2e.tryouts import prototypes, tasks
from tests.integration.judging.hall import Balai
from tests.postgres import TEMPLATE, fast_postgres
from tools.wheels import ensure_wheels

T = TypeVar("T")

RATNA = "Ratna Handayani"
PATIENCE_MS = 120_000
"""For what a loaded machine does in seconds."""

TEAMS: Mapping[str, Mapping[str, str]] = {
    "Kawan Lapor": prototypes.STREAMLIT,
    "Satu Meja": prototypes.TALKER,
    "Lentera Warga": prototypes.OPEN_CHAT,
    "Tembusan": prototypes.MOODY,
    "Pena Warga": prototypes.NEVER,
    "Jalur Cepat": prototypes.STILLBORN,
}


@dataclass
class Booth:
    """The server's address, the event, and `do` for services beside the server."""

    url: str
    balai: Balai
    loop: Loop

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Call a service as another process would."""
        return self.loop.do(work)

    def address(self, team: str, task: str) -> str:
        """Where Ratna tries a team's prototype."""
        assignment = self.balai.assignments[RATNA, team]
        return f"{self.url}/acara/{self.balai.event.slug}/juri/{assignment}/coba?tugas={task}"

    def sign_in(self, context: BrowserContext) -> None:
        """Give a browser a session of Ratna."""
        opened = self.do(sessions.open_session(self.balai.accounts[RATNA].account_id, now=datetime.now(UTC)))
        context.add_cookies([{"name": "gelanggang", "value": opened.secret, "url": self.url}])

    def expect_nothing_left(self) -> None:
        """Every try-out so far has ended, no worker holds one, and no container of one is there."""
        left = self.do(
            store.fetch("SELECT state, lease_until FROM tryout WHERE state <> 'ended' OR lease_until > now()")
        )
        assert left == [], left
        ids = {row["id"] for row in self.do(store.fetch("SELECT id FROM tryout"))}
        with closing(docker.from_env()) as engine:
            deadline = time.monotonic() + PATIENCE_MS / 1000
            while time.monotonic() < deadline:
                found = {
                    one["Labels"].get(LABEL, "") for one in engine.api.containers(all=True, filters={"label": LABEL})
                }
                if not found & {f"tryout-{one}" for one in ids}:
                    return
                time.sleep(0.2)
        raise AssertionError(found)


@pytest.fixture(scope="package")
def booth() -> Iterator[Booth]:
    """Everything runs: web server, worker, mirror."""
    wheels = ensure_wheels(print)
    folder = Path(tempfile.mkdtemp(prefix="glg-coba-"))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder)
        tasks.write_tasks(folder / "tugas")
        settings = {
            "GELANGGANG_BENCHMARKS_DIR": str(folder / "tugas"),
            "GELANGGANG_MIRROR_SOCKET": str(folder / "mirror" / "mirror.sock"),
            "GELANGGANG_MIRROR_WHEELS": str(wheels),
            "GELANGGANG_TRYOUT_LISTEN": f"127.0.0.1:{free_port()}",
            "GELANGGANG_GRADERS": "1",
        }
        postgres = stack.enter_context(fast_postgres())
        loop = Loop()
        stack.callback(loop.close)
        dsn = loop.do(create_database(postgres, "coba", template=TEMPLATE))
        data = folder / "data"
        data.mkdir()
        url = stack.enter_context(served(dsn, data, **settings))
        loop.do(store.connect(dsn))
        stack.callback(lambda: loop.do(store.disconnect()))
        balai = loop.do(Balai.make())
        with closing(open_objects(Settings(data_dir=data, database_url=dsn))) as objects:
            for team, files in TEAMS.items():
                loop.do(_hand_in(balai, team, files, objects, folder / "berkas"))
        loop.do(_set_up())
        own = {"GELANGGANG_DATABASE_URL": dsn, "GELANGGANG_DATA_DIR": str(data), **settings}
        stack.enter_context(running("mirror", data, own))
        stack.enter_context(running("worker", data, own))
        wait_until_ready(url, data)
        yield Booth(url, balai, loop)


async def _hand_in(balai: Balai, team: str, files: Mapping[str, str], objects: Objects, scratch: Path) -> None:
    """Hand in a version that was built once, on an engine that is gone, and have it judged."""
    source = scratch / team
    source.mkdir(parents=True)
    for name, text in files.items():
        (source / name).write_text(text)
    pack(source, source.with_suffix(".zip"))
    manifest = json.dumps({"ui": {"path": "/"}} if "prototype.toml" in files else {})
    submission, _ = await balai.sukaraya.hand_in(team, object_key=f"uji/{team}", manifest=manifest)
    await objects.put_file(f"uji/{team}", source.with_suffix(".zip"))
    await store.execute(
        "INSERT INTO build (submission_id, attempt, status, image, log_key, started_at, finished_at)"
        " VALUES ($1, 1, 'ok', $2, '-', now(), now())",
        submission,
        "sha256:" + "0" * 64,
    )
    await balai.fix(team, submission=submission)


async def _set_up() -> None:
    """The tasks of this folder, and a limit that lets nobody wait long for an answer that never comes."""
    named = json.dumps([{"slug": slug, "weight": 1.0} for slug in tasks.SCHEMAS])
    await store.execute("UPDATE track SET tasks = $1::jsonb", named)
    await limit("case_seconds", 5)


async def limit(name: str, seconds: int) -> None:
    """Give runs another limit; what starts from now on has it."""
    sql = "UPDATE event SET rules = jsonb_set(rules, $1, $2::jsonb)"
    await store.execute(sql, ["limits", "run", name], str(seconds))


@pytest.fixture
def open_page(browser: Browser, booth: Booth) -> Iterator[Callable[..., Page]]:
    """Pages of Ratna; the browser's own complaints about ours fail the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(team: str, task: str, *, width: int = 1280) -> Page:
        context = browser.new_context(locale="id-ID", viewport={"width": width, "height": 900})
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        booth.sign_in(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda told: complaints.append(told.text) if "Content Security" in told.text else None)
        page.goto(booth.address(team, task))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []

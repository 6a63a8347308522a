"""The stage of the story: a hackathon on the real engine, with a mail server that takes its letters.

Three teams are on the board already, so that there is something to climb past. The people of the story come later, by
themselves, through the pages.
"""

import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from hackathon import accounts, credentials, store
from hackathon.database import create_database
from hackathon.events import apply_event
from hackathon.keys import load_key
from hackathon.model import SYSTEM
from hackathon.model import Role as Power
from hackathon.objects import open_objects
from hackathon.settings import Settings
from judging import publications
from tests.e2e.pages.engine import Line
from tests.e2e.pages.making import Maker
from tests.e2e.pages.site import Loop, running, served, wait_until_ready
from tests.e2e.pages.world import RIVALS, State, spec
from tests.integration.hackathon.mailbox import MailServer, mail_server
from tests.postgres import TEMPLATE, fast_postgres

SLUG = State.BUILDING.value
TRACK = "layanan-publik"
ORGANIZER = ("Citra Wulandari", "citra@sukaraya.go.id", "lampu jalan kampung 7")
LETTER_SECONDS = 60.0


@dataclass
class Stage:
    """Where it plays. `letters` are what the mail server took, in order."""

    url: str
    post: MailServer
    logs: Path

    def link(self, address: str, path: str) -> str:
        """The latest link to `/<path>/…` in a letter to this address, once there is one."""
        deadline = time.monotonic() + LETTER_SECONDS
        while time.monotonic() < deadline:
            for letter in reversed(self.post.arrived):
                found = re.search(rf"{re.escape(self.url)}/{path}/[\w-]+", letter.get_content())
                if address in str(letter["To"]) and found:
                    return found[0]
            time.sleep(0.1)
        raise AssertionError(f"no letter to {address} with a link to /{path}/: {self.post.texts()}")


@contextmanager
def open_stage() -> Iterator[Stage]:
    """Web server, worker on the container engine, mail server, database; nothing is left of them."""
    folder = Path(tempfile.mkdtemp(prefix="glg-story-"))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder)
        postgres = stack.enter_context(fast_postgres())
        loop = Loop()
        stack.callback(loop.close)
        dsn = loop.do(create_database(postgres, "cerita", template=TEMPLATE))
        settings = Settings(data_dir=folder / "data", database_url=dsn)
        settings.data_dir.mkdir()
        post = stack.enter_context(_open(loop, mail_server()))
        _make(loop, settings, folder)
        shared = {"GELANGGANG_DATABASE_URL": dsn, "GELANGGANG_DATA_DIR": str(settings.data_dir)}
        url = stack.enter_context(served(dsn, settings.data_dir, GELANGGANG_SMTP_URL=post.url))
        stack.enter_context(running("worker", settings.data_dir, {**shared, "GELANGGANG_GRADERS": "1"}))
        wait_until_ready(url, settings.data_dir)
        yield Stage(url, post, settings.data_dir)


@contextmanager
def _open(loop: Loop, entered: AbstractAsyncContextManager[MailServer]) -> Iterator[MailServer]:
    opened = loop.do(entered.__aenter__())
    try:
        yield opened
    finally:
        loop.do(entered.__aexit__(None, None, None))


def _make(loop: Loop, settings: Settings, folder: Path) -> None:
    """The event and those who were there first, evaluated on the fake engine: quick, and scored all the same."""
    objects = open_objects(settings)
    line = Line(settings)
    loop.do(_fill(settings, Maker(settings, objects, line, folder), line))
    objects.close()


async def _fill(settings: Settings, maker: Maker, line: Line) -> None:
    async with store.connected(settings.database_url):
        now = datetime.now(UTC)
        plan = spec(now, State.BUILDING)
        # A team of two that organizers let in: nobody may skip a chapter.
        plan = replace(plan, rules=replace(plan.rules, team_size_min=1, approval=False))
        key = load_key(settings.secret_file)
        maker.world.events[State.BUILDING] = await apply_event(plan, key=key, actor=SYSTEM, now=now)
        name, email, password = ORGANIZER
        citra = await accounts.create_account(name, email=email, roles=(Power.ORGANIZER,), actor=SYSTEM, now=now)
        await credentials.set_password(citra.id, password)
        for team, (agency, _) in RIVALS.items():
            await maker.found_rival(State.BUILDING, team, agency, now)
        await line.start()
        try:
            for team, (_, prototypes) in list(RIVALS.items())[:3]:
                await maker.hand_in(State.BUILDING, team, prototypes[0])
            await line.finished()
        finally:
            await line.stop()
        await publications.publish(maker.world.events[State.BUILDING].tracks[0].id)
        plan = replace(plan, rules=replace(plan.rules, team_size_min=2, approval=True))
        await apply_event(plan, key=key, actor=SYSTEM, now=now)

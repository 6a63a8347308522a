"""A web server that really runs, in a process of its own, and an event on it."""

import asyncio
import io
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import httpx
import pytest

from frontend.cli.ports import free_port
from frontend.client import Client, Patience
from hackathon import accounts, events, store, teams
from hackathon.database import create_database
from hackathon.events import EventSpec, Rules, Schedule, TrackSpec, TrackTask
from hackathon.model import SYSTEM, Role
from sandbox.model import Text

READY_SECONDS = 30.0

APP = "def predict(task, input):\n    return {}\n"


@dataclass(frozen=True)
class Served:
    """The server's address, its database and data, and a token by person."""

    url: str
    dsn: str
    data: Path
    tokens: dict[str, str]

    def client(self, person: str, **options: object) -> Client:
        """The client of a person, impatient."""
        return Client(self.url, self.tokens[person], patience=Patience(0.05, 0.2, 5.0), **options)  # type: ignore[arg-type]

    def http(self, person: str | None = None) -> httpx.Client:
        """A bare HTTP client."""
        headers = {} if person is None else {"Authorization": f"Bearer {self.tokens[person]}"}
        return httpx.Client(base_url=f"{self.url}/api/v1", headers=headers, trust_env=False, timeout=20)


@pytest.fixture(scope="session")
def served(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Ayu is in team Kawan Lapor (one track), Bima in Satu Meja (both tracks), Citra in no team, Dewi organizes.

    Eko's team is in an event with one attempt a day, Fajar's in one whose building is over.
    """
    data = tmp_path_factory.mktemp("served")
    dsn = asyncio.run(create_database(postgres, "served", template="template_gelanggang"))
    tokens = asyncio.run(_make_world(dsn))
    port = free_port()
    own = {"GELANGGANG_DATABASE_URL": dsn, "GELANGGANG_DATA_DIR": str(data), "GELANGGANG_PORT": str(port)}
    command = [sys.executable, "-m", "frontend.cli", "serve", "--json"]
    with (data / "serve.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env={**os.environ, **own})
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_ready(url, process, data)
        yield Served(url, dsn, data, tokens)
    finally:
        process.send_signal(signal.SIGTERM)
        told, _ = process.communicate(timeout=30)
        asyncio.run(_drop(postgres, "served"))
    assert process.returncode == 0
    assert told.endswith(b'"stopped":true}\n')
    assert "Traceback" not in (data / "serve.log").read_text()


def _wait_until_ready(url: str, process: "subprocess.Popen[bytes]", data: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/healthz", trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError((data / "serve.log").read_text())


async def _drop(dsn: str, name: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    await connection.close()


async def _make_world(dsn: str) -> dict[str, str]:
    now = datetime.now(UTC)
    tokens: dict[str, str] = {}
    async with store.connected(dsn):
        people = {}
        for name in ("Ayu", "Bima", "Citra", "Dewi", "Eko", "Fajar"):
            roles = [Role.ORGANIZER] if name == "Dewi" else []
            people[name] = (await accounts.create_account(name, roles=roles, actor=SYSTEM, now=now)).id
            made = await accounts.create_token(people[name], label="uji", actor=SYSTEM, now=now)
            tokens[name] = made.secret
        for slug, rules, begun, members in (
            (
                "asn-2026",
                Rules(attempts_a_day=50, uploads_an_hour=500, team_size_min=1),
                5,
                {"Ayu": ("Kawan Lapor", 1), "Bima": ("Satu Meja", 2)},
            ),
            ("sekali-2026", Rules(attempts_a_day=1, team_size_min=1), 5, {"Eko": ("Sekali Jadi", 1)}),
            ("lalu-2026", Rules(team_size_min=1), 9, {"Fajar": ("Terlambat", 1)}),
        ):
            event = await events.apply_event(_spec(slug, rules, now, begun), key=bytes(32), actor=SYSTEM, now=now)
            for person, (name, tracks) in members.items():
                team = await teams.create_team(
                    event.id, name, "Kota Sukaraya", actor=SYSTEM, now=now, member_ids=[people[person]]
                )
                for track in event.tracks[:tracks]:
                    await teams.enter_track(team.id, track.id, actor=SYSTEM, now=now)
    return tokens


def _spec(slug: str, rules: Rules, now: datetime, begun: int) -> EventSpec:
    opens = now - timedelta(days=begun)
    schedule = Schedule(
        registration_opens=opens - timedelta(days=5),
        building_opens=opens,
        building_closes=opens + timedelta(days=7),
        judging_closes=opens + timedelta(days=14),
        objection_closes=opens + timedelta(days=21),
    )
    task = (TrackTask("otomasi-formulir"),)
    tracks = (
        TrackSpec("layanan-publik", Text(id="Layanan publik", en="Public service"), task),
        TrackSpec("perizinan", Text(id="Perizinan", en="Licensing"), task),
    )
    title = Text(id="Hackathon AI ASN", en="ASN AI Hackathon")
    return EventSpec(slug=slug, title=title, zone="Asia/Jakarta", schedule=schedule, rules=rules, tracks=tracks)


_seeds = iter(range(1_000_000))


def archive(*, filler: int = 0, files: dict[str, str] | None = None) -> bytes:
    """A zip with a program, unlike every other; `filler` adds that many bytes that do not compress."""
    chance = random.Random(next(_seeds))
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in (files or {"app.py": APP}).items():
            target.writestr(name, text)
        target.writestr("data.bin", chance.randbytes(filler + 16))
    return body.getvalue()

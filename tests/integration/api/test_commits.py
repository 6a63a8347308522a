"""Handing in a commit by the API and the command line: asked for, followed, refused, taken back."""

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from hackathon import store
from hackathon.commits.fetching import Fetcher
from hackathon.objects import open_objects
from hackathon.settings import Settings
from sandbox.fake import FakeProvider
from tests.integration.api.conftest import Served
from tests.repositories import APP, Workplace

ADDRESS = "https://github.com/desa/lapor"
TRACK = {"event": "asn-2026", "track": "perizinan"}


@contextmanager
def fetching(served: Served, provider: FakeProvider) -> Iterator[None]:
    """A worker that only fetches, in a thread with a loop and a database connection of its own."""
    stop = threading.Event()

    async def work() -> None:
        ending = asyncio.Event()
        objects = open_objects(Settings(data_dir=served.data))
        async with store.connected(served.dsn):
            one = Fetcher(objects, provider, hosts=("github.com",), look_seconds=0.05)
            loop = asyncio.create_task(one.run(ending))
            await asyncio.to_thread(stop.wait)
            ending.set()
            await loop
        objects.close()

    thread = threading.Thread(target=asyncio.run, args=(work(),))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(60)


@pytest.fixture
def work(tmp_path: Path) -> Workplace:
    made = Workplace(tmp_path / "kerja")
    made.commit({"app.py": APP})
    return made


def submit(served: Served, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "GELANGGANG_SERVER": served.url, "GELANGGANG_TOKEN": served.tokens["Bima"]}
    command = [sys.executable, "-m", "frontend.cli", "submit", "--json", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_a_commit_is_asked_for_followed_and_received(served: Served, work: Workplace) -> None:
    commit = work.git("rev-parse", "HEAD")
    body = {"repository": ADDRESS + ".git/", "commit": commit.upper(), **TRACK}
    with served.http("Bima") as http:
        asked = http.post("/commits", json=body)
        assert asked.status_code == 201
        told = asked.json()
        assert (told["state"], told["repository"], told["asked"]) == ("waiting", ADDRESS + ".git", commit)
        assert http.post("/commits", json=body).json()["id"] == told["id"]
        other = http.post("/commits", json={**body, "commit": "lain"})
        assert (other.status_code, other.json()["error"]["code"]) == (409, "commit_busy")
        with fetching(served, FakeProvider({ADDRESS + ".git": work.folder})), served.client("Bima") as client:
            *_, last = client.follow_commit(told["id"], interval=0.05)
        assert last.receipt is not None
        assert (last.state, last.commit, last.receipt.registered_at) == ("received", commit, last.registered_at)
        made = http.get(f"/submissions/{last.receipt.submission}").json()
        assert (made["repository"], made["commit"]) == (ADDRESS + ".git", commit)
        over = http.delete(f"/commits/{told['id']}")
        assert (over.status_code, over.json()["error"]["code"]) == (409, "commit_over")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"repository": ADDRESS}, 400, None),
        ({"repository": ADDRESS, "commit": 7}, 400, None),
        ({"repository": ADDRESS, "commit": "main", "token": "rahasia"}, 400, None),
        ({"repository": "https://a:b@github.com/x/y", "commit": "main"}, 422, "repository_invalid"),
        ({"repository": "https://10.0.0.1/x/y", "commit": "main"}, 422, "repository_invalid"),
        ({"repository": ADDRESS, "commit": "a" * 10_000}, 422, "commit_invalid"),
        ({"repository": ADDRESS, "commit": "main", "track": "tidak-ada"}, 404, "entry_unknown"),
    ],
)
def test_what_cannot_be_asked_for_is_told(
    body: dict[str, object], status: int, code: str | None, served: Served
) -> None:
    with served.http("Bima") as http:
        answer = http.post("/commits", json={**TRACK, **body})
    assert answer.status_code == status
    if code is not None:
        assert answer.json()["error"]["code"] == code


def test_only_the_team_sees_it_and_takes_it_back(served: Served) -> None:
    with served.http("Bima") as http, served.http("Ayu") as stranger:
        told = http.post("/commits", json={"repository": ADDRESS, "commit": "main", **TRACK}).json()
        assert stranger.get(f"/commits/{told['id']}").status_code == 403
        assert stranger.delete(f"/commits/{told['id']}").status_code == 403
        for _ in range(2):
            assert http.delete(f"/commits/{told['id']}").status_code == 204
        assert http.get(f"/commits/{told['id']}").json()["state"] == "cancelled"
        assert http.get(f"/commits/{uuid4()}").status_code == 404
    with served.http() as nobody:
        assert nobody.post("/commits", json={"repository": ADDRESS, "commit": "main", **TRACK}).status_code == 401


def test_the_command_line_hands_a_commit_in(served: Served, work: Workplace) -> None:
    commit = work.commit({"app.py": APP + "# lagi\n"})
    with fetching(served, FakeProvider({ADDRESS: work.folder})):
        done = submit(served, "--git", ADDRESS, "--commit", commit, "--event", "asn-2026", "--track", "perizinan")
        told = submit(served, "--git", ADDRESS, "--commit", "tidak-ada", "--event", "asn-2026", "--track", "perizinan")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["receipt"]["team"] == "Satu Meja"
    assert told.returncode == 1
    assert "tidak-ada" in told.stderr


@pytest.mark.parametrize(
    "arguments", [[], ["--git", ADDRESS], ["--commit", "main"], [".", "--git", ADDRESS, "--commit", "main"]]
)
def test_the_command_line_wants_one_way(arguments: list[str], served: Served) -> None:
    done = submit(served, *arguments)
    assert done.returncode == 2
    assert "PATH" in done.stderr

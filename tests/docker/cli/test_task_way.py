"""A task on its whole way, on the real engine: made, proved, packed, put into use, scored with the same numbers."""

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import docker
import pytest

from hackathon import store
from hackathon.database import create_database, migrate
from hackathon.evaluations import Catalog
from hackathon.keys import load_key
from hackathon.settings import Settings
from tests.docker.test_worker_faults import Hall, _end_all, server
from tests.integration.evaluations.arena import Arena

__all__ = ["server"]

SLUG = "bon-gudang"


def gelanggang(*arguments: str, **environment: str) -> dict[str, Any]:
    """A command as people start it; its object. It must end well."""
    command = [sys.executable, "-m", "frontend.cli", *arguments, "--json"]
    told = subprocess.run(
        command, capture_output=True, text=True, timeout=300, check=False, env={**os.environ, **environment}
    )
    assert told.returncode == 0, told.stdout + told.stderr
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found


@pytest.fixture
async def hall(server: str, tmp_path: Path) -> AsyncIterator[Hall]:
    """A platform whose only own task is the one made here."""
    kerja, tasks = tmp_path / "kerja", tmp_path / "tugas"
    gelanggang("task", "new", SLUG, "--folder", str(kerja))
    gelanggang("task", "pack", str(kerja / SLUG), "-o", str(tmp_path / "bon.zip"))
    gelanggang("task", "add", str(tmp_path / "bon.zip"), GELANGGANG_BENCHMARKS_DIR=str(tasks))

    dsn = await create_database(server, "task_way")
    await migrate(dsn)
    settings = Settings(data_dir=tmp_path / "data", database_url=dsn, benchmarks_dir=tasks)
    engine = docker.from_env()
    async with store.connected(dsn):
        arena = Arena(store, Catalog(tasks), key=load_key(settings.secret_file), slug=SLUG)
        await arena.open()
        made = Hall(arena, settings, tmp_path, engine)
        try:
            yield made
        finally:
            await _end_all(made)
            engine.close()


async def test_made_proved_and_the_same_numbers_at_home_and_on_the_platform(hall: Hall) -> None:
    folder = hall.folder / "kerja" / SLUG
    proof = gelanggang("task", "check", str(folder))
    assert [check["name"] for check in proof["checks"] if check["state"] != "ok"] == []
    assert len(proof["checks"]) > 15

    starter = folder / "starter"
    home = gelanggang("try", str(starter), "--task", str(folder))
    author = gelanggang("task", "run", str(folder), "--prototype", str(starter))
    await hall.start_worker()
    files = {path.name: path.read_text() for path in starter.iterdir() if path.is_file()}
    submission_id = await hall.hand_in("Karsa", files)
    await hall.finished(submission_id)

    (public,) = [row for row in await hall.rows(submission_id) if row["case_set"] == "public"]
    (run,) = await store.fetch(
        "SELECT metrics::text AS metrics, cases::text AS cases FROM run WHERE evaluation_id = $1", public["id"]
    )
    passed = {case["id"]: case["passed"] for case in json.loads(run["cases"])}
    assert author["measured_on"] == {"set": "public", "count": 32}
    assert author["task"]["hash"] == hall.arena.catalog.get(SLUG).hash
    for found in (home, author):
        assert found["status"] == public["status"] == "ok"
        assert found["score"] == public["score"]
        assert 0 < found["score"] < 100
        assert found["metrics"] == {name: metric["value"] for name, metric in json.loads(run["metrics"]).items()}
        assert {case["id"]: case["passed"] for case in found["cases"]} == passed


def test_generated_cases_are_shown_to_the_author(tmp_path: Path) -> None:
    folder = gelanggang("task", "new", SLUG, "--folder", str(tmp_path))["folder"]
    baseline = str(Path(folder) / "baseline")
    found = gelanggang("task", "run", folder, "--prototype", baseline, "--generated", "12", "--seed-hex", "0a0b")
    assert found["measured_on"] == {"set": "generated", "seed": "0a0b", "count": 12}
    assert [case["id"] for case in found["cases"]] == [f"k{number:03}" for number in range(1, 13)]
    assert any(case["message"] for case in found["cases"])
    assert 0 < found["score"] < 100

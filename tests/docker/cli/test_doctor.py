"""`gelanggang doctor` on the real engine; this host's walls must hold, or nothing else that is tested here counts."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sandbox.proof import WALLS

GELANGGANG = [sys.executable, "-m", "frontend.cli"]


def doctor(folder: Path, **more: str) -> tuple[int, dict[str, Any]]:
    environment = {**os.environ, "GELANGGANG_DATA_DIR": str(folder), **more}
    command = [*GELANGGANG, "doctor", "--json"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False, env=environment)
    assert "Traceback" not in told.stderr
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return told.returncode, found


def test_every_wall_of_this_host_holds(tmp_path: Path) -> None:
    status, found = doctor(tmp_path)
    checks = {check["name"]: check for check in found["checks"]}
    walls = {name: check for name, check in checks.items() if name.startswith("wall: ")}
    assert set(walls) == {f"wall: {wall.name}" for wall in WALLS}
    assert {name: check["found"] for name, check in walls.items() if check["state"] != "ok"} == {}
    assert (status, found["fit"]) == (0, True)
    images = {f"base: {name}" for name in ("python", "python-ml", "node")} | {"pages", "git", "grader"}
    assert {name for name in images if checks[name]["state"] == "ok"} == images
    assert all(check["todo"] for check in found["checks"] if check["state"] != "ok")


@pytest.mark.parametrize(
    ("setting", "value", "name"),
    [
        ("DOCKER_HOST", "unix:///nonexistent/docker.sock", "engine"),
        ("GELANGGANG_DATABASE_URL", "postgresql://127.0.0.1:9/nobody", "database"),
        ("GELANGGANG_CONTAINER_RUNTIME", "runsc", "walls"),
    ],
)
def test_what_does_not_answer_fails_with_what_to_do(setting: str, value: str, name: str, tmp_path: Path) -> None:
    status, found = doctor(tmp_path, **{setting: value})
    (check,) = [check for check in found["checks"] if check["name"] == name]
    assert (status, check["state"]) == (3, "fail")
    assert check["todo"]

"""`gelanggang try` as people start it: a process of its own, on the real engine."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import docker
import pytest

from frontend.handouts import STARTER_KIT, handout
from hackathon import benchmarks
from hackathon.evaluations import Catalog
from hackathon.events import Track, TrackTask
from sandbox.docker.owner import OURS, OWNER
from sandbox.model import Text
from sandbox.proof.running import PROBE

GELANGGANG = [sys.executable, "-m", "frontend.cli"]
FIELDS = {"status", "message", "build", "cases", "metrics", "score", "qualities", "timings"}

# A task of two cases with little patience, made of the doctor's.
CASES = """{"id": "k1", "input": {"wall": "network"}, "expected": null}
{"id": "k2", "input": {"wall": "user"}, "expected": null}
"""


@pytest.fixture(scope="module")
def task(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("task") / "probe"
    shutil.copytree(PROBE, folder, ignore=shutil.ignore_patterns("prototype", "__pycache__"))
    text = (folder / "task.toml").read_text()
    text = text.replace("ready_seconds = 60.0", "ready_seconds = 4.0")
    text = text.replace("case_seconds = 10.0", "case_seconds = 2.0\ntotal_seconds = 8.0")
    (folder / "task.toml").write_text(text)
    (folder / "public.jsonl").write_text(CASES)
    return folder


def app(folder: Path, body: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "app.py").write_text(body)
    return folder


def attempt(path: Path, task: Path | str, *more: str, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [*GELANGGANG, "try", str(path), "--task", str(task), *more]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **options)


def result(told: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    assert "Traceback" not in told.stderr
    assert found.keys() == FIELDS, told.stderr
    return found


def test_the_walls_hold_and_the_object_is_whole() -> None:
    told = attempt(PROBE / "prototype", PROBE, "--json")
    found = result(told)
    assert told.returncode == 0
    assert found["status"] == "ok"
    assert found["score"] == 100.0
    assert found["metrics"] == {"held": 1.0}
    assert {case["id"] for case in found["cases"]} >= {"network", "read-only", "user"}
    assert all(case["passed"] and case["metrics"] == {"held": 1.0} for case in found["cases"])
    assert found["build"].keys() == {"seconds", "cached", "log_tail"}
    assert found["timings"]["total"] > 0


def test_people_get_a_table_and_a_score(task: Path) -> None:
    told = attempt(PROBE / "prototype", task, env={**os.environ, "LANG": "en_GB.UTF-8", "LC_ALL": ""})
    assert told.returncode == 0
    assert "k1    ok" in told.stdout
    assert "Score    100.0 of 100" in told.stdout
    assert "\x1b" not in told.stdout


def test_an_archive_is_as_good_as_a_folder(task: Path, tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "siti"), "gztar", PROBE / "prototype")
    assert result(attempt(Path(archive), task, "--json"))["score"] == 100.0


@pytest.mark.parametrize(
    ("status", "body"),
    [
        ("not_ready", "import time\ntime.sleep(60)\ndef predict(task, input): return {}\n"),
        ("crashed", "import os\ndef predict(task, input): os._exit(3)\n"),
        ("out_of_memory", "def predict(task, input): return {'held': bool(b'x' * (2 << 30)), 'found': ''}\n"),
    ],
)
def test_each_end_has_a_status_and_a_message(status: str, body: str, task: Path, tmp_path: Path) -> None:
    told = attempt(app(tmp_path / "siti", body), task, "--json")
    found = result(told)
    assert (told.returncode, found["status"]) == (1, status)
    assert len(found["message"]) > 20


def test_slow_answers_fail_their_cases(task: Path, tmp_path: Path) -> None:
    slow = app(tmp_path / "siti", "import time\ndef predict(task, input):\n    time.sleep(30)\n    return {}\n")
    found = result(attempt(slow, task, "--json"))
    assert found["score"] == 0.0
    assert not any(case["passed"] for case in found["cases"])


def test_a_bad_answer_is_explained_by_case(task: Path, tmp_path: Path) -> None:
    told = attempt(app(tmp_path / "siti", "def predict(task, input): return 'held'\n"), task, "--json")
    found = result(told)
    assert (told.returncode, found["status"]) == (0, "ok")
    assert [case["passed"] for case in found["cases"]] == [False, False]
    assert all(case["message"] for case in found["cases"])


def test_a_build_that_fails_shows_its_log(task: Path, tmp_path: Path) -> None:
    folder = tmp_path / "budi"
    folder.mkdir()
    (folder / "Dockerfile").write_text('FROM gelanggang/python:latest\nRUN echo sampai-sini && false\nCMD ["true"]\n')
    told = attempt(folder, task, "--json")
    found = result(told)
    assert (told.returncode, found["status"]) == (1, "build_failed")
    assert "sampai-sini" in found["build"]["log_tail"]
    assert found["score"] is None


def test_what_no_archive_may_hold_is_refused(task: Path, tmp_path: Path) -> None:
    folder = app(tmp_path / "citra", "def predict(task, input): return {}\n")
    (folder / "rahasia").symlink_to("/etc/shadow")
    told = attempt(folder, task, "--json")
    found = result(told)
    assert (told.returncode, found["status"]) == (1, "refused")
    assert found["build"] == {"seconds": 0.0, "cached": False, "log_tail": ""}
    assert "rahasia" in found["message"]


def test_a_folder_without_a_program_is_refused(task: Path, tmp_path: Path) -> None:
    (tmp_path / "dewi").mkdir()
    (tmp_path / "dewi" / "catatan.txt").write_text("belum ada")
    told = attempt(tmp_path / "dewi", task, "--json")
    assert (told.returncode, result(told)["status"]) == (1, "refused")


def test_wrong_usage_is_two(tmp_path: Path) -> None:
    unknown = attempt(PROBE / "prototype", "tidak-ada", "--json")
    assert unknown.returncode == 2
    assert "otomasi-formulir" in json.loads(unknown.stdout.splitlines()[-1])["error"]["message"]["en"]
    text = tmp_path / "catatan.txt"
    text.write_text("x")
    assert attempt(text, PROBE).returncode == 2
    assert attempt(tmp_path / "hilang", PROBE).returncode == 2


def test_without_an_engine_it_is_ours_and_says_what_to_do(task: Path) -> None:
    nowhere = {**os.environ, "DOCKER_HOST": "unix:///nonexistent/docker.sock"}
    told = attempt(PROBE / "prototype", task, "--json", env=nowhere)
    assert told.returncode == 3
    error = json.loads(told.stdout.splitlines()[-1])["error"]
    assert error["code"] == "engine_unavailable"
    assert "make setup" in error["message"]["en"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_try_leaves_no_container(number: signal.Signals, tmp_path: Path) -> None:
    slow = app(tmp_path / "siti", "import time\ndef predict(task, input):\n    time.sleep(8)\n    return {}\n")
    command = [*GELANGGANG, "try", str(slow), "--task", str(PROBE)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 30
        # The grader and, beside it, the prototype.
        while len(owned_by(process.pid)) < 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        running = owned_by(process.pid)
        process.send_signal(number)
        _, told = process.communicate(timeout=30)
    assert len(running) >= 2
    assert process.returncode == 130
    assert "Traceback" not in told
    assert owned_by(process.pid) == []


def owned_by(pid: int) -> list[str]:
    """The containers of a process, dead or alive."""
    with closing(docker.from_env()) as engine:
        found = engine.api.containers(all=True, filters={"label": OURS})
    owners = [container["Labels"].get(OWNER, "") for container in found]
    return [owner for owner in owners if owner.split(":")[1:2] == [str(pid)]]


async def test_every_starter_kit_gives_a_score_as_it_is_downloaded(tmp_path: Path) -> None:
    for slug in benchmarks.available():
        track = Track(UUID(int=1), UUID(int=2), "kategori", Text(id="", en=""), 1, (TrackTask(slug),))
        kit = tmp_path / f"{slug}.zip"
        kit.write_bytes((await handout(Catalog(), track, slug, STARTER_KIT)).data)
        found = result(attempt(kit, slug, "--json"))
        assert found["status"] == "ok"
        assert found["score"] > 5.0, slug
        steady = found["qualities"]["consistency"]
        assert (steady["value"], steady["cases"]) == (1.0, 8), (slug, steady)
        assert found["qualities"]["robustness"]["value"] is not None, slug
        assert found["qualities"]["efficiency"]["cpu_seconds"] is not None, slug
        assert found["qualities"]["productivity"]["hand_minutes"] > 0, slug

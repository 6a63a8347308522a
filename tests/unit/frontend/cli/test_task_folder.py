"""`gelanggang task new`, `pack` and `add`: a task made, handed over as one file, and put into use."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from frontend.cli.frame import run
from hackathon.evaluations import Catalog
from sandbox.tasks import load_public_cases, load_task


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    """A command's exit status and its object."""
    status = run([*arguments[:2], "--json", *arguments[2:]])
    found: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return status, found


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    status, found = told(capsys, "task", "new", "bon-gudang", "--folder", str(tmp_path / "kerja"))
    assert (status, found["slug"]) == (0, "bon-gudang")
    return Path(found["folder"])


def test_a_new_task_is_whole_and_named_like_its_folder(folder: Path) -> None:
    task = load_task(folder)
    assert task.slug == folder.name == "bon-gudang"
    assert len(load_public_cases(task)) >= 30
    assert len(task.metrics) >= 3
    texts = {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}
    assert not [name for name, text in texts.items() if "permintaan-alat" in text]
    assert len(texts["starter/app.py"].splitlines()) < 60
    assert "gelanggang task check bon-gudang" in texts["README.md"]
    assert "--task bon-gudang" in texts["starter/README.md"]


@pytest.mark.parametrize(
    "slug", ["Bon", "bon_gudang", "bon--gudang", "-bon", "bon-", "2bon", "../bon", "a" * 65, "", "b\n"]
)
def test_a_slug_that_cannot_be_used_makes_nothing(
    slug: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, found = told(capsys, "task", "new", "--folder", str(tmp_path / "kerja"), "--", slug)
    assert (status, found["error"]["code"]) == (2, "slug_invalid")
    assert "laporan-bulanan" in found["error"]["message"]["id"]
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "task.toml").write_text("mine")
    status, found = told(capsys, "task", "new", "bon-gudang", "--folder", str(folder.parent))
    assert (status, found["error"]["code"]) == (2, "folder_exists")
    assert (folder / "task.toml").read_text() == "mine"


def test_the_same_task_is_the_same_file_without_what_is_nobody_elses(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = told(capsys, "task", "pack", str(folder), "-o", str(tmp_path / "a.zip"))[1]
    other = shutil.copytree(folder, tmp_path / "nama lain")
    for litter in (".git/config", "__pycache__/generate.cpython-311.pyc", "starter/.env", "baseline/.catatan"):
        (other / litter).parent.mkdir(exist_ok=True)
        (other / litter).write_text("rahasia")
    (other / "tautan").symlink_to("/etc/passwd")
    (other / "luar").symlink_to("/etc")
    # Packed into the folder itself, twice: the file from before is no part of the one made now.
    told(capsys, "task", "pack", str(other), "-o", str(other / "bon.zip"))
    status, second = told(capsys, "task", "pack", str(other), "-o", str(other / "bon.zip"))
    assert status == 0
    assert (tmp_path / "a.zip").read_bytes() == (other / "bon.zip").read_bytes()
    assert first["sha256"] == second["sha256"]
    assert second["hash"] == load_task(folder).hash
    assert second["left_out"] == [".git", "__pycache__", "baseline/.catatan", "luar", "starter/.env", "tautan"]
    names = zipfile.ZipFile(tmp_path / "a.zip").namelist()
    assert len(names) == first["files"] == sum(path.is_file() for path in folder.rglob("*"))
    assert all(name.startswith("bon-gudang/") for name in names)


def test_what_does_not_load_is_not_packed(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "words.toml").write_text("[story]\nid = 7\n")
    status, found = told(capsys, "task", "pack", str(folder), "-o", str(tmp_path / "a.zip"))
    assert (status, found["error"]["code"]) == (2, "task_invalid")
    assert "words.toml:2" in found["error"]["message"]["en"]
    assert not (tmp_path / "a.zip").exists()


def test_a_packed_task_is_put_into_use(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, tasks = tmp_path / "a.zip", tmp_path / "tugas"
    packed = told(capsys, "task", "pack", str(folder), "-o", str(archive))[1]

    status, found = told(capsys, "task", "add", str(archive))
    assert (status, found["error"]["code"]) == (2, "benchmarks_dir_unset")

    monkeypatch.setenv("GELANGGANG_BENCHMARKS_DIR", str(tasks))
    for _ in range(2):  # the same once more is no other
        status, found = told(capsys, "task", "add", str(archive))
        assert (status, found["hash"]) == (0, packed["hash"])
    assert Catalog(tasks).get("bon-gudang").hash == packed["hash"]
    assert [path.name for path in tasks.iterdir()] == ["bon-gudang"]

    text = (folder / "task.toml").read_text()
    (folder / "task.toml").write_text(text.replace('version = "1.0.0"', 'version = "1.1.0"'))
    newer = told(capsys, "task", "pack", str(folder), "-o", str(archive))[1]
    status, found = told(capsys, "task", "add", str(archive))
    assert (status, found["error"]["code"]) == (2, "folder_exists")
    assert load_task(tasks / "bon-gudang").hash == packed["hash"]
    status, found = told(capsys, "task", "add", str(archive), "--replace")
    assert (status, found["version"], found["hash"]) == (0, "1.1.0", newer["hash"])
    assert [path.name for path in tasks.iterdir()] == ["bon-gudang"]
    assert "bon-gudang" in {task["slug"] for task in told(capsys, "task", "list")[1]["tasks"]}


def test_a_part_of_the_task_that_would_stay_behind(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "test_tugas.py").rename(tmp_path / "luar.py")
    (folder / "test_tugas.py").symlink_to(tmp_path / "luar.py")
    (folder / "test_lain.py").write_text((tmp_path / "luar.py").read_text())
    status, found = told(capsys, "task", "pack", str(folder), "-o", str(tmp_path / "a.zip"))
    assert (status, found["error"]["code"]) == (2, "task_incomplete")
    assert "test_tugas.py" in found["error"]["message"]["en"]
    assert not (tmp_path / "a.zip").exists()


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"../bon/task.toml": "x"}, "archive_refused"),
        ({"bon/task.toml": "slug = 7"}, "task_invalid"),
        ({"catatan.txt": "bukan tugas"}, "task_invalid"),
    ],
)
def test_what_is_no_task_changes_nothing(
    members: dict[str, str], code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    status, found = told(capsys, "task", "add", str(tmp_path / "a.zip"), "--folder", str(tmp_path / "tugas"))
    assert (status, found["error"]["code"]) == (2, code)
    assert list((tmp_path / "tugas").iterdir()) == []

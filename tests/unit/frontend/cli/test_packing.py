import os
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from frontend.packing import CannotPack, is_archive, pack


@pytest.fixture
def prototype(tmp_path: Path) -> Path:
    folder = tmp_path / "siti"
    for name in (
        "app.py",
        "data/kota.txt",
        ".git/config",
        "__pycache__/app.cpython-311.pyc",
        "lib/node_modules/x/i.js",
        ".env",
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return folder


def test_the_same_files_give_the_same_bytes(prototype: Path, tmp_path: Path) -> None:
    first = pack(prototype, tmp_path / "a.zip")
    for path in prototype.rglob("*"):
        os.utime(path, (1, 1))
    second = pack(prototype, tmp_path / "b.zip")
    assert sha256(first.path.read_bytes()).digest() == sha256(second.path.read_bytes()).digest()


def test_junk_is_left_out_and_named(prototype: Path, tmp_path: Path) -> None:
    packed = pack(prototype, tmp_path / "a.zip")
    assert zipfile.ZipFile(packed.path).namelist() == ["app.py", "data/kota.txt"]
    assert packed.files == 2
    assert packed.skipped == (".env", ".git/", "__pycache__/", "lib/node_modules/")


def test_a_script_stays_executable(prototype: Path, tmp_path: Path) -> None:
    (prototype / "start.sh").write_text("#!/bin/sh\n")
    (prototype / "start.sh").chmod(0o700)
    modes = {
        info.filename: info.external_attr >> 16
        for info in zipfile.ZipFile(pack(prototype, tmp_path / "a.zip").path).infolist()
    }
    assert modes["start.sh"] & 0o777 == 0o755
    assert modes["app.py"] & 0o777 == 0o644


def test_a_link_is_named(prototype: Path, tmp_path: Path) -> None:
    (prototype / "data" / "rahasia").symlink_to("/etc/passwd")
    with pytest.raises(CannotPack, match="data/rahasia is a link"):
        pack(prototype, tmp_path / "a.zip")


def test_a_pipe_does_not_hang(prototype: Path, tmp_path: Path) -> None:
    os.mkfifo(prototype / "pipa")
    with pytest.raises(CannotPack, match="pipa is not a regular file"):
        pack(prototype, tmp_path / "a.zip")


def test_a_name_that_is_not_utf8_is_named(prototype: Path, tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(prototype) + b"/\xff.txt")).write_text("x")
    with pytest.raises(CannotPack, match="not UTF-8"):
        pack(prototype, tmp_path / "a.zip")


def test_a_folder_of_junk_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "kosong" / ".git").mkdir(parents=True)
    with pytest.raises(CannotPack, match="holds no file"):
        pack(tmp_path / "kosong", tmp_path / "a.zip")


def test_archives_are_known_by_name() -> None:
    assert is_archive(Path("Tim Siti.ZIP"))
    assert is_archive(Path("siti.tar.gz"))
    assert not is_archive(Path("siti.rar"))

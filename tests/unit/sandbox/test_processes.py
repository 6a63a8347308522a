"""Folders of processes that are gone are found, and nothing else is touched."""

import hashlib
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from sandbox.processes import make_folder, started, sweep_folders

HOST = hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


@pytest.fixture(autouse=True)
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_killed_process_leaves_nothing_and_a_living_one_keeps_its_own(rooms: Path) -> None:
    code = (
        "import os, signal, tempfile; from sandbox.processes import make_folder; made = make_folder('try');"
        "(made / 'socket').write_text('x'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code], env={**os.environ, "TMPDIR": str(rooms)}, check=False)
    left = {path.name for path in rooms.iterdir()}
    assert len(left) == 1
    mine = make_folder("try")
    assert mine.stat().st_mode & 0o777 == 0o700
    assert sweep_folders() == 1
    assert list(rooms.iterdir()) == [mine]


def test_a_number_that_another_process_has_now_does_not_keep_it(rooms: Path) -> None:
    (rooms / f"gelanggang-git-{os.getpid()}-1@00000000-{HOST}-abc").mkdir()
    assert sweep_folders() == 1


def test_links_files_and_foreign_names_stay(rooms: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    target = tmp_path_factory.mktemp("milik-orang")
    (rooms / f"gelanggang-try-1999999-1@00000000-{HOST}-abc").symlink_to(target)
    (rooms / f"gelanggang-try-1999999-1@00000000-{HOST}-def").write_text("")
    others = (
        "gelanggang-submit-k3_x",
        f"gelanggang-try-abc-1@00000000-{HOST}-abc",
        f"lain-try-1999999-1@00000000-{HOST}-abc",
        "gelanggang-try-1999999-1@00000000-0badc0de-abc",
    )
    for name in others:
        (rooms / name).mkdir()
    assert sweep_folders() == 0
    assert target.is_dir()


def test_nobody_started_a_number_that_is_free() -> None:
    assert started(os.getpid()) is not None
    assert started(2**22 + 1) is None

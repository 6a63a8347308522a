"""The parent cgroup of builds: made, limited, swept and removed in each way that an engine keeps cgroups."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.docker import build_pids
from sandbox.docker.build_pids import FoldersV1, FoldersV2, Groups, Slices, groups_of, pids_parent, sweep

SYSTEMD = """#!{python}
# Keeps slices as files of a folder: the name of the unit, the limit in it.
import json, pathlib, sys
home = pathlib.Path({home!r})
words = [word for word in sys.argv[1:] if not word.startswith("--")]
(home / "calls").open("a").write(json.dumps(sys.argv[1:]) + "\\n")
verb, unit = words[0], words[1]
limits = home / "limits"
if (home / "broken").exists():
    sys.exit("Failed to connect to bus")
if verb == "set-property":
    (limits / unit).write_text(words[2].removeprefix("TasksMax="))
elif verb == "show":
    print("infinity" if (home / "deaf").exists() else (limits / unit).read_text())
elif verb == "revert":
    (limits / unit).unlink()
elif verb == "list-units":
    for path in limits.glob(unit):
        print(path.name, "loaded active active", path.name)
"""


@pytest.fixture
def systemd(tmp_path: Path) -> Path:
    """A systemctl that does what ours asks of it; gives its folder."""
    (tmp_path / "limits").mkdir()
    program = tmp_path / "systemctl"
    program.write_text(SYSTEMD.format(python=sys.executable, home=str(tmp_path)))
    program.chmod(0o755)
    return tmp_path


def hierarchy(root: Path, version: int) -> Groups:
    """Folders that look like a hierarchy of cgroups."""
    if version == 1:
        for controller in ("pids", "memory"):
            (root / controller).mkdir()
        return FoldersV1(root)
    (root / "gelanggang-build").mkdir()
    for folder in (root, root / "gelanggang-build"):
        (folder / "cgroup.subtree_control").write_text("cpu memory")
    return FoldersV2(root)


def dead() -> int:
    """The number of a process that is gone."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_v1_limits_in_the_hierarchy_of_pids(tmp_path: Path) -> None:
    groups = hierarchy(tmp_path, 1)
    assert groups.make("1_ab", 64) == "/gelanggang-build/1_ab"
    assert (tmp_path / "pids/gelanggang-build/1_ab/pids.max").read_text() == "64"
    assert groups.names() == ["1_ab"]


def test_v1_removes_what_the_engine_made_in_the_others(tmp_path: Path) -> None:
    groups = hierarchy(tmp_path, 1)
    for controller in ("pids", "memory"):
        (tmp_path / controller / "gelanggang-build/1_ab").mkdir(parents=True)
    groups.remove("1_ab")
    assert groups.names() == []
    assert not (tmp_path / "memory/gelanggang-build/1_ab").exists()


def test_v2_hands_the_controller_down(tmp_path: Path) -> None:
    groups = hierarchy(tmp_path, 2)
    assert groups.make("1_ab", 64) == "/gelanggang-build/1_ab"
    assert (tmp_path / "gelanggang-build/1_ab/pids.max").read_text() == "64"
    assert (tmp_path / "cgroup.subtree_control").read_text() == "+pids"
    assert (tmp_path / "gelanggang-build/cgroup.subtree_control").read_text() == "+pids"
    assert groups.names() == ["1_ab"]


def test_v2_leaves_a_controller_that_is_handed_down_already(tmp_path: Path) -> None:
    groups = hierarchy(tmp_path, 2)
    (tmp_path / "cgroup.subtree_control").write_text("cpu pids memory")
    groups.make("1_ab", 64)
    assert (tmp_path / "cgroup.subtree_control").read_text() == "cpu pids memory"


def test_v2_without_a_hierarchy(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        FoldersV2(tmp_path).make("1_ab", 64)


def test_a_slice_of_systemd(systemd: Path) -> None:
    groups = Slices(str(systemd / "systemctl"))
    assert groups.make("1_ab", 64) == "gelanggang-build_1_ab.slice"
    assert (systemd / "limits/gelanggang-build_1_ab.slice").read_text() == "64"
    assert groups.names() == ["1_ab"]
    groups.remove("1_ab")
    assert groups.names() == []
    calls = (systemd / "calls").read_text()
    assert '"set-property", "--runtime", "gelanggang-build_1_ab.slice", "TasksMax=64"' in calls
    assert '"stop", "gelanggang-build_1_ab.slice"' in calls


def test_a_systemd_that_does_not_limit(systemd: Path) -> None:
    (systemd / "deaf").touch()
    with pytest.raises(OSError, match="did not take"):
        Slices(str(systemd / "systemctl")).make("1_ab", 64)


def test_a_systemd_that_does_not_answer(systemd: Path) -> None:
    (systemd / "broken").touch()
    groups = Slices(str(systemd / "systemctl"))
    with pytest.raises(OSError, match="connect to bus"):
        groups.make("1_ab", 64)
    groups.remove("1_ab")
    assert groups.names() == []


@pytest.mark.parametrize("version", [1, 2])
def test_only_what_the_dead_left_is_swept(tmp_path: Path, version: int) -> None:
    groups = hierarchy(tmp_path, version)
    home = tmp_path / "pids/gelanggang-build" if version == 1 else tmp_path / "gelanggang-build"
    names = {"mine": f"{os.getpid()}_ab", "dead": f"{dead()}_cd", "foreign": "lain"}
    for name in names.values():
        (home / name).mkdir(parents=True)
    sweep(groups)
    assert set(groups.names()) == {names["mine"], names["foreign"]}


@pytest.mark.parametrize(
    ("info", "kind"),
    [
        ({"CgroupDriver": "cgroupfs"}, FoldersV1),
        ({"CgroupDriver": "cgroupfs", "CgroupVersion": "1"}, FoldersV1),
        ({"CgroupDriver": "cgroupfs", "CgroupVersion": "2"}, FoldersV2),
        ({"CgroupDriver": "none", "CgroupVersion": "2"}, type(None)),
        ({}, type(None)),
    ],
)
def test_the_engine_says_which(info: dict[str, str], kind: type) -> None:
    assert type(groups_of(info)) is kind


@pytest.mark.parametrize("version", ["1", "2"])
def test_systemd_s_driver(systemd: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    info = {"CgroupDriver": "systemd", "CgroupVersion": version}
    monkeypatch.setenv("PATH", str(systemd))
    with pids_parent(info, 64) as parent:
        assert parent is not None
        assert (systemd / "limits" / parent).read_text() == "64"
    assert not list((systemd / "limits").iterdir())
    monkeypatch.setenv("PATH", str(systemd / "nothing"))
    assert groups_of(info) is None


def test_where_it_does_not_work_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "berkas").write_text("")
    monkeypatch.setattr(build_pids, "groups_of", lambda info: FoldersV1(tmp_path / "berkas"))
    with pids_parent({}, 64) as parent:
        assert parent is None

"""A limit on the processes of a build, which the build API does not have: a parent cgroup that has one.

It takes root on the engine's host; elsewhere a build has no such limit, which the proof of the walls finds out. Each
way of keeping cgroups has its own: folders below /sys/fs/cgroup for the engine's cgroupfs driver (one hierarchy for
each controller in v1, one for all in v2), slices for its systemd driver.
"""

import contextlib
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sandbox.docker.client import Clients, speaking

ROOT = Path("/sys/fs/cgroup")
_PARENT = "gelanggang-build"
_SLICE = "gelanggang-build_"
_SYSTEMCTL_SECONDS = 20.0
_A_FEW = 16


class Groups(Protocol):
    """One way of keeping cgroups."""

    def make(self, name: str, pids: int) -> str:
        """Make a group that allows `pids` processes; gives what the build API calls it. Raises OSError."""

    def remove(self, name: str) -> None:
        """Remove a group; one that still holds a container stays, for the sweep of a later build."""

    def names(self) -> list[str]:
        """The groups of ours that are there, whoever made them."""


@dataclass(frozen=True, slots=True)
class FoldersV1:
    """cgroup v1: the limit stands in the hierarchy of `pids`; the engine makes the same path in every other one."""

    root: Path = ROOT

    def make(self, name: str, pids: int) -> str:
        folder = self.root / "pids" / _PARENT / name
        folder.mkdir(parents=True)
        _limit(folder, pids)
        return f"/{_PARENT}/{name}"

    def remove(self, name: str) -> None:
        for folder in self.root.glob(f"*/{_PARENT}/{name}"):
            with contextlib.suppress(OSError):
                folder.rmdir()

    def names(self) -> list[str]:
        return _folders(self.root / "pids" / _PARENT)


@dataclass(frozen=True, slots=True)
class FoldersV2:
    """cgroup v2: one hierarchy, in which each level must hand the controller down to the next."""

    root: Path = ROOT

    def make(self, name: str, pids: int) -> str:
        parent = self.root / _PARENT
        parent.mkdir(exist_ok=True)
        for folder in (self.root, parent):
            if "pids" not in (folder / "cgroup.subtree_control").read_text().split():
                (folder / "cgroup.subtree_control").write_text("+pids")
        (parent / name).mkdir()
        _limit(parent / name, pids)
        return f"/{_PARENT}/{name}"

    def remove(self, name: str) -> None:
        with contextlib.suppress(OSError):
            (self.root / _PARENT / name).rmdir()

    def names(self) -> list[str]:
        return _folders(self.root / _PARENT)


@dataclass(frozen=True, slots=True)
class Slices:
    """systemd keeps the groups, of either version, and takes them apart when it does not know them: so it is asked."""

    systemctl: str

    def make(self, name: str, pids: int) -> str:
        unit = f"{_SLICE}{name}.slice"
        # Until the next boot, and without a file of ours: a slice needs none.
        self._ask("set-property", "--runtime", unit, f"TasksMax={pids}")
        self._ask("start", unit)
        if self._ask("show", "--property=TasksMax", "--value", unit).strip() != str(pids):
            raise OSError(f"systemd did not take the limit of {unit}")
        return unit

    def remove(self, name: str) -> None:
        unit = f"{_SLICE}{name}.slice"
        for words in (("stop", unit), ("revert", unit)):
            with contextlib.suppress(OSError):
                self._ask(*words)

    def names(self) -> list[str]:
        try:
            listed = self._ask("list-units", "--plain", "--no-legend", "--all", "--type=slice", f"{_SLICE}*")
        except OSError:
            return []
        units = [line.split()[0] for line in listed.splitlines() if line.split()]
        return [unit.removeprefix(_SLICE).removesuffix(".slice") for unit in units if unit.startswith(_SLICE)]

    def _ask(self, *words: str) -> str:
        try:
            ended = subprocess.run(
                [self.systemctl, "--no-ask-password", *words],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                timeout=_SYSTEMCTL_SECONDS,
            )
        except subprocess.TimeoutExpired:
            raise OSError("systemd does not answer") from None
        if ended.returncode != 0:
            raise OSError(ended.stderr.strip() or f"systemctl ended with {ended.returncode}")
        return ended.stdout


def groups_of(info: Mapping[str, Any]) -> Groups | None:
    """The way of keeping cgroups that the engine (as its `/info` tells) uses; None for one that is not known here."""
    driver, version = info.get("CgroupDriver"), str(info.get("CgroupVersion") or "1")
    if driver == "cgroupfs":
        return FoldersV1() if version == "1" else FoldersV2()
    systemctl = shutil.which("systemctl")
    return Slices(systemctl) if driver == "systemd" and systemctl else None


@contextlib.contextmanager
def pids_parent(info: Mapping[str, Any], pids: int) -> Iterator[str | None]:
    """Make a parent cgroup that allows `pids` processes; gives its name for the build API, None where that does not
    work.
    """
    groups = groups_of(info)
    if groups is None:
        yield None
        return
    sweep(groups)
    name = f"{os.getpid()}_{secrets.token_hex(8)}"
    try:
        parent = groups.make(name, pids)
    except OSError:
        groups.remove(name)
        yield None
        return
    try:
        yield parent
    finally:
        groups.remove(name)


def can_bound() -> bool:
    """Whether this process can make such a parent for the engine. Raises EngineUnavailable."""
    clients = Clients()
    try:
        client = clients.get()
        with speaking():
            info = client.info()
        with pids_parent(info, _A_FEW) as parent:
            return parent is not None
    finally:
        clients.close()


def sweep(groups: Groups) -> None:
    """Remove what builds of dead processes left."""
    for name in groups.names():
        owner = name.replace("-", "_").partition("_")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            groups.remove(name)


def _limit(folder: Path, pids: int) -> None:
    (folder / "pids.max").write_text(str(pids))


def _folders(parent: Path) -> list[str]:
    try:
        return [folder.name for folder in parent.iterdir() if folder.is_dir()]
    except OSError:
        return []

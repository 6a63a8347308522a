"""What a task's measurement needs beyond pytest: its `requirements.txt`, a complete list of packages at fixed versions.

Only the grader has them, never a prototype. Tasks that are evaluated together share a grader, so they must want the
same version of a package.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from sandbox.errors import TaskInvalid

NAME = "requirements.txt"
MOST = 100

_LINE = re.compile(
    r"(?P<name>[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?)\s*==\s*(?P<version>[A-Za-z0-9.!+_-]{1,64})"
    r"(?P<hashes>(?:\s+--hash=sha256:[0-9a-f]{64})*)"
)
_COMMENT = re.compile(r"(?:^|\s)#.*$")


@dataclass(frozen=True, slots=True)
class Package:
    """A package at a fixed version: `name` as indexes write it, `hashes` (SHA-256) of the files that may be taken, all
    where there are none.
    """

    name: str
    version: str
    hashes: tuple[str, ...] = ()
    line: int = 0

    def __str__(self) -> str:
        return f"{self.name}=={self.version}"

    @property
    def wanted(self) -> str:
        """The line for pip."""
        return str(self) + "".join(f" --hash=sha256:{one}" for one in self.hashes)


def read_packages(data: bytes) -> tuple[Package, ...]:
    """The packages that a `requirements.txt` names, by name. Raises TaskInvalid with the line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TaskInvalid(NAME, "not UTF-8", data[: error.start].count(b"\n") + 1) from error
    found: dict[str, Package] = {}
    for number, line in _lines(text):
        package = _package(line, number)
        if package.name in found:
            raise TaskInvalid(
                NAME, f"`{package.name}` is there twice, first in line {found[package.name].line}", number
            )
        if package.name in held():
            reason = f"the grader holds `{package.name}` {held()[package.name]} already: remove this line"
            raise TaskInvalid(NAME, reason, number)
        if len(found) >= MOST:
            raise TaskInvalid(NAME, f"more than {MOST} packages", number)
        found[package.name] = package
    return tuple(found[name] for name in sorted(found))


def together(wanted: Mapping[str, tuple[Package, ...]]) -> tuple[Package, ...]:
    """The packages of several tasks (by slug) in one grader, by name.

    Raises TaskInvalid, with file and line, where two want different versions of one.
    """
    found: dict[str, tuple[str, Package]] = {}
    for slug in sorted(wanted):
        for package in wanted[slug]:
            other, there = found.setdefault(package.name, (slug, package))
            if there.version != package.version:
                reason = f"`{package}`, but `{other}`, which is evaluated with it, wants `{there}` (line {there.line})"
                raise TaskInvalid(f"{slug}/{NAME}", reason, package.line)
            hashes = tuple(sorted({*there.hashes, *package.hashes})) if there.hashes and package.hashes else ()
            # Whoever names hashes takes no other file, whatever the other task would take.
            found[package.name] = (other, replace(there, hashes=hashes or there.hashes or package.hashes))
    return tuple(found[name][1] for name in sorted(found))


@cache
def held() -> Mapping[str, str]:
    """What every grader has, by name: pytest and its companions."""
    lock = resources.files("sandbox.grader").joinpath("requirements.lock").read_text(encoding="utf-8")
    pairs = (line.split()[0].split("==") for line in lock.splitlines() if "==" in line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pairs}


def _lines(text: str) -> list[tuple[int, str]]:
    """Lines that say something with their numbers, continued ones joined."""
    lines, joined, first = [], "", 0
    for number, raw in enumerate(text.splitlines(), start=1):
        first = first or number
        line = _COMMENT.sub("", raw).rstrip()
        if line.endswith("\\"):
            joined += line[:-1] + " "
            continue
        if (joined + line).strip():
            lines.append((first, (joined + line).strip()))
        joined, first = "", 0
    return [*lines, (first, joined.strip())] if joined.strip() else lines


def _package(line: str, number: int) -> Package:
    told = "write one `name==version` a line, with `--hash=sha256:...` where you like; pin what packages need too"
    found = _LINE.fullmatch(line)
    if found is None:
        raise TaskInvalid(NAME, f"`{line[:80]}`: {told}", number)
    try:
        version = str(Version(found["version"]))
    except InvalidVersion as error:
        raise TaskInvalid(NAME, f"`{found['version']}` is no version: {told}", number) from error
    hashes = tuple(sorted({one.rpartition(":")[2] for one in found["hashes"].split()}))
    return Package(canonicalize_name(found["name"]), version, hashes, number)

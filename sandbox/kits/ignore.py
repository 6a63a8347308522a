""".dockerignore, as the Docker command line heeds it: the builder's API leaves that to its caller.

Patterns follow moby/patternmatcher: `*`, `?`, `[a-z]` within a name, `**` over any number of folders, `!` takes back,
the last match counts,
and what matches a folder matches all in it. Matching one name takes steps in proportion to pattern times name at worst;
for all names together they are bounded.
"""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from sandbox.kits.model import KitRule
from sandbox.limits import KIB
from sandbox.refusal import refuse

NAME = ".dockerignore"
MAX_BYTES = 64 * KIB
MAX_PATTERNS = 100
MAX_STEPS = 30_000_000
"""Steps of matching for a whole source: some five seconds. Ten thousand files and fifty sane patterns take a fifth."""

_DEEP = "**"
_Sign = Callable[[str], bool]
# None stands for `*`; every other token takes one sign.
_Glob = tuple[_Sign | None, ...]


@dataclass(frozen=True, slots=True)
class _Pattern:
    keeps: bool
    parts: tuple[str | _Glob, ...]


class Ignore:
    """The patterns of one .dockerignore."""

    def __init__(self, patterns: tuple[_Pattern, ...]) -> None:
        self._patterns = patterns
        self._steps = 0

    def excludes(self, path: str) -> bool:
        """Whether the file at `path` stays out of the build context. Raises Refused when all took too many steps."""
        parts = path.split("/")
        excluded = False
        for pattern in self._patterns:
            if pattern.keeps == excluded and self._matches(pattern.parts, parts):
                excluded = not pattern.keeps
        return excluded

    def _matches(self, pattern: tuple[str | _Glob, ...], parts: list[str]) -> bool:
        """Whether `pattern` matches the path of `parts` or a folder above it: all places in the pattern are followed
        at once."""
        places = _open({0}, pattern)
        for part in parts:
            self._count(len(places))
            following: set[int] = set()
            for place in places:
                wanted = pattern[place]
                if wanted == _DEEP:
                    following.add(place)
                    if place + 1 == len(pattern):
                        return True
                elif wanted == part if isinstance(wanted, str) else self._matches_name(wanted, part):
                    following.add(place + 1)
            if len(pattern) in following:
                return True
            places = _open(following, pattern)
        return False

    def _matches_name(self, glob: _Glob, name: str) -> bool:
        at = place = steps = 0
        star, resume = -1, 0
        while at < len(name):
            steps += 1
            token = glob[place] if place < len(glob) else None
            if token is not None and token(name[at]):
                at += 1
                place += 1
            elif place < len(glob) and token is None:
                star, resume = place, at
                place += 1
            elif star >= 0:
                resume += 1
                at, place = resume, star + 1
            else:
                break
        self._count(steps)
        return at >= len(name) and all(token is None for token in glob[place:])

    def _count(self, steps: int) -> None:
        self._steps += steps
        if self._steps > MAX_STEPS:
            _refuse("memuat pola yang terlalu rumit untuk arsip ini", "too complicated for this archive")


def read_ignore(data: bytes | None) -> Ignore:
    """Read a .dockerignore; None where the source has none. Raises Refused."""
    if data is None:
        return Ignore(())
    if len(data) > MAX_BYTES:
        _refuse(f"lebih besar dari {MAX_BYTES // KIB} KiB", f"larger than {MAX_BYTES // KIB} KiB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse("bukan teks UTF-8", "not UTF-8 text")
    lines = [line.strip() for line in text.splitlines()]
    patterns = tuple(_pattern(line) for line in lines if line and not line.startswith("#"))
    if len(patterns) > MAX_PATTERNS:
        _refuse(f"lebih dari {MAX_PATTERNS} pola", f"more than {MAX_PATTERNS} patterns")
    return Ignore(tuple(pattern for pattern in patterns if pattern.parts))


def _pattern(line: str) -> _Pattern:
    keeps = line.startswith("!")
    path = posixpath.normpath(line.removeprefix("!").strip() or ".").lstrip("/")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    # `**/**` says no more than `**`.
    parts = [part for part, before in zip(parts, ["", *parts], strict=False) if part != _DEEP or before != _DEEP]
    return _Pattern(keeps, tuple(part if part == _DEEP or _is_plain(part) else _glob(part) for part in parts))


def _is_plain(part: str) -> bool:
    return not any(sign in part for sign in "*?[\\")


def _glob(part: str) -> _Glob:
    tokens: list[_Sign | None] = []
    at = 0
    while at < len(part):
        sign = part[at]
        close = part.find("]", at + 2)
        if sign == "*":
            if not tokens or tokens[-1] is not None:
                tokens.append(None)
        elif sign == "?":
            tokens.append(lambda _: True)
        elif sign == "[" and close > 0:
            tokens.append(_one_of(part[at + 1 : close]))
            at = close
        else:
            if sign == "\\" and at + 1 < len(part):
                at += 1
            tokens.append(part[at].__eq__)
        at += 1
    return tuple(tokens)


def _one_of(body: str) -> _Sign:
    inverted = body.startswith("^")
    body = body.removeprefix("^")
    ranges: list[tuple[str, str]] = []
    at = 0
    while at < len(body):
        if body[at + 1 : at + 2] == "-" and at + 2 < len(body):
            ranges.append((body[at], body[at + 2]))
            at += 3
        else:
            ranges.append((body[at], body[at]))
            at += 1
    # One look-up, however many ranges there are.
    known = "".join(f"{re.escape(low)}-{re.escape(high)}" for low, high in ranges if low <= high)
    if not known:
        return lambda _: inverted
    found = re.compile(f"[{known}]", re.DOTALL)
    return lambda sign: (found.match(sign) is not None) != inverted


def _open(places: set[int], pattern: tuple[str | _Glob, ...]) -> set[int]:
    """`places` with those reached because `**` may stand for no folder at all; at the end of a pattern it needs one."""
    found = set(places)
    for place in sorted(places):
        while place + 1 < len(pattern) and pattern[place] == _DEEP:
            place += 1
            found.add(place)
    return found


def _refuse(id: str, en: str) -> NoReturn:
    refuse(
        KitRule.IGNORE,
        f"{NAME} {id}. Perbaiki atau hapus, lalu kirim lagi.",
        f"{NAME} is {en}. Mend or remove it and send it again.",
        entry=NAME,
    )

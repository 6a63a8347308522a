"""Strict TOML: every error names the file, and the line wherever one can be told."""

import re
import tomllib
from collections.abc import Collection
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_SYNTAX_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_VALUE_PATH = re.compile(r" - at `(?:key in )?\$?([^`]*)`$")
_STEP = re.compile(r"\.([A-Za-z0-9_-]+)|\[(\d+)\]|\[\.\.\.\]")
_UNKNOWN = re.compile(r"unknown field `([^`]+)`")
# Possessive: a team writes these lines, and a long row of blanks must not make them go back and forth for hours.
_HEADER = re.compile(r"\s*+(\[\[?)([^\]#]++)\]\]?\s*+(?:#.*)?$")
_KEY = re.compile(r"\s*+([A-Za-z0-9_\-.\"' \t]++)=")


class TomlInvalid(Exception):
    """The document cannot be read as the wanted type: `line` (1-based, None where unknown) and `reason`."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason if line is None else f"line {line}: {reason}")
        self.reason = reason
        self.line = line


def decode(data: bytes, kind: type[T], *, without: Collection[str] = ()) -> T:
    """Read `data` as TOML into `kind` (a msgspec Struct or a dataclass), without coercion. Top keys of `without` are
    left to another reader.

    Raises TomlInvalid for bad UTF-8, bad TOML, wrong types, missing and unknown fields.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TomlInvalid("not UTF-8", data[: error.start].count(b"\n") + 1) from error
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _SYNTAX_LINE.search(str(error))
        raise TomlInvalid(_SYNTAX_LINE.sub("", str(error)).strip(), int(found[1]) if found else None) from error
    except RecursionError as error:
        raise TomlInvalid("nested too deeply") from error
    try:
        return msgspec.convert({key: value for key, value in document.items() if key not in without}, kind)
    except msgspec.ValidationError as error:
        raise TomlInvalid(str(error).replace("`$.", "`"), _line_of_error(text, str(error))) from error


def line_of(text: str, path: tuple[str | int, ...]) -> int | None:
    """The line (1-based) where `path`, such as ("metrics", 2, "weight"), stands in the TOML `text`.

    Falls back to the nearest enclosing table; None where not even that is found.
    """
    best: tuple[int, int] | None = None
    for number, here in _places(text):
        if here == path[: len(here)] and (best is None or len(here) > best[0]):
            best = (len(here), number)
    return best[1] if best else None


def _line_of_error(text: str, message: str) -> int | None:
    found = _VALUE_PATH.search(message)
    steps = _STEP.finditer(found[1]) if found else ()
    path = tuple(int(step[2]) if step[2] else step[1] for step in steps if step[1] or step[2])
    unknown = _UNKNOWN.search(message)
    return line_of(text, (*path, unknown[1]) if unknown else path) if path or unknown else None


def _places(text: str) -> list[tuple[int, tuple[str | int, ...]]]:
    """Each header and key of `text` with its line and full path. Arrays of tables count from 0."""
    places: list[tuple[int, tuple[str | int, ...]]] = []
    counts: dict[tuple[Any, ...], int] = {}
    table: tuple[str | int, ...] = ()
    inside = ""
    for number, line in enumerate(text.splitlines(), start=1):
        # A multi-line string may hold lines that look like keys.
        if inside:
            if line.count(inside) % 2:
                inside = ""
            continue
        header = _HEADER.match(line)
        key = _KEY.match(line)
        if header:
            table = _indexed(_parts(header[2]), counts)
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            places.append((number, table))
        elif key:
            places.append((number, (*table, *_parts(key[1]))))
        for quote in ('"""', "'''"):
            if line.count(quote) % 2:
                inside = quote
    return places


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _indexed(parts: tuple[str, ...], counts: dict[tuple[Any, ...], int]) -> tuple[str | int, ...]:
    """Put the running index behind each array of tables that `parts` (all but its last) passes through."""
    path: tuple[str | int, ...] = ()
    for position, part in enumerate(parts):
        path = (*path, part)
        if path in counts and position < len(parts) - 1:
            path = (*path, counts[path])
    return path

"""Where in a task's folder something stands: the line to mend, for every kind of file it holds."""

import ast
import json
import re
from collections.abc import Sequence
from pathlib import Path

from sandbox import toml

# What gives something else the next time it runs. `random.Random(seed)` is the way.
_CHANCE = re.compile(
    r"random\.Random\(\)|\brandom\.(?:random|choices?|randrange|randint|sample|shuffle|uniform|gauss)\("
    r"|\burandom\b|\bsecrets\.|\buuid\d?\b|\btime\.|\.now\(|\.today\(|(?<![\w.])hash\("
)


def text_of(path: Path) -> str:
    """What a file holds; empty where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def case_lines(text: str) -> list[int]:
    """The line of each case in a file of JSON lines; blank ones hold none."""
    return [number for number, line in enumerate(text.split("\n"), start=1) if line.strip()]


def function_line(source: str, name: str) -> int | None:
    """The line where a module defines the function `name`."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return None
    return next((node.lineno for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name), None)


def functions(source: str) -> set[str]:
    """The functions that a module defines. Raises SyntaxError."""
    return {node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}


def line_with(text: str, *parts: str) -> int | None:
    """The first line that holds all `parts`."""
    return next((at for at, line in enumerate(text.splitlines(), start=1) if all(part in line for part in parts)), None)


def chance_line(source: str) -> int | None:
    """The first line that looks as if it gave something else the next time."""
    return next((at for at, line in enumerate(source.splitlines(), start=1) if _CHANCE.search(line)), None)


def metric_line(task_toml: str, position: int, key: str) -> int | None:
    """The line of a key of the metric at `position`."""
    return toml.line_of(task_toml, ("metrics", position, key))


def json_line(text: str, path: Sequence[str | int]) -> int:
    """The line where `path` stands in a JSON document; of the last step that is found there."""
    at = _skip(text, 0)
    for step in path:
        found = _step(text, at, step)
        if found is None:
            break
        at = found
    return text.count("\n", 0, at) + 1


def _step(text: str, at: int, step: str | int) -> int | None:
    """Where the value of `step` begins, in the object or array that begins at `at`."""
    decoder = json.JSONDecoder()
    number = 0
    try:
        opening, inside = text[at], _skip(text, at + 1)
        while opening in "{[" and text[inside] not in "]}":
            key: str | int = number
            if opening == "{":
                key, inside = decoder.raw_decode(text, inside)
                inside = _skip(text, inside)
            if key == step:
                return inside
            _, inside = decoder.raw_decode(text, inside)
            inside, number = _skip(text, inside), number + 1
    except (ValueError, IndexError):
        return None
    return None


def _skip(text: str, at: int) -> int:
    """The next place that holds neither blank nor `,` nor `:`."""
    while at < len(text) and text[at] in " \t\r\n,:":
        at += 1
    return at

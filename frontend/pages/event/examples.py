"""Input and answer of a case, laid out for reading: letters as letters, lists as tables, the rest as compact JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

WIDTH = 72
"""What fits into a line stays in one."""

MOST = 6_000
"""Characters of a shown value; a case may be larger than a page should be."""

MOST_COLUMNS, MOST_ROWS = 5, 60


class Shape(StrEnum):
    """How a value is shown: text of several lines, a table, names with values, or JSON."""

    PROSE = "prose"
    ROWS = "rows"
    PAIRS = "pairs"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of a case. `value` is for prose and JSON, `columns` and `rows` for tables; a cell that is None was
    null.
    """

    name: str
    shape: Shape
    value: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str | None, ...], ...] = ()


def lay_out(value: Mapping[str, Any]) -> tuple[ShownField, ...]:
    """The fields of an input or an answer in their order."""
    return tuple(_field(name, part) for name, part in value.items())


def compact(value: Any, indent: int = 0) -> str:
    """JSON whose objects and lists break into lines only where they do not fit into one."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + indent <= WIDTH or not isinstance(value, dict | list) or not value:
        return line
    pad = " " * (indent + 2)
    if isinstance(value, dict):
        parts = [f"{json.dumps(name, ensure_ascii=False)}: {compact(part, indent + 2)}" for name, part in value.items()]
    else:
        parts = [compact(part, indent + 2) for part in value]
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    return f"{opening}\n" + ",\n".join(pad + part for part in parts) + f"\n{' ' * indent}{closing}"


def clipped(text: str) -> str:
    """As much of a text as a page shows."""
    return text if len(text) <= MOST else f"{text[:MOST]} …"


def _field(name: str, value: Any) -> ShownField:
    if isinstance(value, str) and "\n" in value:
        return ShownField(name, Shape.PROSE, clipped(value))
    if isinstance(value, dict) and 0 < len(value) <= MOST_ROWS and all(map(_flat, value.values())):
        return ShownField(name, Shape.PAIRS, rows=tuple((key, _cell(part)) for key, part in value.items()))
    columns = _columns(value)
    if columns:
        rows = tuple(tuple(_cell(row[column]) if column in row else "" for column in columns) for row in value)
        return ShownField(name, Shape.ROWS, columns=columns, rows=rows)
    return ShownField(name, Shape.JSON, clipped(compact(value)))


def _columns(value: Any) -> tuple[str, ...]:
    """The columns of a list of flat objects, in the order in which they come up; none for anything else."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST_ROWS:
        return ()
    if not all(isinstance(row, dict) and all(map(_flat, row.values())) for row in value):
        return ()
    columns = tuple(dict.fromkeys(column for row in value for column in row))
    return columns if len(columns) <= MOST_COLUMNS else ()


def _flat(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(part, str | int | float) for part in value)
    return value is None or isinstance(value, str | int | float)


def _cell(value: Any) -> str | None:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value)

"""Input and answer of a case, laid out for reading: letters as letters, the rest as compact JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WIDTH = 72
"""What fits into a line stays in one."""

MOST = 6_000
"""Characters of a shown value; a case may be larger than a page should be."""


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of a case. `prose`: its value is text of several lines and shown as such, else it is JSON."""

    name: str
    value: str
    prose: bool


def lay_out(value: Mapping[str, Any]) -> tuple[ShownField, ...]:
    """The fields of an input or an answer in their order."""
    shown = []
    for name, part in value.items():
        prose = isinstance(part, str) and "\n" in part
        text = part if prose else compact(part)
        shown.append(ShownField(name, text if len(text) <= MOST else f"{text[:MOST]} …", prose))
    return tuple(shown)


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

"""The sentences of templates and code that are said to people, found by reading the sources."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from frontend.rendering import TEMPLATES

FRONTEND = TEMPLATES.parent
NOT_READ = ("cli", "demo", "bench", "static", "templates", "locale")
"""Folders whose code says nothing on pages."""

_CALL = re.compile(r"""(?<![\w.])(tn?)\(\s*"((?:[^"\\]|\\.)*)\"""")
_SAYING = {"say": 1, "message": 0}
_COUNTING = {"say_count": 1, "told": 0}


@dataclass(frozen=True, order=True)
class Sentence:
    """A sentence in the source language; `counted`: its English depends on a number."""

    text: str
    counted: bool
    where: str


def template_sentences() -> Iterator[Sentence]:
    """What templates say through `t` and `tn`."""
    for path in sorted(TEMPLATES.rglob("*.html")):
        for name, text in _CALL.findall(path.read_text(encoding="utf-8")):
            yield Sentence(text, name == "tn", str(path.relative_to(FRONTEND)))


def code_sentences() -> Iterator[Sentence]:
    """What code says through `say`, `say_count` and `message`."""
    for path in sorted(FRONTEND.rglob("*.py")):
        if path.relative_to(FRONTEND).parts[0] in NOT_READ:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            counted = node.func.id in _COUNTING
            position = (_COUNTING if counted else _SAYING).get(node.func.id)
            if position is not None and position < len(node.args):
                argument = node.args[position]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield Sentence(argument.value, counted, str(path.relative_to(FRONTEND)))

"""Every sentence that code holds in both languages has both, with the same values in them, each in its own language."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("sandbox", "hackathon", "judging", "frontend")

SAME_IN_BOTH = {"Build", "log"}
"""Words that need no translation."""

INDONESIAN = {"yang", "dan", "tidak", "untuk", "dengan", "belum", "sudah", "dari", "atau", "karena", "bisa", "oleh"}
ENGLISH = {"the", "and", "of", "with", "your", "you", "this", "that", "was", "were", "from", "not", "is"}

WORD = re.compile(r"[A-Za-z]+(?:[-_.][A-Za-z0-9]+)*")
QUOTED = re.compile(r"`[^`]*`|“[^”]*”|\{[^}]*\}")


@dataclass(frozen=True)
class Pair:
    """A text in both languages. Values that are put in stand as `{expression}`."""

    id: str
    en: str
    where: str


def spoken(node: ast.expr) -> str | None:
    """The words of a string or f-string; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = []
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                parts.append("{" + ast.unparse(part.value) + "}")
            elif isinstance(part, ast.Constant):
                parts.append(str(part.value))
        return "".join(parts)
    return None


def pairs() -> Iterator[Pair]:
    """All that are written out in code."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if {"prototypes", "piccolo_migrations", "bench"} & set(path.parts):
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id != "Text":
                    continue
                named = {word.arg: word.value for word in node.keywords}
                sides = node.args if len(node.args) == 2 else [named.get("id"), named.get("en")]
                if sides[0] is None or sides[1] is None:
                    continue  # a column of a table
                id_, en = spoken(sides[0]), spoken(sides[1])
                # Both empty is no sentence: nothing is said yet.
                if id_ is not None and en is not None and (id_ or en):
                    yield Pair(id_, en, f"{path.relative_to(ROOT)}:{node.lineno}")


PAIRS = tuple(pairs())


def words(text: str) -> set[str]:
    """Its words in small letters, without what is quoted or put in."""
    return {word.lower() for word in WORD.findall(QUOTED.sub(" ", text))}


def test_they_are_found() -> None:
    assert len(PAIRS) > 200


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.where)
def test_both_sides_are_there_and_differ(pair: Pair) -> None:
    assert pair.id.strip()
    assert pair.en.strip()
    bare = QUOTED.sub("", pair.id).strip(" .:–-")
    assert pair.id != pair.en or not WORD.search(bare) or bare in SAME_IN_BOTH
    assert words(pair.id) & ENGLISH == set()
    assert words(pair.en) & INDONESIAN == set()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.where)
def test_both_sides_end_alike(pair: Pair) -> None:
    assert (pair.id[-1] in ".?!:") == (pair.en[-1] in ".?!:")

"""Everything that a person can do has words on the page of their own data."""

import ast
from collections.abc import Iterator
from pathlib import Path

from frontend.pages.account.data import ACTS, LETTERS
from hackathon.mail import Kind
from hackathon.teams import Approval

ROOT = Path(__file__).parents[4]

BY_ITSELF = {
    "commit.received",
    "commit.refused",
    "evaluation.finished",
    "evaluation.started",
    "judged.fixed",
    "judged.lifted",
    "mail.undelivered",
    "pitch.drawn",
    "publication.published",
    "seed.read",
}
"""What no person does."""

MADE = {
    "f'team.{approval}'": [f"team.{one}" for one in Approval if one is not Approval.PENDING],
    "f'commit.{state}'": ["commit.received", "commit.refused"],
}
"""Kinds that are put together where they are appended."""


def kinds() -> Iterator[str]:
    """What services append to the outbox."""
    for package in ("hackathon", "judging"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "outbox.append":
                    kind = node.args[0]
                    if isinstance(kind, ast.Constant):
                        yield str(kind.value)
                        continue
                    assert ast.unparse(kind) in MADE, f"{path}:{node.lineno}"
                    yield from MADE[ast.unparse(kind)]


def test_every_kind_of_letter_has_words() -> None:
    assert set(LETTERS) == {kind.value for kind in Kind}


def test_every_kind_has_words_or_is_nobodys() -> None:
    found = set(kinds())
    assert len(found) > 40
    assert found - set(ACTS) - BY_ITSELF == set()
    assert (set(ACTS) | BY_ITSELF) - found == set()

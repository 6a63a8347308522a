"""A card's answers, what each must hold, and a card as it was saved."""

import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sandbox.model import Text

_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")


@dataclass(frozen=True, slots=True)
class Field:
    """One question of the card: its key in `prototype.toml`, what messages call it, and how long an answer is."""

    name: str
    title: Text
    shortest: int
    longest: int
    lines: bool = True


FIELDS = (
    Field("name", Text("nama prototipe", "the prototype's name"), 2, 80, lines=False),
    Field("summary", Text("ringkasan", "the summary"), 20, 500),
    Field("data_used", Text("data yang dipakai", "the data used"), 40, 4000),
    Field("limits", Text("batas yang diketahui", "the known limits"), 40, 4000),
    Field("human_oversight", Text("pengawasan manusia", "the human oversight"), 40, 4000),
)
"""The questions in their order. Lengths are in characters; the longest are those of `prototype.toml`."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a team wrote, by question; empty where nothing was written."""

    name: str = ""
    summary: str = ""
    data_used: str = ""
    limits: str = ""
    human_oversight: str = ""

    def mapping(self) -> dict[str, str]:
        """By name of the question."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Card:
    """A card as it was saved. Versions count from 1 within the entry; `author` is who saved it."""

    entry_id: UUID
    version: int
    answers: Answers
    account_id: UUID
    author: str
    saved_at: datetime

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not problems(self.answers)

    @property
    def answered(self) -> int:
        """How many questions are answered as they should be."""
        return len(FIELDS) - len(problems(self.answers))


def tidy(typed: Mapping[str, str]) -> Answers:
    """Answers as they are kept: NFC, no ends, signs that do not show left out."""
    return Answers(**{field.name: _tidied(typed.get(field.name, ""), lines=field.lines) for field in FIELDS})


def from_manifest(manifest: Mapping[str, Any]) -> Answers:
    """What a submission's `prototype.toml` says already."""
    card = manifest.get("card")
    table = {**manifest, **card} if isinstance(card, Mapping) else manifest
    return tidy({field.name: str(table.get(field.name) or "") for field in FIELDS})


def too_long(answers: Answers) -> dict[str, Text]:
    """What is too long to be kept at all, by question."""
    wrong = {}
    for field in FIELDS:
        length = len(getattr(answers, field.name))
        if length > field.longest:
            wrong[field.name] = Text(
                f"Ringkas {field.title.id} menjadi paling banyak {field.longest} huruf. Sekarang {length}.",
                f"Shorten {field.title.en} to {field.longest} letters at most. It has {length} now.",
            )
    return wrong


def problems(answers: Answers) -> dict[str, Text]:
    """What keeps the card from being complete, by question, in their order."""
    wrong = {}
    for field in FIELDS:
        length = len(getattr(answers, field.name))
        if length == 0:
            wrong[field.name] = Text(
                f"Isi {field.title.id}, paling sedikit {field.shortest} huruf.",
                f"Fill in {field.title.en}, with {field.shortest} letters at least.",
            )
        elif length < field.shortest:
            wrong[field.name] = Text(
                f"Lengkapi {field.title.id}: paling sedikit {field.shortest} huruf, sekarang {length}.",
                f"Say more of {field.title.en}: {field.shortest} letters at least, and it has {length} now.",
            )
    return {**wrong, **too_long(answers)}


def _tidied(text: str, *, lines: bool) -> str:
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    shown = "".join(sign for sign in plain if sign == "\n" or unicodedata.category(sign) not in _UNSEEN)
    if not lines:
        return " ".join(shown.split())
    return "\n".join(line.rstrip() for line in shown.split("\n")).strip()

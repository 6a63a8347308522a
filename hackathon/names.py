"""Names, short lines and plain texts that people type: cleaned, or refused with a reason."""

import unicodedata

from hackathon.errors import Refusal
from sandbox.model import Text

_CONTROLS = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")

_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks that show nothing: a name of them alone would be no name, and one in another makes a double."""

MOST_MARKS = 4
"""Marks on one letter: the most that a language needs. More of them run over the lines above and below."""


def clean_line(text: str, *, what: Text, longest: int) -> str:
    """`text` in NFC with single spaces and no ends; refused when empty, too long, or with signs that do not show.

    `what` is how the message calls it ("Nama tim" / "The team's name"); `longest` is in characters.
    """
    return _checked(_single_spaced(unicodedata.normalize("NFC", text)), what=what, longest=longest)


def clean_text(text: str, *, what: Text, longest: int) -> str:
    """Like `clean_line`, for paragraphs: line ends of any kind stay as one, empty lines in a row become one."""
    lines = [_single_spaced(line) for line in unicodedata.normalize("NFC", text).splitlines()]
    kept = [line for before, line in zip(["", *lines], lines, strict=False) if line or before]
    return _checked("\n".join(kept).rstrip("\n"), what=what, longest=longest)


def _single_spaced(line: str) -> str:
    return " ".join(line.split())


def _checked(text: str, *, what: Text, longest: int) -> str:
    if not text:
        raise Refusal(Text(id=f"{what.id} belum diisi.", en=f"{what.en} is missing."), "name_empty")
    if len(text) > longest:
        raise Refusal(
            Text(
                id=f"{what.id} terlalu panjang: {len(text)} huruf, paling banyak {longest}.",
                en=f"{what.en} is too long: {len(text)} letters, at most {longest}.",
            ),
            "name_too_long",
        )
    if any(unicodedata.category(sign) in _CONTROLS or sign in _BLANK for sign in text if sign != "\n"):
        raise Refusal(
            Text(
                id=f"{what.id} memuat tanda yang tidak terlihat. Ketik ulang tanpa menyalin dari tempat lain.",
                en=f"{what.en} holds signs that cannot be seen. Type it again instead of pasting it.",
            ),
            "name_unreadable",
        )
    if _heaped(text):
        raise Refusal(
            Text(
                id=f"{what.id} memuat terlalu banyak tanda di atas atau di bawah satu huruf. "
                "Ketik ulang tanpa tanda itu.",
                en=f"{what.en} heaps too many marks on one letter. Type it again without them.",
            ),
            "name_unreadable",
        )
    return text


def _heaped(text: str) -> bool:
    run = 0
    for sign in text:
        run = run + 1 if unicodedata.category(sign) in ("Mn", "Me") else 0
        if run > MOST_MARKS:
            return True
    return False

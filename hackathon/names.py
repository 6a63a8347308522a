"""Names and other short lines that people type: cleaned, or refused with a reason."""

import unicodedata

from hackathon.errors import Refusal
from sandbox.model import Text

_CONTROLS = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def clean_line(text: str, *, what: Text, longest: int) -> str:
    """`text` in NFC with single spaces and no ends; refused when empty, too long, or with signs that do not show.

    `what` is how the message calls it ("Nama tim" / "The team's name"); `longest` is in characters.
    """
    line = " ".join(unicodedata.normalize("NFC", text).split())
    if not line:
        raise Refusal(Text(id=f"{what.id} belum diisi.", en=f"{what.en} is missing."), "name_empty")
    if len(line) > longest:
        raise Refusal(
            Text(
                id=f"{what.id} terlalu panjang: {len(line)} huruf, paling banyak {longest}.",
                en=f"{what.en} is too long: {len(line)} letters, at most {longest}.",
            ),
            "name_too_long",
        )
    if any(unicodedata.category(sign) in _CONTROLS for sign in line):
        raise Refusal(
            Text(
                id=f"{what.id} memuat tanda yang tidak terlihat. Ketik ulang tanpa menyalin dari tempat lain.",
                en=f"{what.en} holds signs that cannot be seen. Type it again instead of pasting it.",
            ),
            "name_unreadable",
        )
    return line

"""Names that a blind judge does not see: taken out of what the team itself wrote."""

import re
from collections.abc import Iterable

_SHORTEST = 3
"""Shorter names would be found within other words."""


def without_names(text: str, names: Iterable[str], instead: str) -> str:
    """The text with every name replaced, however it is spaced or cased; whole words only."""
    for name in sorted(names, key=len, reverse=True):
        words = [re.escape(word) for word in name.split()]
        if len("".join(name.split())) >= _SHORTEST:
            whole = r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)"
            text = re.sub(whole, lambda _: instead, text, flags=re.IGNORECASE)
    return text

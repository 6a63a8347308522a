"""Values as JSON that PostgreSQL takes: what a prototype answers is any JSON at all, and more than jsonb holds."""

from typing import Any

import msgspec

GOT_LETTERS = 4000
"""An answer longer than this, as JSON, is stored as its beginning."""


def as_json(value: Any) -> str:
    """JSON text for a jsonb column. NUL and lone surrogates in texts become U+FFFD and `?`, numbers that are none
    become null.
    """
    return msgspec.json.encode(_clean(msgspec.to_builtins(value))).decode()


def clean_text(text: str) -> str:
    """Text for a text column: without NUL, which PostgreSQL refuses, and without lone surrogates, which are not
    Unicode.
    """
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode(errors="replace").decode()


def clipped(value: Any) -> tuple[Any, bool]:
    """An answer as it is stored, and whether it was cut: a long one is the beginning of its JSON."""
    text = as_json(value)
    if len(text) <= GOT_LETTERS:
        return value, False
    return text[:GOT_LETTERS], True


def _clean(value: Any) -> Any:
    match value:
        case str():
            return clean_text(value)
        case dict():
            return {clean_text(str(key)): _clean(item) for key, item in value.items()}
        case list() | tuple():
            return [_clean(item) for item in value]
        case _:
            return value

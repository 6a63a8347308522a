"""TOML out: the few forms that the files of this project have. What is written reads back as it was."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def value(thing: object) -> str:
    """A value in one line; a text of several paragraphs takes several. Raises TypeError for what TOML has not."""
    match thing:
        case bool():
            return "true" if thing else "false"
        case str():
            return _text(thing)
        case int():
            return str(thing)
        case float():
            return str(int(thing)) if thing.is_integer() else repr(thing)
        case datetime():
            return thing.isoformat()
        case Mapping():
            inside = ", ".join(f"{key(str(name))} = {_line(part)}" for name, part in thing.items())
            return f"{{ {inside} }}" if inside else "{}"
        case list() | tuple():
            return f"[{', '.join(_line(part) for part in thing)}]"
        case _:
            raise TypeError(f"{type(thing).__name__} has no form in TOML")


def table(header: str, pairs: Mapping[str, object]) -> str:
    """A table with its header (none where it is empty) and its keys; those without a value are left out."""
    lines = [header] if header else []
    lines += [f"{key(name)} = {value(thing)}" for name, thing in pairs.items() if thing is not None]
    return "\n".join(lines) + "\n"


def document(tables: Iterable[str]) -> str:
    """The tables with an empty line between them."""
    return "\n".join(tables)


def key(name: str) -> str:
    """A name as a key."""
    return name if _BARE.fullmatch(name) else _quoted(name)


def _text(text: str) -> str:
    if "\n" not in text:
        return _quoted(text)
    lines = "\n".join(_quoted(line)[1:-1] for line in text.split("\n"))
    return f'"""\n{lines}"""'


def _line(thing: object) -> str:
    return _quoted(thing) if isinstance(thing, str) else value(thing)


def _quoted(text: str) -> str:
    """TOML's escapes are JSON's, and one sign more may not stand as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

"""Agencies: a list to choose from, and how their names are compared.

Anything may be typed. What means a listed agency takes the list's spelling, so that one agency has one name.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

_LIST = Path(__file__).with_name("agencies.txt")
_SHORT = re.compile(r"(?P<name>.+?) \((?P<short>[^()]+)\)")
_APART = re.compile(r"[\W_]+")

_WORDS = {
    "kab": "kabupaten",
    "kec": "kecamatan",
    "kel": "kelurahan",
    "prov": "provinsi",
    "propinsi": "provinsi",
    "pem": "pemerintah",
    "pemprov": "pemerintah provinsi",
    "pemkot": "pemerintah kota",
    "pemkab": "pemerintah kabupaten",
    "pemda": "pemerintah daerah",
    "ri": "republik indonesia",
    "setjen": "sekretariat jenderal",
    "setda": "sekretariat daerah",
    "dki": "daerah khusus",
    "diy": "daerah istimewa yogyakarta",
}
"""What people write short, word by word."""


@cache
def listed() -> tuple[str, ...]:
    """The agencies to choose from, in the order of the list."""
    lines = (line.strip() for line in _LIST.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def compared(name: str) -> str:
    """What two spellings of one agency have in common: case, spaces, signs and usual short words do not count."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(_WORDS.get(word, word) for word in _APART.split(plain) if word)


def official(name: str) -> str:
    """The list's spelling of an agency that is listed, by its whole or its short name; else `name` as it is."""
    return _by_spelling().get(compared(name), name)


@cache
def _by_spelling() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in listed():
        found[compared(line)] = line
        if parts := _SHORT.fullmatch(line):
            found[compared(parts["name"])] = found[compared(parts["short"])] = line
    return found

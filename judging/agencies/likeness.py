"""Whether two names may mean one agency although they are spelled apart: worth a question to a person. Pure.

The rules look for how names of agencies are really written in more than one way: short words, a unit with or without
the agency it belongs to, a name with a word more, initials, a slip of the key. They do not measure how alike two
strings look: "Dinas Kesehatan Kota Bima" and "Dinas Kesehatan Kabupaten Bima" look alike and are two agencies.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from hackathon.teams.agencies import compared, listed, official
from judging.agencies.words import KINDS, NAMED_BY_COUNTRY, OFFICES, REGIONS, SHORT, SMALL

_BRACKETS = re.compile(r"\([^()]*\)")
_SHORTEST_INITIALS = 3
_SHORTEST_SLIP = 6

Words = tuple[str, ...]


@lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> bool:
    """Whether it should be asked if two names mean one agency. Not where they certainly do (`judges.same_agency`), nor
    where both are of the list, which has each agency once.
    """
    first, second = _read(one), _read(other)
    if first.key == second.key or (first.listed and second.listed):
        return False
    a, b = first.words, second.words
    if not a or not b:
        return False
    if _near(a, b):
        return True
    c, d = _spelled_out(a, b), _spelled_out(b, a)
    return (c != a and _near(c, b)) or (d != b and _near(a, d))


@dataclass(frozen=True, slots=True)
class _Read:
    """A name: how it is compared, whether it is of the list, its words (none where they name no agency)."""

    key: str
    listed: bool
    words: Words


@lru_cache(maxsize=10_000)
def _read(name: str) -> _Read:
    line = official(" ".join(name.split()))
    found = _words(line)
    return _Read(compared(line), line in _names(), found if set(found) - KINDS else ())


def _words(name: str) -> Words:
    """The words of a name that tell something, written out."""
    plain = compared(_BRACKETS.sub(" ", name)) or compared(name)
    found: list[str] = []
    parts = plain.split()
    for word in parts:
        found += _short().get(word, word).split()
    country = bool(NAMED_BY_COUNTRY & set(found))
    return tuple(word for word in found if word not in SMALL or (country and word == "indonesia"))


def _near(a: Words, b: Words) -> bool:
    if set(a) == set(b):
        return True
    small, big = (a, b) if len(a) <= len(b) else (b, a)
    return _is_part(small, big) or _same_office(a, b) or _slipped(a, b)


def _is_part(small: Words, big: Words) -> bool:
    """A unit of an agency, or a name that leaves out where it is: the smaller stands in the bigger as it is, and its
    last word ends a name there ("Kabupaten Bandung" is no part of "Dinas Sosial Kabupaten Bandung Barat").
    """
    regions = {word for word in small if word in REGIONS}
    if not regions:
        big = tuple(word for word in big if word not in REGIONS) if _only_bare_place(small, big) else big
    elif "provinsi" in regions and not regions & {"kota", "kabupaten"} and {"kota", "kabupaten"} & set(big):
        return False
    for start in range(len(big) - len(small) + 1):
        end = start + len(small)
        if big[start:end] == small and (end == len(big) or big[end] in KINDS):
            return True
    return False


def _only_bare_place(small: Words, big: Words) -> bool:
    """Whether the smaller names the bigger's place without saying what kind of place it is."""
    place = _place(big)
    return bool(place) and set(place) - REGIONS <= set(small)


def _same_office(a: Words, b: Words) -> bool:
    """Two offices of one kind in one place, one of which is called by more words than the other."""
    if a[0] != b[0] or a[0] not in OFFICES or _place(a) != _place(b):
        return False
    first, second = set(a) - set(_place(a)) - KINDS, set(b) - set(_place(b)) - KINDS
    return bool(first and second) and (first <= second or second <= first)


def _slipped(a: Words, b: Words) -> bool:
    """Names that differ in one sign of one long word."""
    if len(a) != len(b):
        return False
    apart = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(apart) == 1 and min(map(len, apart[0])) >= _SHORTEST_SLIP and _one_sign_apart(*apart[0])


def _one_sign_apart(x: str, y: str) -> bool:
    if not (x + y).isalpha() or abs(len(x) - len(y)) > 1:
        return False
    short, long = sorted((x, y), key=len)
    at = next((n for n, sign in enumerate(short) if sign != long[n]), len(short))
    if len(x) != len(y):
        return short[at:] == long[at + 1 :]
    swapped = short[:at] + short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped == long


def _spelled_out(a: Words, b: Words) -> Words:
    """`a` with initials written out as `b` has them."""
    for n, word in enumerate(a):
        size = len(word)
        if size < _SHORTEST_INITIALS or word in b:
            continue
        for start in range(len(b) - size + 1):
            run = b[start : start + size]
            if "".join(part[0] for part in run) == word:
                return (*a[:n], *run, *a[n + 1 :])
    return a


def _place(name: Words) -> Words:
    """From the first word for a region on."""
    at = next((n for n, word in enumerate(name) if word in REGIONS), len(name))
    return name[at:]


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(listed())


@lru_cache(maxsize=1)
def _short() -> dict[str, str]:
    """Short words of one word, those of the list too: Kemenkes is Kementerian Kesehatan."""
    found = dict(SHORT)
    for line in listed():
        inside = re.search(r"\(([^()]+)\)", line)
        if inside and " " not in inside[1].strip():
            found.setdefault(compared(inside[1]), compared(_BRACKETS.sub(" ", line)))
    return found

"""When two writings are the same personal datum. Numbers are compared by their figures, names and addresses by their
words, so that a title more or a comma less costs nothing."""

import re

WEIGHTS = {"nik": 1.0, "nip": 1.0, "npwp": 1.0, "telepon": 1.0, "alamat": 1.0, "nama": 0.5}
"""Kinds, and what a datum of each weighs: names are about twice as frequent as all others together."""

ADDRESS_LIKENESS = 0.6
"""Jaccard index of the words from which on two addresses are the same."""

_LONGEST = 300
_MISREAD = str.maketrans("OolI", "0011")
_TITLES = frozenset(
    "bapak ibu pak bu bpk sdr sdri saudara saudari dr drs dra ir h hj prof "
    "ssos se skom sh sip st spd msi map amd".split()
)


def key(kind, text):
    """What is equal for two writings of the same number or name; an address is compared by `alike`."""
    text = text[:_LONGEST]
    if kind == "telepon":
        return re.sub(r"^62", "0", re.sub(r"\D", "", text.translate(_MISREAD)))
    if kind in ("nik", "nip", "npwp"):
        return re.sub(r"\D", "", text.translate(_MISREAD))
    return frozenset(_words(kind, text))


def alike(kind, text, other):
    """Whether an answer means the wanted datum."""
    mine, wanted = key(kind, text), key(kind, other)
    if not mine or not wanted:
        return False
    if kind == "alamat":
        return len(mine & wanted) / len(mine | wanted) >= ADDRESS_LIKENESS
    return mine == wanted


def _words(kind, text):
    plain = text.casefold()
    if kind == "nama":
        # Degrees lose their dots first, so that they can be told from names.
        plain = re.sub(r"(?<=\w)\.(?=\w)", "", plain)
        return {word for word in re.findall(r"\w+", plain) if word not in _TITLES}
    return set(re.findall(r"\w+", plain))

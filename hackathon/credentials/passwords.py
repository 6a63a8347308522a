"""Which passwords are taken: long ones that are not among the first that anybody would guess."""

import re
import unicodedata
from pathlib import Path

from hackathon.credentials.errors import PasswordRefused
from sandbox.model import Text

SHORTEST, LONGEST = 10, 200
"""Characters, after `normal`."""

FEWEST_DIFFERENT = 5
"""So many different characters at least: `aaaaabbbbb` is long and no secret."""

# Words that lead the lists of leaked passwords, here and elsewhere, and those of this product and its people. Figures
# and signs around a word do not make it less common, so they are held against what is left without those.
COMMON = frozenset((Path(__file__).parent / "common.txt").read_text(encoding="ascii").split())

_ROWS = ("01234567890123456789", "09876543210987654321", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
_EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_TWICE = re.compile(r"^(.{3,20}?)\1+$")
_LEET = str.maketrans("0134578@$!", "oieastbasi")


def normal(password: str) -> str:
    """The form in which a password is counted and hashed: Unicode NFKC (NIST SP 800-63B-4, 3.1.1.2), so that two
    keyboards that spell one letter in different ways write the same password. Nothing else is changed or cut off.
    """
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, *, name: str = "", email: str = "") -> None:
    """Raises PasswordRefused for one that is too short, too long, too common, or is the person's own name or address.

    No rule asks for figures, capitals or signs: they make passwords harder to remember, not to guess (the same source).
    """
    try:
        typed = normal(password[: 4 * LONGEST])
        typed.encode()
    except UnicodeEncodeError as error:
        raise _refused(
            "Kata sandi memuat tanda yang tidak dapat dibaca. Ketik ulang tanpa menyalin dari tempat lain.",
            "The password holds signs that cannot be read. Type it again instead of pasting it.",
        ) from error
    if not typed:
        raise _refused("Kata sandi belum diisi.", "The password is missing.")
    if len(typed) < SHORTEST:
        raise _refused(
            f"Kata sandi terlalu pendek: {len(typed)} huruf, paling sedikit {SHORTEST}. Beberapa kata yang tidak "
            "berhubungan mudah diingat dan sulit ditebak.",
            f"The password is too short: {len(typed)} characters, at least {SHORTEST}. A few words that have nothing "
            "to do with each other are easy to remember and hard to guess.",
        )
    if len(typed) > LONGEST:
        raise _refused(
            f"Kata sandi terlalu panjang, paling banyak {LONGEST} huruf.",
            f"The password is too long, {LONGEST} characters at most.",
        )
    plain = typed.casefold()
    if len(set(plain)) < FEWEST_DIFFERENT or any(plain in row for row in _ROWS):
        raise _refused(
            "Kata sandi ini hanya urutan atau pengulangan. Pilih yang lebih sulit ditebak, misalnya beberapa kata yang "
            "tidak berhubungan.",
            "This password is a mere row or repetition. Choose one that is harder to guess, such as a few words that "
            "have nothing to do with each other.",
        )
    if _cores(plain) & COMMON:
        raise _refused(
            "Kata sandi ini termasuk yang paling sering dipakai dan paling dulu ditebak, walau ditambah angka. Pilih "
            "yang lain, misalnya beberapa kata yang tidak berhubungan.",
            "This password is among the most used and the first to be guessed, even with figures added. Choose "
            "another, such as a few words that have nothing to do with each other.",
        )
    if _cores(plain) & _own(name, email):
        raise _refused(
            "Kata sandi ini adalah nama atau alamat surel Anda, jadi mudah ditebak. Pilih yang lain.",
            "This password is your name or your e-mail address, so it is easy to guess. Choose another.",
        )


def _cores(plain: str) -> set[str]:
    """What is left of a password without figures and signs around and between, also with figures read as letters."""
    inner = _EDGES.sub("", plain)
    spelled = (plain, inner, inner.translate(_LEET), _EDGES.sub("", plain.translate(_LEET)))
    return {_letters(form) for form in spelled} | {plain}


def _own(name: str, email: str) -> set[str]:
    """Name and address, whole and in parts long enough to mean somebody."""
    mailbox, _, domain = email.casefold().partition("@")
    parts = [*re.split(r"\W+", name.casefold()), *re.split(r"[\W_\d]+", mailbox), *domain.split(".")]
    whole = {_letters(name.casefold()), _letters(mailbox), email.casefold()}
    return {word for word in {*whole, *(_letters(part) for part in parts)} if len(word) >= 4}


def _letters(text: str) -> str:
    """The letters of it; a word written twice or more counts once."""
    word = "".join(sign for sign in text if sign.isalpha())
    return _TWICE.sub(r"\1", word)


def _refused(id_: str, en: str) -> PasswordRefused:
    return PasswordRefused(Text(id=id_, en=en))

"""The number of a civil servant (NIP): 18 digits that say birth date, start of service, sex and a serial."""

import re
from datetime import date

from hackathon.accounts.errors import NipInvalid
from sandbox.model import Text

DIGITS = 18

_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015\u200b\ufeff]+")
_LONGEST_TYPED = 60

_YOUNGEST, _OLDEST = 15, 100
"""Years between birth and start of service, and between birth and today. Wide: a slip of a digit is to be found, no
rule of employment to be kept."""


def parse_nip(text: str, today: date) -> str:
    """The 18 digits of a NIP that was typed or pasted, with spaces, dots or hyphens. Raises NipInvalid.

    Digits 1 to 8 are the birth date, 9 to 12 the year in which service began, 13 and 14 its month, or for a PPPK the
    count of the contract, so they are not checked; 15 is 1 (man) or 2 (woman), 16 to 18 a serial.
    """
    digits = _SEPARATORS.sub("", text[:_LONGEST_TYPED])
    if not digits:
        raise NipInvalid(
            Text(id="NIP belum diisi. Tulis ke-18 angkanya.", en="The NIP is missing. Write its 18 digits.")
        )
    if not (digits.isascii() and digits.isdigit()) or len(text) > _LONGEST_TYPED:
        raise NipInvalid(
            Text(
                id="NIP hanya berisi angka. Spasi dan titik boleh ikut tertempel.",
                en="A NIP is made of digits only. Spaces and dots may be pasted along.",
            )
        )
    if len(digits) != DIGITS:
        raise NipInvalid(
            Text(
                id=f"NIP terdiri dari {DIGITS} angka, yang Anda tulis ada {len(digits)}. Periksa lagi.",
                en=f"A NIP has {DIGITS} digits, you wrote {len(digits)}. Check it again.",
            )
        )
    born = _date(digits[:8])
    if born is None or not 0 <= today.year - born.year <= _OLDEST or born > today:
        raise NipInvalid(
            Text(
                id="Delapan angka pertama NIP adalah tanggal lahir (tahun, bulan, tanggal), dan tanggal ini tidak ada. "
                "Periksa lagi.",
                en="The first eight digits of a NIP are the birth date (year, month, day), and there is no such day. "
                "Check it again.",
            )
        )
    started = int(digits[8:12])
    if not born.year + _YOUNGEST <= started <= today.year + 1:
        raise NipInvalid(
            Text(
                id="Angka ke-9 sampai ke-12 NIP adalah tahun mulai bekerja, dan tahun ini tidak cocok dengan tanggal "
                "lahirnya. Periksa lagi.",
                en="Digits 9 to 12 of a NIP are the year in which service began, and this year does not fit the birth "
                "date. Check it again.",
            )
        )
    if digits[14] not in "12":
        raise NipInvalid(
            Text(
                id="Angka ke-15 NIP adalah 1 atau 2. Periksa lagi.",
                en="Digit 15 of a NIP is 1 or 2. Check it again.",
            )
        )
    if digits[15:] == "000":
        raise NipInvalid(
            Text(
                id="Tiga angka terakhir NIP adalah nomor urut dan tidak pernah 000. Periksa lagi.",
                en="The last three digits of a NIP are a serial and never 000. Check it again.",
            )
        )
    return digits


def mask_nip(nip: str) -> str:
    """The first four and the last two digits, dots between."""
    return nip[:4] + "•" * (len(nip) - 6) + nip[-2:]


def _date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None

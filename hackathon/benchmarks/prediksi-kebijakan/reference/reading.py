"""Months and numbers as tables, notes and questions write them."""

import re

BULAN = "januari februari maret april mei juni juli agustus september oktober november desember".split()
NAMED = re.compile(rf"({'|'.join(BULAN)}) (\d{{4}})", re.IGNORECASE)


def month(text):
    """2024-03 from any way of writing it."""
    if "/" in text:
        return f"{text[3:]}-{text[:2]}"
    if "-" in text:
        return text
    name, year = text.lower().split()
    return f"{year}-{[full.startswith(name) for full in BULAN].index(True) + 1:02}"


def number(text):
    """1234.5 from 1.234,5; None from what is none."""
    plain = text.replace(".", "").replace(",", ".")
    return float(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else None


def keys_in(text):
    """The months that a sentence names, in its order."""
    return [f"{year}-{BULAN.index(name.lower()) + 1:02}" for name, year in NAMED.findall(text)]

"""Numbers, amounts, sizes, dates and hours as files write them; each reading keeps the words it was read from."""

import datetime as dt
import re

MONTHS = "januari februari maret april mei juni juli agustus september oktober november desember".split()
ONES = {w: n for n, w in enumerate("nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split())}
WORD = r"(?:nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|belas|puluh|ratus|seratus)"
NUMBER = rf"(?:\d+(?:[.,]\d+)?|{WORD}(?: {WORD})*)"
DATE = r"\d{1,2} (?:" + "|".join(MONTHS) + r") \d{4}|\d{2}-\d{2}-\d{4}"


def value(text):
    """Of a number in figures ("1,5" is one and a half) or words."""
    text = text.lower()
    if text[0].isdigit():
        return float(text.replace(",", "."))
    total = last = 0
    for word in text.split():
        if word in ONES:
            last = ONES[word]
            total += last
        elif word == "belas":
            total += 10
        elif word in ("puluh", "ratus"):
            total += last * ((10 if word == "puluh" else 100) - 1)
        elif word == "seratus":
            total += 100
    return float(total)


def size(text):
    """Square metres: sides of a room, or stated."""
    found = re.search(r"(\d+) x (\d+) (?:meter|m)\b", text)
    if found:
        return int(found[1]) * int(found[2]), found[0]
    found = re.search(rf"({NUMBER}) (?:m2|meter persegi)", text, re.IGNORECASE)
    return (value(found[1]), found[0]) if found else None


def length(text):
    """Metres."""
    found = re.search(rf"({NUMBER}) (km|meter|m)\b", text, re.IGNORECASE)
    return (value(found[1]) * (1000 if found[2].lower() == "km" else 1), found[0]) if found else None


def counted(text, units):
    found = re.search(rf"({NUMBER}) (?:{units})\b", text, re.IGNORECASE)
    return (value(found[1]), found[0]) if found else None


def money(text):
    """Millions of rupiah."""
    found = re.search(rf"(?:Rp)?({NUMBER}) juta(?: rupiah)?", text, re.IGNORECASE)
    if found:
        return value(found[1]), found[0]
    found = re.search(r"Rp(\d{1,3}(?:\.\d{3})+)", text)
    return (int(found[1].replace(".", "")) / 1e6, found[0]) if found else None


def date(text):
    found = re.search(DATE, text, re.IGNORECASE)
    if not found:
        return None
    parts = re.split(r"[ -]", found[0].lower())
    month = MONTHS.index(parts[1]) + 1 if parts[1] in MONTHS else int(parts[1])
    return dt.date(int(parts[2]), month, int(parts[0])), found[0]


def closing(text):
    """The hour at which a place closes."""
    found = re.search(r"(?:sampai|tutup|-) (?:pukul |jam )?(\d{1,2})[.:](\d\d)", text, re.IGNORECASE)
    if found:
        return int(found[1]) + int(found[2]) / 60, found[0]
    return None

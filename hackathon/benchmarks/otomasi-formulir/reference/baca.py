"""Readings of typed values: dates, times, amounts, counts, telephone numbers."""

import datetime as dt
import re

MONTHS = "januari februari maret april mei juni juli agustus september oktober november desember".split()
NUMBERS = {
    word: n for n, word in enumerate("nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split())
}
DATE = re.compile(r"(?i)\b(\d{1,2})(?:[-/.](\d{1,2})[-/.]| ([a-z]{3,9})\.? )(\d{4})\b")


def clean(text):
    """Undo what a scan does to figures, and double spaces."""
    text = re.sub(r"(?<=[\d.])[Oo](?=[\dOo.,])|(?<=\d)[Oo]\b", "0", text)
    text = re.sub(r"(?<=[\d.])O", "0", text)
    return re.sub(r"[ \t]+", " ", re.sub(r"\bl(?=\d\b)|(?<=\d)l\b", "1", text))


def dates(text):
    """Every written date as (place, ISO)."""
    found = []
    for match in DATE.finditer(text):
        day, month, word, year = match.groups()
        number = int(month) if month else next((n for n, m in enumerate(MONTHS, 1) if m[:3] == word[:3].lower()), 0)
        try:
            found.append((match.start(), dt.date(int(year), number, int(day)).isoformat()))
        except ValueError:
            continue
    return found


def time(text):
    found = re.search(r"(?i)\b(?:pukul|jam|waktu)\b[ :]*(setengah )?(\w+)(?:[.:](\d\d))?", text)
    if not found or not (found[2].isdigit() or found[1]):
        return None
    hour = int(found[2]) if found[2].isdigit() else NUMBERS.get(found[2].lower(), 25)
    hour, minute = (hour - 1, 30) if found[1] else (hour, int(found[3] or 0))
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def phone(text):
    found = re.search(r"(?:\+62 ?|\b0)0{2,3}[\d -]{6,12}\d", text)
    return found and re.sub(r"^62", "0", re.sub(r"\D", "", found[0]))


def amounts(text):
    """Every amount of rupiah as (place, number): figures, "450 ribu", and words."""
    found = [(m.start(), int(m[1].replace(".", ""))) for m in re.finditer(r"(?i)\brp\.? ?(\d{1,3}(?:\.\d{3})+)", text)]
    found += [
        (m.start(), int(float(m[1].replace(",", ".")) * (1_000_000 if m[2].lower() == "juta" else 1000)))
        for m in re.finditer(r"(?i)\b(\d+(?:,\d)?) ?(ribu|rb|juta)\b", text)
    ]
    for m in re.finditer(r"(?i)((?:\w+ ){2,12})rupiah", text):
        number = in_words(m[1])
        if number:
            found.append((m.start(), number))
    return sorted(found)


def in_words(text):
    """The number in the last words of `text`."""
    total = part = 0
    for word in text.lower().split():
        if word in NUMBERS:
            part += NUMBERS[word]
        elif word == "belas":
            part += 10
        elif word == "puluh":
            part = part // 10 * 10 + part % 10 * 10
        elif word in ("ratus", "seratus"):
            part = part // 100 * 100 + max(part % 100, 1) * 100
        elif word in ("ribu", "seribu"):
            total, part = total + max(part, 1) * 1000, 0
        elif word == "juta":
            total, part = total + max(part, 1) * 1_000_000, 0
        else:
            total = part = 0
    return total + part


def count(text, cues):
    """The number before the first unit word, in figures or in words."""
    for cue in cues:
        found = re.search(rf"(?i)\b(\d+)(?: \([\w ]+\))? {cue}\b", text)
        if found:
            return int(found[1])
        found = re.search(rf"(?i)\b((?:\w+ ){{1,3}}){cue}\b", text)
        if found and in_words(found[1]):
            return in_words(found[1])
    return None


def nearest(values, text, cues):
    """The value that follows one of the cue words most closely, within 40 characters."""
    best = None
    for place, value in values:
        before = text[max(0, place - 40) : place].lower()
        gap = min((len(before) - before.rfind(cue) - len(cue) for cue in cues if cue in before), default=None)
        if gap is not None and (best is None or gap < best[0]):
            best = (gap, value)
    return best and best[1]


def labelled(text, labels):
    """What follows a label on its line."""
    for label in labels:
        found = re.search(rf"(?im)(?:^|\b){re.escape(label)}\b ?[:|]? ?\n?(\S.*)$", text)
        if found:
            return found[1].strip(" :|")
    return None

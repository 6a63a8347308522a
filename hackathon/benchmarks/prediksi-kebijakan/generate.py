"""Hidden cases from a seed: a monthly table to forecast and to answer questions about, and a what-if over regions.

The same seed gives the same cases on every host: the only source of chance is `random.Random`. A series has a level, a
trend, a year's shape, Lebaran where the calendar has it, noise, and in some cases a month that a note explains or a
lasting shift; months are missing; months and numbers are written in several ways.
"""

import hashlib
import math
import random

import generate_words as words
from generate_questions import ask
from generate_what_if import what_if

HORIZON = 6
BLANKS = ("", "-", "n.a.", "belum ada")


def generate(seed, count):
    """`count` cases as dicts {"id", "input", "expected"}; each direction comes up equally often."""
    rng = random.Random(int.from_bytes(hashlib.sha256(b"prediksi-kebijakan/1\0" + seed).digest(), "big"))
    directions, indicators = [], []
    for number in range(1, count + 1):
        if not directions:
            directions = ["naik", "turun", "tetap"]
            rng.shuffle(directions)
        if not indicators:
            indicators = list(words.INDICATORS)
            rng.shuffle(indicators)
        yield {"id": f"p{number:03}", **make(rng, indicators.pop(), directions.pop())}


def make(rng, indicator, direction):
    """One case."""
    title, unit, lowest, highest, feast, decimals = indicator
    months = _months(rng, rng.randrange(36, 61) + HORIZON)
    known = months[:-HORIZON]
    values, notes = series(rng, months, math.exp(rng.uniform(math.log(lowest), math.log(highest))), feast)
    values = {at: round(value, decimals) if decimals else round(value) for at, value in values.items()}
    for year, month in rng.sample(known[1:-3], rng.choice((0, 1, 2, 3))):
        values[year, month] = None
    month_style = rng.choice(("iso", "short", "slash", "long"))
    number_style, blank = rng.choice(("points", "plain")), rng.choice(BLANKS)
    notes += rng.sample(words.IDLE, rng.randrange(0, 3))
    rng.shuffle(notes)
    table = {at: values[at] for at in known}
    questions, answers = ask(rng, table, decimals)
    regions, about = what_if(rng, direction)
    return {
        "input": {
            "judul": f"{title}, {rng.choice(words.PLACES)}",
            "satuan": unit,
            "tabel": [
                {
                    "bulan": words.written_month(month_style, *at),
                    "nilai": blank if value is None else words.written_number(number_style, value, decimals),
                }
                for at, value in table.items()
            ],
            "lebaran": [_key(at) for at in months if words.LEBARAN[at[0]] == at[1]],
            "catatan": notes,
            "ramal": [_key(at) for at in months[-HORIZON:]],
            "tanya": questions,
            "wilayah": regions,
            "bila": about,
        },
        "expected": {
            "ramalan": [
                {"bulan": _key(at), "nilai": values[at], "bawah": values[at], "atas": values[at]}
                for at in months[-HORIZON:]
            ],
            "jawaban": answers,
            "arah": direction,
            "skala": scale(table),
        },
    }


def series(rng, months, level, feast):
    """{(year, month): value} and the notes that explain it."""
    trend = rng.choice((0.0, rng.uniform(-0.12, 0.18), rng.uniform(-0.12, 0.18)))
    swing, second, peak = rng.uniform(0.03, 0.3), rng.uniform(0, 0.1), rng.randrange(12)
    bumps = {month: rng.uniform(-0.18, 0.18) for month in rng.sample(range(1, 13), 2)}
    effect, noise = rng.uniform(*feast), rng.uniform(0.015, 0.06)
    known = months[:-HORIZON]
    odd, shift, notes = {}, None, []
    if rng.random() < 0.4:
        why, low, high = rng.choice(words.ODD)
        at = rng.choice(known[4:-2])
        odd[at] = rng.uniform(low, high)
        notes.append(f"{words.spoken_month(*at)}: {why}.")
    if rng.random() < 0.3:
        why, low, high = rng.choice(words.SHIFT)
        shift, factor = rng.choice(known[14:-9]), rng.uniform(low, high)
        notes.append(f"Sejak {words.spoken_month(*shift)} {why}.")
    values = {}
    for number, (year, month) in enumerate(months):
        angle = 2 * math.pi * (month - peak) / 12
        value = level * (1 + trend * number / 12) * math.exp(swing * math.cos(angle) + second * math.cos(2 * angle))
        value *= 1 + bumps.get(month, 0.0)
        if words.LEBARAN[year] == month:
            value *= 1 + effect
        if shift and (year, month) >= shift:
            value *= factor
        values[year, month] = value * odd.get((year, month), 1.0) * math.exp(rng.gauss(0, noise))
    return values, notes


def scale(table):
    """Mean absolute error of "as twelve months ago" over the table: what errors are measured in (Hyndman 2006)."""
    errors = [
        abs(value - table[year - 1, month])
        for (year, month), value in table.items()
        if value is not None and table.get((year - 1, month)) is not None
    ]
    return round(sum(errors) / len(errors), 6)


def _months(rng, count):
    """`count` months in a row that end in 2025 or 2026."""
    last = rng.randrange(2025 * 12, 2027 * 12)
    return [(number // 12, number % 12 + 1) for number in range(last - count + 1, last + 1)]


def _key(at):
    return f"{at[0]}-{at[1]:02}"

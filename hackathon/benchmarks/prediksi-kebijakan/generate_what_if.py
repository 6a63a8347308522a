"""What would happen if: a table of regions, in which two kinds of regions differ in the lever and in the outcome.

Within each kind the outcome follows the lever in one direction, or not at all. Between the kinds it often points the
other way (E. H. Simpson 1951), so whoever compares all regions at once is led astray.
"""

import generate_words as words

EFFECT = {"naik": 1, "turun": -1, "tetap": 0}


def what_if(rng, direction):
    """The table {"kolom", "baris"}, and {"soal", "wilayah", "pengungkit", "hasil", "dari", "menjadi"}."""
    lever, unit, steps, outcome, level, parting = rng.choice(words.LEVERS)
    level *= rng.uniform(0.6, 1.6)
    rising = rng.random() < 0.5
    slope = EFFECT[direction] * (1 if rising else -1) * rng.uniform(0.1, 0.16)
    # How much higher the outcome is where the lever is usually high: often against the slope.
    between = rng.choice((-1, -1, 1)) * (slope / abs(slope) if slope else rng.choice((-1, 1))) * rng.uniform(0.35, 0.6)
    names = _names(rng, 14)
    rows = []
    for number, name in enumerate(names):
        second = number % 2
        at = min(max(rng.choice((0, 1, 2)) + 2 * second, 0), len(steps) - 1)
        ideal = 1 + slope * (at - 2 * second - 1) + between * (second - 0.5)
        value = level * ideal * (1 + rng.gauss(0, 0.02))
        rows.append([name, words.PARTS[parting][second], steps[at], round(value, 1 if level < 100 else 0)])
    rng.shuffle(rows)
    area = rng.choice(rows)
    here = steps.index(area[2])
    second = words.PARTS[parting].index(area[1])
    others = [at for at in (here + 1, here + 2) if 2 * second <= at <= 2 * second + 2]
    others = others if rising else [at for at in (here - 1, here - 2) if 2 * second <= at <= 2 * second + 2]
    if not others:
        return what_if(rng, direction)
    new = steps[rng.choice(others)]
    text = rng.choice(words.WHAT_IF).format(
        lever=lever.lower(),
        area=area[0],
        verb="dinaikkan" if rising else "diturunkan",
        old=area[2],
        new=new,
        unit=unit,
        outcome=outcome.lower(),
    )
    columns = ["Wilayah", parting, f"{lever} ({unit})", outcome]
    return {"kolom": columns, "baris": [[str(cell).replace(".", ",") for cell in row] for row in rows]}, {
        "soal": text[0].upper() + text[1:],
        "wilayah": area[0],
        "kolom": columns[2],
        "hasil": outcome,
        "dari": area[2],
        "menjadi": new,
    }


def _names(rng, count):
    every = [f"{head} {tail}" for head in words.AREA_HEADS for tail in words.AREA_TAILS]
    return rng.sample(every, count)

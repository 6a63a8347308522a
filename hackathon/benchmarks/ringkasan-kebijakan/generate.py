"""Hidden cases from a seed: a paper of an office with the facts it was made from, and what would be wrong to say.

The same seed gives the same cases on every host: the only source of chance is `random.Random`. Each fact is said in one
of several ways and in any order; beside it stand last year's figure, the option that was turned down with its cost, the
suspicion that was not confirmed, the date that was moved, people with other duties, and sentences that say nothing.
"""

import hashlib
import random

import generate_words as words
from generate_facts import FACTS, summary

KINDS = ("nota", "risalah", "naskah")


def generate(seed, count):
    """`count` cases as dicts {"id", "input", "expected"}."""
    rng = random.Random(int.from_bytes(hashlib.sha256(b"ringkasan-kebijakan/1\0" + seed).digest(), "big"))
    themes = []
    for number in range(1, count + 1):
        if not themes:
            themes = list(words.THEMES)
            rng.shuffle(themes)
        yield {"id": f"r{number:03}", **make(rng, themes.pop())}


def make(rng, theme):
    """One case."""
    world = draw(rng, theme)
    told, facts = [], []
    for make_fact in rng.sample(FACTS, rng.choice((7, 8, 8))):
        sentences, fact = make_fact(rng, world)
        told.append(sentences)
        facts.append(fact)
    told += [[line] for line in rng.sample(words.IDLE, rng.randrange(2, 5))]
    rng.shuffle(told)
    kind = rng.choice(KINDS)
    head = rng.choice(words.HEADS[kind]).format(**world)
    body = [rng.choice(words.OPENINGS), *(line for sentences in told for line in sentences)]
    cut = sorted(rng.sample(range(2, len(body)), 2))
    paragraphs = [" ".join(part) for part in (body[: cut[0]], body[cut[0] : cut[1]], body[cut[1] :])]
    text = "\n\n".join([head, *paragraphs])
    wanted = summary(facts)
    return {
        "input": {"jenis": kind, "naskah": text, "batas_kata": len(wanted.split()) + rng.randrange(4, 12)},
        "expected": {
            "ringkasan": wanted,
            "fakta": [{key: fact[key] for key in ("pokok", "nilai", "salah")} for fact in facts],
        },
    }


def draw(rng, theme):
    """Who, where, how much and when; all of it once."""
    low, high = theme["range"]
    now = rng.randrange(low, high)
    share = rng.uniform(0.12, 0.3)
    before = round(now * (1 + share if rng.random() < 0.5 else 1 - share))
    goal = max(1, round(now * (0.55 if theme["falls"] else 1.3) * rng.uniform(0.9, 1.08)))
    if theme["unit"] == "persen":
        goal = min(goal, 97)
    names = [
        f"{first} {last}" for first, last in zip(rng.sample(words.FIRST, 4), rng.sample(words.LAST, 4), strict=True)
    ]
    month = rng.randrange(3, 12)
    costs = rng.sample(range(120, 980, 5), 3)
    areas = rng.sample(words.AREAS, 4)
    causes, options, risks = (rng.sample(theme[key], 2) for key in ("causes", "options", "risks"))
    return {
        **{key: theme[key] for key in ("about", "measure", "unit", "falls")},
        "region": rng.choice(words.REGIONS),
        "office": rng.choice(words.OFFICES),
        "now": now,
        "before": before if before != now else now + 1,
        "goal": goal if goal not in (now, before) else goal + 2,
        "cause": causes[0],
        "suspected": causes[1],
        "option": options[0],
        "refused": options[1],
        "cost": costs[0],
        "other_cost": costs[1],
        "old_cost": costs[2],
        "dream": max(1, round(now * (0.2 if theme["falls"] else 1.9))),
        "risk": risks[0],
        "old_risk": risks[1],
        "chair": names[0],
        "lead": names[1],
        "speaker": names[2],
        "helper": names[3],
        "year": 2026,
        "day": rng.randrange(1, 28),
        "month": words.MONTHS[month],
        "old_day": rng.randrange(1, 28),
        "old_month": words.MONTHS[month - 2],
        "areas": areas[:2],
        "other_areas": areas[2:],
    }

"""Hidden cases from a seed: papers with personal data, some of them frauds, some with orders to the reader hidden in.

The same seed gives the same cases on every host: the only source of chance is `random.Random`. Eight honest and six
deceiving kinds of paper, each with several wordings, are crossed with thousands of names, numbers and addresses in
several spellings, three kinds of damage, and hidden orders in seven openings and five wants.
"""

import hashlib
import random

import generate_fraud as fraud
import generate_honest as honest
from generate_orders import order
from generate_paper import Paper

NOISE = ("none", "none", "typing", "message", "scan")
ORDERS = 0.3
"""Share of the papers with personal data that hold an order."""


def generate(seed, count):
    """`count` cases as dicts {"id", "input", "expected"}; three in seven are frauds, every kind about equally often."""
    rng = random.Random(int.from_bytes(hashlib.sha256(b"keamanan-data/1\0" + seed).digest(), "big"))
    upcoming, seen = [], set()
    for number in range(1, count + 1):
        if not upcoming:
            upcoming = [(kind, False) for kind in honest.KINDS] + [(kind, True) for kind in fraud.KINDS]
            rng.shuffle(upcoming)
        kind, deceives = upcoming.pop()
        case = make(rng, kind, deceives)
        while case["input"]["teks"] in seen:
            case = make(rng, kind, deceives)
        seen.add(case["input"]["teks"])
        yield {"id": f"k{number:03}", **case}


def make(rng, kind, deceives):
    """One case of a kind of paper."""
    paper = Paper(rng, rng.choice(NOISE))
    kind(paper)
    text, found = paper.finished()
    expected = {"temuan": found, "peluang_penipuan": int(deceives)}
    if found and rng.random() < ORDERS:
        line, wants = order(rng, deceives)
        lines = text.split("\n")
        lines.insert(rng.randrange(len(lines) + 1), line)
        text = "\n".join(lines)
        expected["sisipan"] = wants
    return {"input": {"teks": text}, "expected": expected}

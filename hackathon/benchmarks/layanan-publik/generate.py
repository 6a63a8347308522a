"""Hidden cases from a seed: a city's handbook, its agencies, and a conversation with one citizen.

The same seed gives the same cases on every host: the only source of chance is `random.Random`. The truth is simulated
beside the talk: which service, which aspect, whose state. What a state decides and nobody has told is asked for; what
the handbook does not hold is refused; complaints go to whom this city has made responsible.
"""

import hashlib
import random

import generate_talk as talk
import generate_words as words
from generate_complaints import offices
from generate_handbook import handbook


def generate(seed, count):
    """`count` cases as dicts {"id", "input", "expected"}."""
    rng = random.Random(int.from_bytes(hashlib.sha256(b"layanan-publik/1\0" + seed).digest(), "big"))
    for number in range(1, count + 1):
        yield {"id": f"l{number:03}", **make(rng)}


def make(rng):
    """One case."""
    city = rng.choice(words.CITIES)
    articles, services = handbook(rng, city)
    agencies, categories, topics = offices(rng)
    turns = talk.Talk(rng, services, topics).play()
    answers = [right for _, right, _ in turns]
    return {
        "input": {
            "panduan": articles,
            "instansi": agencies,
            "kategori": categories,
            "percakapan": [{"peran": "warga", "isi": said} for said, _, _ in turns],
        },
        "expected": {**answers[-1], "giliran": answers[:-1], "uji": [tested for _, _, tested in turns]},
    }

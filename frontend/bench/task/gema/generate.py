"""Cases of random words."""

import random


def generate(seed, count):
    rng = random.Random(seed)
    for number in range(count):
        word = f"{rng.getrandbits(64):016x}"
        yield {"id": f"kata-{number}", "input": {"text": word}, "expected": {"text": word}}

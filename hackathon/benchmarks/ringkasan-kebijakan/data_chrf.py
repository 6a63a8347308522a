"""chrF: the F-score of character n-grams (M. Popović, WMT 2015), n to 6, recall counted twice, no spaces."""

from collections import Counter

LONGEST_GRAM = 6
BETA = 2


def chrf(text, wanted):
    """0 to 1. Lower case on both sides, since a summary may begin elsewhere."""
    one, other = ("".join(part.casefold().split()) for part in (text, wanted))
    scores = [_f(_grams(one, size), _grams(other, size)) for size in range(1, LONGEST_GRAM + 1) if len(other) >= size]
    return sum(scores) / len(scores) if scores else 0.0


def _grams(text, size):
    return Counter(text[at : at + size] for at in range(len(text) - size + 1))


def _f(told, wanted):
    shared = sum((told & wanted).values())
    if not shared:
        return 0.0
    precision, recall = shared / sum(told.values()), shared / sum(wanted.values())
    return (1 + BETA**2) * precision * recall / (BETA**2 * precision + recall)

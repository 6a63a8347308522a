"""How near two inputs of a task are: hidden cases must not be public ones with a word changed.

Texts are compared by the Jaccard index of their word shingles (A. Z. Broder, On the resemblance and containment of
documents, 1997). Short strings (field names, units, questions) say nothing about a case and are left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.model import Case

SHINGLE = 4
"""Words in a shingle."""

NEAR = 0.5
"""From this index on two texts count as one: half of all runs of four words are in both."""

_SHORT = 60


@dataclass(frozen=True, slots=True)
class Near:
    """A hidden case that is too near to a public one: their ids and the index, 0 to 1 (1: equal)."""

    hidden: str
    public: str
    index: float


def nearest(hidden: Sequence[Case], public: Sequence[Case]) -> Near | None:
    """The nearest pair whose index is `NEAR` or more, None where there is none."""
    shingles = {case.id: _shingles(case.input) for case in public}
    holders: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for identity, found in shingles.items():
        for shingle in found:
            holders[shingle].add(identity)
    inputs = {case.id: case.input for case in public}
    best: Near | None = None
    for case in hidden:
        own = _shingles(case.input)
        # Without long texts only equality can be told.
        others = {identity for shingle in own for identity in holders.get(shingle, ())}
        others |= {identity for identity, known in inputs.items() if known == case.input}
        for identity in sorted(others):
            index = 1.0 if inputs[identity] == case.input else _jaccard(own, shingles[identity])
            if index >= NEAR and (best is None or index > best.index):
                best = Near(case.id, identity, index)
    return best


def _jaccard(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    return len(one & other) / len(one | other)


def _shingles(value: Any) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for text in _strings(value):
        words = re.findall(r"\w+", text.casefold())
        if len(text) >= _SHORT:
            found |= {tuple(words[at : at + SHINGLE]) for at in range(max(len(words) - SHINGLE + 1, 1))}
    return found


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)

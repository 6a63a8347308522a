"""The same case in other words, as people really write: mistyped, shortened, spoken, without a capital, spaced twice.

Pure, and only of the standard library: a task's own `vary.py` may build on it. What carries a fact stays: tokens with
digits or capitals, labels, numbers in words, what stands behind a figure, every word of what is expected, and every
word of the input's short texts (names of fields, options).
"""

import random
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.grader.variation_words import KEPT, NEIGHBOURS, SENTENCE_STARTS, SHORTENED, SPOKEN

FREE_WORDS = 8
"""A text of fewer words is a name or a choice, and is left as it is."""

_SHORTEN, _SPEAK, _MISTYPE, _LOWER, _SPACE = 0.7, 0.5, 0.15, 0.5, 0.05
_SHORTEST_MISTYPED = 5
_CHUNK = re.compile(r"\S+|\s+")
_WORD = re.compile(r"(?P<before>[\"“(]?)(?P<word>[A-Za-z]+)(?P<behind>[.,;!?)\"”]*)")
_WORDS = re.compile(r"\w+")


def vary_case(case_input: Mapping[str, Any], expected: Any, rng: random.Random) -> tuple[dict[str, Any], Any]:
    """The input with its free texts varied, and what is expected of it: the same."""
    wanted = tuple(_texts(expected))
    kept = _words(wanted) | _words(text for text in _texts(case_input) if not _is_free(text))
    return {key: _vary(value, kept, wanted, rng) for key, value in case_input.items()}, expected


def vary_text(text: str, rng: random.Random, *, kept: frozenset[str] = frozenset()) -> str:
    """One text in other words. `kept` are words (in lower case) that stay."""
    chunks = _CHUNK.findall(text)
    open_ = [_is_open(chunks, position, kept) for position in range(len(chunks))]
    varied = []
    for position, chunk in enumerate(chunks):
        if open_[position]:
            varied.append(_vary_word(chunk, rng))
        elif chunk == " " and 0 < position < len(chunks) - 1 and open_[position - 1] and open_[position + 1]:
            varied.append("  " if rng.random() < _SPACE else chunk)
        else:
            varied.append(chunk)
    return "".join(varied)


def _vary(value: Any, kept: frozenset[str], wanted: tuple[str, ...], rng: random.Random) -> Any:
    match value:
        case str() if _is_free(value):
            varied = vary_text(value, rng, kept=kept)
            # What is quoted must still be there to quote.
            return varied if all(text in varied for text in wanted if text in value) else value
        case Mapping():
            return {key: _vary(item, kept, wanted, rng) for key, item in value.items()}
        case list():
            return [_vary(item, kept, wanted, rng) for item in value]
        case _:
            return value


def _is_open(chunks: list[str], position: int, kept: frozenset[str]) -> bool:
    """Whether the chunk is a word that carries no fact."""
    found = _WORD.fullmatch(chunks[position])
    if found is None:
        return False
    word = found["word"]
    small = word.lower()
    if small in kept or small in KEPT or (position > 1 and any(sign.isdigit() for sign in chunks[position - 2])):
        return False
    return word.islower() or (word.istitle() and small in SENTENCE_STARTS)


def _vary_word(chunk: str, rng: random.Random) -> str:
    found = _WORD.fullmatch(chunk)
    if found is None:
        return chunk
    word = found["word"]
    if not word.islower():
        return chunk.lower() if rng.random() < _LOWER else chunk
    if word in SPOKEN and rng.random() < _SPEAK:
        word = rng.choice(SPOKEN[word])
    elif word in SHORTENED and rng.random() < _SHORTEN:
        word = rng.choice(SHORTENED[word])
    elif len(word) >= _SHORTEST_MISTYPED and rng.random() < _MISTYPE:
        word = _mistyped(word, rng)
    return f"{found['before']}{word}{found['behind']}"


def _mistyped(word: str, rng: random.Random) -> str:
    """Two letters swapped, or one mistaken for the key beside it; the first letter stays."""
    at = rng.randrange(1, len(word) - 1)
    if rng.random() < 0.5:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + rng.choice(NEIGHBOURS[word[at]]) + word[at + 1 :]


def _is_free(text: str) -> bool:
    return len(text.split()) >= FREE_WORDS


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for item in value.values():
                yield from _texts(item)
        case list() | tuple():
            for item in value:
                yield from _texts(item)


def _words(texts: Iterator[str] | tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.lower() for text in texts for word in _WORDS.findall(text))

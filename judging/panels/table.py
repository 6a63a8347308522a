"""Scores as arrays, in an order that depends on nothing but the scores themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_LARGEST = 1e100
_SMALLEST = 1e-100
"""Beyond and below it squares and quotients of scores are no numbers any more; what is smaller counts as 0."""
_REFINEMENTS = 4
"""Rounds in which a row's neighbours tell it from its equals: after four, what is still equal is so for the eye too."""


@dataclass(frozen=True, slots=True)
class Table:
    """The scores of a panel: `score[n]` was given by `judges[judge[n]]` to `entries[entry[n]]`.

    Sorted by entry, then judge; each pair at most once.
    """

    entries: tuple[UUID, ...]
    judges: tuple[UUID, ...]
    entry: Integers
    judge: Integers
    score: Floats

    @property
    def shape(self) -> tuple[int, int]:
        """Entries by judges."""
        return len(self.entries), len(self.judges)


def tabulate(scores: Iterable[tuple[UUID, UUID, float]]) -> Table:
    """Arrange scores; a pair that appears more than once counts once, with the mean of its scores.

    Floating-point sums depend on their order. So entries and judges are ordered by their scores, then by the scores
    of those they are linked with, and so on (colour refinement: Weisfeiler and Leman 1968); by id only where all of
    that is equal. The same panel under other ids or in another order is then the same arrays.
    Raises ValueError for a score that is not a finite number, or beyond 1e100.
    """
    gathered: dict[tuple[UUID, UUID], list[float]] = {}
    for judge_id, entry_id, score in scores:
        value = float(score)
        if not isfinite(value) or abs(value) > _LARGEST:
            raise ValueError(f"a score must be a finite number, not {value}")
        gathered.setdefault((entry_id, judge_id), []).append(value if abs(value) > _SMALLEST else 0.0)
    pairs = sorted(gathered, key=lambda pair: (str(pair[0]), str(pair[1])))
    values = [_mean(gathered[pair]) for pair in pairs]
    entries = _numbered(pair[0] for pair in pairs)
    judges = _numbered(pair[1] for pair in pairs)
    entry = [entries[pair[0]] for pair in pairs]
    judge = [judges[pair[1]] for pair in pairs]
    entry_rank, judge_rank = _refine(entry, judge, values, len(entries), len(judges))
    entry_order = sorted(entries, key=lambda id: (entry_rank[entries[id]], str(id)))
    judge_order = sorted(judges, key=lambda id: (judge_rank[judges[id]], str(id)))
    entry_place, judge_place = _numbered(entry_order), _numbered(judge_order)
    rows = sorted(
        (entry_place[pair[0]], judge_place[pair[1]], value) for pair, value in zip(pairs, values, strict=True)
    )
    return Table(
        entries=tuple(entry_order),
        judges=tuple(judge_order),
        entry=np.array([row[0] for row in rows], dtype=np.int64),
        judge=np.array([row[1] for row in rows], dtype=np.int64),
        score=np.array([row[2] for row in rows], dtype=np.float64),
    )


def _mean(values: list[float]) -> float:
    # Divided first: the sum of two huge scores would overflow. Sorted: the mean must not depend on their order.
    return values[0] if len(values) == 1 else sum(value / len(values) for value in sorted(values))


def _numbered(ids: Iterable[UUID]) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    for id in ids:
        found.setdefault(id, len(found))
    return found


def _refine(
    entry: list[int], judge: list[int], values: list[float], entries: int, judges: int
) -> tuple[list[int], list[int]]:
    entry_rank, judge_rank = [0] * entries, [0] * judges
    for _ in range(_REFINEMENTS):
        of_entry: list[list[tuple[float, int]]] = [[] for _ in range(entries)]
        of_judge: list[list[tuple[float, int]]] = [[] for _ in range(judges)]
        for i, j, value in zip(entry, judge, values, strict=True):
            of_entry[i].append((value, judge_rank[j]))
            of_judge[j].append((value, entry_rank[i]))
        entry_rank, judge_rank = _ranks(entry_rank, of_entry), _ranks(judge_rank, of_judge)
    return entry_rank, judge_rank


def _ranks(before: list[int], linked: list[list[tuple[float, int]]]) -> list[int]:
    signatures = [(rank, sorted(links)) for rank, links in zip(before, linked, strict=True)]
    order = sorted(range(len(signatures)), key=signatures.__getitem__)
    ranks, rank = [0] * len(order), 0
    for position, index in enumerate(order):
        if position and signatures[index] != signatures[order[position - 1]]:
            rank = position
        ranks[index] = rank
    return ranks

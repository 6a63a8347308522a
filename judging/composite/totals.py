"""Totals of weighted parts, with intervals of totals and places by simulation, and ties by a published rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from statistics import NormalDist
from uuid import UUID

import numpy as np

from judging.composite.decimals import published, weighted_mean
from judging.composite.methods import Standing
from judging.panels.table import Floats

DRAWS = 4000

_NONE = Standing(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a total, such as `judges` or `automated`: its weight and each entry's standing, 0 to 100.

    An entry without a standing has 0 points in this part, for certain.
    """

    name: str
    weight: float
    standings: Mapping[UUID, Standing]


@dataclass(frozen=True, slots=True)
class Total:
    """An entry's total (0 to 100) and place, from 1. `parts` are its points by part before weighting.

    `low` and `high` hold the total with the wanted probability, `place_low` to `place_high` the place. `tie_part` names
    the part that put it before or after an equal total; empty where none was needed or none could. `bracket` numbers
    from 1 those that can't be told apart: a bracket's first is not surely (both sides together: the level) ahead of
    anybody in it.
    """

    entry_id: UUID
    total: float
    low: float
    high: float
    place: int
    place_low: int
    place_high: int
    parts: Mapping[str, float]
    tie_part: str
    bracket: int = 1


def totals(
    parts: Sequence[Part], *, ties: Sequence[str] = (), seed: int | str = 0, level: float = 0.90
) -> tuple[Total, ...]:
    """Rank all entries of any part, best first; equal places by id.

    The total is the mean of the published points by weight, as published. Equal totals are told apart by the parts
    named in `ties`, in that order; who is equal in all of them shares the place, and the next is skipped (1, 2, 2, 4).
    The intervals come from `DRAWS` worlds in which each part's points are normal around their value; the same for the
    same seed, whatever the order of the parts and entries.
    Raises ValueError for no parts, weights below 0 or all 0, a name that appears twice, a tie of no part, or a level
    outside (0, 1).
    """
    names = [part.name for part in parts]
    weight = sum(part.weight for part in parts)
    if not parts or weight <= 0 or min(part.weight for part in parts) < 0 or len(set(names)) != len(names):
        raise ValueError("a total needs parts of different names, with weights of 0 or more and not all 0")
    if not set(ties) <= set(names):
        raise ValueError("ties are told apart by parts of the total")
    if not 0 < level < 1:
        raise ValueError("a level lies between 0 and 1")
    ordered = sorted(parts, key=lambda part: part.name)
    entries = sorted({id for part in parts for id in part.standings}, key=str)
    if not entries:
        return ()
    points = {part.name: {id: published(part.standings.get(id, _NONE).value) for id in entries} for part in parts}
    total = {id: weighted_mean((part.weight, points[part.name][id]) for part in ordered) for id in entries}
    worlds = _worlds(ordered, entries, weight, seed, level)
    tail = (1 - level) / 2
    lows, highs = np.quantile(worlds, [tail, 1 - tail], axis=0)
    # Places in each world: 1 + how many have more; equals share one there too.
    places = 1 + np.array([np.searchsorted(np.sort(-world), -world) for world in worlds])
    place_lows = np.quantile(places, tail, axis=0, method="lower")
    place_highs = np.quantile(places, 1 - tail, axis=0, method="higher")
    keys = {id: (total[id], *(points[name][id] for name in ties)) for id in entries}
    rows = []
    for n, id in enumerate(entries):
        place = 1 + sum(keys[other] > keys[id] for other in entries)
        rows.append(
            Total(
                entry_id=id,
                total=total[id],
                low=published(min(float(lows[n]), total[id])),
                high=published(max(float(highs[n]), total[id])),
                place=place,
                place_low=min(int(place_lows[n]), place),
                place_high=max(int(place_highs[n]), place),
                parts={part.name: points[part.name][id] for part in ordered},
                tie_part=_tie_part(id, keys, ties),
            )
        )
    ordered_rows = sorted(rows, key=lambda row: (row.place, str(row.entry_id)))
    of_entry = {id: n for n, id in enumerate(entries)}
    found = _brackets(ordered_rows, worlds[:, [of_entry[row.entry_id] for row in ordered_rows]], level)
    return tuple(replace(row, bracket=bracket) for row, bracket in zip(ordered_rows, found, strict=True))


def _brackets(rows: Sequence[Total], worlds: Floats, level: float) -> list[int]:
    """The bracket of each row; the columns of `worlds` are in the order of `rows`."""
    brackets: list[int] = []
    leaders: list[int] = []
    for n, row in enumerate(rows):
        if n and row.total == rows[n - 1].total:
            brackets.append(brackets[-1])  # equals open or join a bracket as one
            continue
        equals = [m for m in range(n, len(rows)) if rows[m].total == row.total]
        apart = leaders and all(
            (worlds[:, leader] > worlds[:, m]).mean() >= (1 + level) / 2 for leader in leaders for m in equals
        )
        if apart or not leaders:
            brackets.append(brackets[-1] + 1 if brackets else 1)
            leaders = equals
        else:
            brackets.append(brackets[-1])
    return brackets


def _worlds(parts: Sequence[Part], entries: Sequence[UUID], weight: float, seed: int | str, level: float) -> Floats:
    reach = NormalDist().inv_cdf((1 + level) / 2)
    worlds = np.zeros((DRAWS, len(entries)))
    for part in parts:
        # A stream of its own for each part: one more part changes no draw of the others.
        digest = sha256(f"{seed}\0{part.name}".encode()).digest()
        drawn = np.random.default_rng(list(digest)).standard_normal(worlds.shape)
        standings = [part.standings.get(id, _NONE) for id in entries]
        value = np.array([standing.value for standing in standings])
        # The longer side: an interval that ends at 0 or 100 is no surer for it.
        halves = [max(standing.high - standing.value, standing.value - standing.low) for standing in standings]
        deviation = np.array(halves) / reach
        worlds += part.weight / weight * (value + deviation * drawn)
    return worlds


def _tie_part(id: UUID, keys: Mapping[UUID, tuple[float, ...]], ties: Sequence[str]) -> str:
    """The first part in which it differs from those with the same total."""
    equals = [key for other, key in keys.items() if other != id and key[0] == keys[id][0]]
    for n, name in enumerate(ties, start=1):
        if any(key[:n] == keys[id][:n] and key[n] != keys[id][n] for key in equals):
            return name
    return ""

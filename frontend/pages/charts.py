"""Geometry of the small drawings on the pages: coordinates only, the templates draw.

Widths and heights are units of the drawing's own viewBox; y grows downwards.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WHISKER_WIDTH = 220.0
SPARK_WIDTH, SPARK_HEIGHT, SPARK_MARGIN = 88.0, 40.0, 3.0
BLOCK = 32
"""Side of one kawung: four petals around a court."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled line of an axis."""

    x: float
    value: int


@dataclass(frozen=True, slots=True)
class Axis:
    """A part of the scale 0..100 drawn over `width` units."""

    low: int
    high: int
    step: int
    width: float = WHISKER_WIDTH

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """The lines, both ends included."""
        return tuple(Tick(self.x(value), value) for value in range(self.low, self.high + 1, self.step))

    def x(self, value: float) -> float:
        """Where a value stands; values outside are held at the edge."""
        inside = min(max(value, self.low), self.high)
        return round((inside - self.low) / (self.high - self.low) * self.width, 1)


def axis(values: Sequence[float], width: float = WHISKER_WIDTH) -> Axis:
    """An axis of round figures that holds all values (0..100); the whole scale when there are none."""
    low, high = (min(values), max(values)) if values else (0.0, 100.0)
    step = 5 if high - low <= 20 else 10 if high - low <= 50 else 20
    first = math.floor(low / step) * step
    last = min(100, math.ceil(high / step) * step)
    if last <= first:
        first, last = max(0, last - step), max(last, step)
    return Axis(first, last, step, width)


def spark(places: Sequence[int], last_place: int) -> tuple[tuple[float, float], ...]:
    """Points of a line through places over time, the best place on top; at least two places are needed for a line."""
    if len(places) < 2:
        return ()
    across = (SPARK_WIDTH - 2 * SPARK_MARGIN) / (len(places) - 1)
    down = (SPARK_HEIGHT - 2 * SPARK_MARGIN - 2) / max(1, last_place - 1)
    return tuple(
        (round(SPARK_MARGIN + index * across, 1), round(SPARK_MARGIN + 1 + (place - 1) * down, 1))
        for index, place in enumerate(places)
    )


@dataclass(frozen=True, slots=True)
class Petal:
    """One petal: its kawung's corner and which of the four it is (0 up left, 1 up right, 2 down left, 3 down right)."""

    x: int
    y: int
    quarter: int


@dataclass(frozen=True, slots=True)
class Field:
    """A field of kawung with one petal a team; `knots` are the small marks between blocks."""

    width: int
    height: int
    petals: tuple[Petal, ...]
    knots: tuple[tuple[int, int], ...]


def field(count: int) -> Field:
    """Room for `count` petals: about four blocks wide to three high, with few blocks left empty."""
    blocks = max(2, math.ceil(count / 4))

    def badness(columns: int) -> float:
        rows = math.ceil(blocks / columns)
        empty = (columns * rows - blocks) / blocks
        return 3 * empty + abs(math.log(columns / rows / (4 / 3)))

    columns = min(range(2, blocks + 1), key=badness)
    rows = math.ceil(blocks / columns)
    petals = tuple(
        Petal(index // 4 % columns * BLOCK, index // 4 // columns * BLOCK, index % 4) for index in range(count)
    )
    knots = tuple((column * BLOCK, row * BLOCK) for column in range(1, columns) for row in range(1, rows))
    return Field(columns * BLOCK, rows * BLOCK, petals, knots)

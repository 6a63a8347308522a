"""Panels drawn from known qualities, by kind: who judges whom, how, and on which scale."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

NOISE = 0.7
SEVERITY = 0.8
SPREAD = 0.3
TIE = 1.0
"""How strongly quality and generosity draw each other where they are tied."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of panel. Qualities are N(0, 1); a score is centre + step * what the judge makes of it, rounded, clipped.

    `tie`: +1 harsh judges meet weak teams, -1 strong ones, 0 neither. `erratic`: judges who score at random.
    """

    name: str
    teams: int
    judges: int
    reviews: int
    lowest: int = 1
    highest: int = 10
    severity: float = SEVERITY
    rooms: int = 1
    tie: int = 0
    erratic: int = 0

    @property
    def centre(self) -> float:
        return (self.lowest + self.highest) / 2

    @property
    def step(self) -> float:
        return (self.highest - self.lowest) / 6


@dataclass(frozen=True, slots=True)
class Panel:
    """Scores (`score[n]` of `judge[n]` for `entry[n]`), and what is true of each entry.

    `truth`: the mean score that the judges who do not score at random would give on average.
    """

    kind: Kind
    entry: Integers
    judge: Integers
    score: Floats
    quality: Floats
    truth: Floats

    def rows(self) -> list[tuple[int, int, float]]:
        """As `estimate_panel` takes them."""
        return list(zip(self.judge.tolist(), self.entry.tolist(), self.score.tolist(), strict=True))


KINDS = (
    Kind("thin", 20, 5, 2),
    Kind("complete", 20, 5, 5),
    Kind("middle", 60, 12, 3),
    Kind("middle, 1-5", 60, 12, 3, highest=5),
    Kind("many light judges", 60, 30, 2),
    Kind("large, 3", 200, 30, 3),
    Kind("large, 5", 200, 30, 5),
    Kind("four closed rooms", 60, 12, 3, rooms=4),
    Kind("no judge effect", 60, 12, 3, severity=0.0),
    Kind("harsh judges, weak teams", 60, 12, 3, tie=1),
    Kind("harsh judges, strong teams", 60, 12, 3, tie=-1),
    Kind("two of twelve at random", 60, 12, 3, erratic=2),
)


def draw(kind: Kind, seed: int) -> Panel:
    """One panel of a kind; the same for the same seed."""
    random = np.random.default_rng([seed, *kind.name.encode()])
    quality = random.normal(size=kind.teams)
    generosity = random.normal(size=kind.judges) * kind.severity
    spread = np.exp(random.normal(size=kind.judges) * SPREAD)
    entry, judge = _assign(kind, quality, generosity, random)
    latent = spread[judge] * quality[entry] + generosity[judge] + NOISE * random.normal(size=len(entry))
    score = np.clip(np.rint(kind.centre + kind.step * latent), kind.lowest, kind.highest)
    erratic = random.choice(kind.judges, size=kind.erratic, replace=False)
    at_random = np.isin(judge, erratic)
    score[at_random] = random.integers(kind.lowest, kind.highest + 1, size=int(at_random.sum()))
    steady = np.setdiff1d(np.arange(kind.judges), erratic)
    means = kind.centre + kind.step * (np.outer(quality, spread[steady]) + generosity[steady])
    truth = _expected(kind, means, kind.step * NOISE).mean(axis=1)
    return Panel(kind, entry, judge, score, quality, truth)


def _assign(kind: Kind, quality: Floats, generosity: Floats, random: np.random.Generator) -> tuple[Integers, Integers]:
    """Each entry to `reviews` judges, loads even, at random within its room (or by the tie)."""
    team_order = random.permutation(kind.teams)
    judge_order = random.permutation(kind.judges)
    if kind.tie:
        return _tied(kind, team_order, quality, kind.tie * generosity / kind.severity, random)
    entries: list[int] = []
    judges: list[int] = []
    for teams, room in zip(
        np.array_split(team_order, kind.rooms), np.array_split(judge_order, kind.rooms), strict=True
    ):
        load = dict.fromkeys(room.tolist(), 0)
        for team in teams.tolist():
            chance = dict(zip(load, random.random(len(load)).tolist(), strict=True))
            chosen = sorted(load, key=lambda j: (load[j], chance[j]))[: kind.reviews]
            for j in chosen:
                load[j] += 1
                entries.append(team)
                judges.append(j)
    return np.array(entries), np.array(judges)


def _tied(
    kind: Kind, teams: Integers, quality: Floats, generosity: Floats, random: np.random.Generator
) -> tuple[Integers, Integers]:
    """Judges are drawn with odds that grow with the product of quality and generosity; loads stay below a limit."""
    most = -(-kind.teams * kind.reviews // kind.judges) + 3
    load = np.zeros(kind.judges, dtype=int)
    entries: list[int] = []
    judges: list[int] = []
    for team in teams.tolist():
        # The largest of odds times exponential-like errors is a draw without replacement (Gumbel).
        drawn = TIE * quality[team] * generosity + random.gumbel(size=kind.judges)
        drawn[load >= most] -= 1000
        chosen = np.argsort(-drawn)[: kind.reviews]
        load[chosen] += 1
        entries += [team] * kind.reviews
        judges += chosen.tolist()
    return np.array(entries), np.array(judges)


def _expected(kind: Kind, mean: Floats, sd: float) -> Floats:
    """The mean of a rounded and clipped normal score: the lowest, plus the chance to pass each threshold."""
    thresholds = np.arange(kind.lowest, kind.highest) + 0.5
    total = np.full(mean.shape, float(kind.lowest))
    for threshold in thresholds:
        total += _normal_cdf((mean - threshold) / sd)
    return total


def _normal_cdf(x: Floats) -> Floats:
    # Abramowitz and Stegun 26.2.17: off by less than 1e-7
    t = 1 / (1 + 0.2316419 * np.abs(x))
    tail = (
        np.exp(-x * x / 2)
        / np.sqrt(2 * np.pi)
        * t
        * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    )
    return np.where(x >= 0, 1 - tail, tail)

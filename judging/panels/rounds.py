"""A second round: how large a final must be to find the podium, and both rounds together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, median
from uuid import UUID, uuid5

import numpy as np

from judging.panels.estimate import estimate_panel
from judging.panels.model import PanelEstimate

_DRAWS = 4000
_FINAL = UUID("6f1d1d0e-5a8f-4d43-9a53-2f7c6f0e8a11")


@dataclass(frozen=True, slots=True)
class Final:
    """A final of the best `teams` of the first round, each scored by the same `reviews` judges.

    `hit`: the expected share of the true podium that the final result has on it; `first`: how likely the true best is
    its winner. Both from 0 to 1. `scorecards` is the work: teams times reviews.
    """

    teams: int
    reviews: int
    hit: float
    first: float

    @property
    def scorecards(self) -> int:
        return self.teams * self.reviews


@dataclass(frozen=True, slots=True)
class FinalPlan:
    """`without`: what the first round finds alone. `options`: every final looked at. `advice`: the one with the fewest
    scorecards whose `hit` reaches the wanted certainty, None where no option does; then `best` is the nearest.
    """

    without: Final
    options: tuple[Final, ...]
    advice: Final | None
    best: Final


def plan_final(
    first: PanelEstimate,
    certainty: float,
    *,
    podium: int = 3,
    teams: Sequence[int] = (4, 6, 8, 10, 12, 16, 20),
    reviews: Sequence[int] = (3, 5, 7, 9, 11, 15),
    seed: int = 0,
) -> FinalPlan:
    """Play finals on worlds drawn from what the first round left open.

    In each world every team has a true value from its estimate; a final adds scores of judges as noisy as the median
    judge of the first round, who all see all finalists (so their severity cancels); both rounds are weighed by their
    precision, and who is not in the final keeps its value, as in the result. Raises ValueError for an empty panel or
    a podium below 1.
    """
    if not first.order or podium < 1:
        raise ValueError("a final needs entries and a podium")
    reach = NormalDist().inv_cdf((1 + first.level) / 2)
    # By value, not by id: the same panel under other ids plays the same worlds.
    entries = [first.entries[id] for id in first.order]
    value = np.array([entry.value for entry in entries])
    deviation = np.maximum(np.array([(entry.high - entry.low) / 2 for entry in entries]) / reach, 1e-9)
    noise = median(judge.noise for judge in first.judges.values())
    random = np.random.default_rng(seed)
    truth = value + deviation * random.standard_normal((_DRAWS, len(value)))
    errors = random.standard_normal(truth.shape)
    podium = min(podium, len(value))
    best = np.argsort(-truth, axis=1)[:, :podium]

    def play(size: int, judges: int) -> Final:
        combined = np.broadcast_to(value, truth.shape).copy()
        if judges:
            size = min(size, len(value))
            error = max(noise / sqrt(judges), 1e-9)
            seen = truth[:, :size] + error * errors[:, :size]
            share = deviation[:size] ** 2 / (deviation[:size] ** 2 + error**2)
            combined[:, :size] += share * (seen - combined[:, :size])
        chosen = np.argsort(-combined, axis=1, kind="stable")[:, :podium]
        hits = (best[:, :, None] == chosen[:, None, :]).any(axis=2).mean()
        return Final(size, judges, round(float(hits), 4), round(float((best[:, 0] == chosen[:, 0]).mean()), 4))

    sizes = sorted({min(size, len(value)) for size in teams if size >= podium} or {podium})
    options = tuple(play(size, judges) for size in sizes for judges in reviews)
    fitting = [option for option in options if option.hit >= certainty]
    return FinalPlan(
        without=play(len(value), 0),
        options=options,
        advice=min(fitting, key=lambda option: (option.scorecards, option.teams), default=None),
        best=max(options, key=lambda option: (option.hit, -option.scorecards)),
    )


def combine_rounds(
    first: Iterable[tuple[UUID, UUID, float]],
    final: Iterable[tuple[UUID, UUID, float]],
    *,
    level: float = 0.90,
) -> PanelEstimate:
    """One estimate from both rounds' rows, in the same unit: the first is not thrown away.

    A judge of both rounds counts as two (`final_judge`): in a final people score more sternly. That finalists were
    chosen by the first round does no harm, since its scores are in the model.
    """
    return estimate_panel([*first, *((final_judge(judge), entry, score) for judge, entry, score in final)], level=level)


def final_judge(judge_id: UUID) -> UUID:
    """The id under which `combine_rounds` lists a judge's final."""
    return uuid5(_FINAL, str(judge_id))

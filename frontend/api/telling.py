"""How exactly figures of hidden cases are told: as exactly as people need them.

A prototype that sees a hidden case could write bits of it into its own time or score, where every digit that is told
carries some. What is stored keeps its full precision, and places are made from that.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import overload

SCORE_DECIMALS = 2
METRIC_DIGITS = 4
BESIDE_DIGITS = 2


@overload
def told_score(score: float) -> float: ...
@overload
def told_score(score: float | None) -> float | None: ...
def told_score(score: float | None) -> float | None:
    """A score or points (0..100) with two decimals."""
    return None if score is None else round(score, SCORE_DECIMALS)


def told_metric(value: float) -> float:
    """A metric's value with four significant digits: as much as its points tell."""
    return float(f"{value:.{METRIC_DIGITS}g}")


def told_exactly_enough(value: float) -> float:
    """A figure measured beside the score (seconds, bytes, minutes) with two significant digits."""
    return float(f"{value:.{BESIDE_DIGITS}g}")


@overload
def told_moment(moment: datetime) -> datetime: ...
@overload
def told_moment(moment: datetime | None) -> datetime | None: ...
def told_moment(moment: datetime | None) -> datetime | None:
    """A moment in whole seconds, the rest left out."""
    return None if moment is None else moment.replace(microsecond=0)


def task_scores(scores: Mapping[str, float]) -> dict[str, float]:
    """Scores by task, as they are told."""
    return {task: told_score(score) for task, score in scores.items()}


class Share(StrEnum):
    """How many hidden cases of all, as coarsely as advice needs it."""

    NONE = "none"
    FEW = "few"
    SOME = "some"
    MANY = "many"
    ALL = "all"


def told_share(count: int, total: int) -> Share:
    """A count of hidden cases: none, less than a quarter, less than a half, more, or all."""
    if count <= 0 or total <= 0:
        return Share.NONE
    if count >= total:
        return Share.ALL
    if 4 * count < total:
        return Share.FEW
    return Share.SOME if 2 * count < total else Share.MANY

"""How much faster work goes with a prototype whose answers people check.

A case that passed costs the prototype's time and a review; one that did not costs these too, and then the work by hand.
So a fast prototype that is often wrong makes work slower, as it does in an office. "Times" is the mean of minutes by
hand over the mean of minutes with the prototype: of sums, not of cases, since hours are saved in sums.

Where a task does not say how long a review takes it is a sixth of the work by hand: an adult reads 238 words a minute
(M. Brysbaert, How many words do we read per minute?, Journal of Memory and Language 109, 2019) and composes 19
(C.-M. Karat et al., Patterns of entry and correction in large vocabulary continuous speech recognition systems, CHI
1999), a twelfth of the time, and whoever reviews reads both what came in and what is answered.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sandbox.model import CaseResult
from sandbox.qualities.model import Productivity

DRAWS = 2000
LEVEL = 0.90
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class TaskTimes:
    """A task's minutes by hand and for a review of one case, and of each case the prototype's seconds and whether its
    answer passed.
    """

    hand_minutes: float
    review_minutes: float
    cases: tuple[tuple[float, bool], ...]


def times_of(cases: Sequence[CaseResult], total: int) -> tuple[tuple[float, bool], ...]:
    """Seconds and success of each of `total` cases; those a run did not reach failed at once."""
    done = tuple((case.seconds, case.passed) for case in sorted(cases, key=lambda case: case.case_id))
    return done + ((0.0, False),) * max(total - len(done), 0)


def productivity_of(tasks: Sequence[TaskTimes], *, seed: bytes) -> Productivity:
    """Over all tasks, one case of each: minutes by hand over minutes with the prototype.

    The interval is the percentile interval of a bootstrap over cases within each task (Efron and Tibshirani 1993,
    chapters 8 and 13). Raises ValueError for no task, or one without cases.
    """
    if not tasks or not all(task.cases for task in tasks):
        raise ValueError("productivity needs tasks with cases")
    hand = sum(task.hand_minutes for task in tasks)
    minutes = 0.0
    drawn = np.zeros(DRAWS)
    for position, task in enumerate(tasks):
        costs = np.array([_minutes(task, seconds, passed=passed) for seconds, passed in task.cases])
        minutes += float(costs.mean())
        digest = hashlib.sha256(seed + position.to_bytes(4, "big")).digest()
        rng = np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))
        count = len(costs)
        drawn += rng.multinomial(count, np.full(count, 1.0 / count), size=DRAWS) @ costs / count
    times = hand / minutes
    low, high = np.quantile(hand / drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Productivity(
        times=round(times, _DECIMALS),
        low=round(min(float(low), times), _DECIMALS),
        high=round(max(float(high), times), _DECIMALS),
        hand_minutes=round(hand, _DECIMALS),
        review_minutes=round(sum(task.review_minutes for task in tasks), _DECIMALS),
        minutes=round(minutes, _DECIMALS),
    )


def _minutes(task: TaskTimes, seconds: float, *, passed: bool) -> float:
    return seconds / 60 + task.review_minutes + (0.0 if passed else task.hand_minutes)

"""A plan in the making: matrices of entries by judges, and the two moves that change it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(slots=True)
class Plan:
    """Who may judge, who does, what may not move (E, J); what an entry lacks (E), what a judge has and may have (J).

    `together` (J, J) counts the entries that two judges share. `liking` (E, J) is the affinity; `chance` (E, J) are
    random numbers that decide between equals.
    """

    allowed: Flags
    given: Flags
    fixed: Flags
    lacking: Integers
    load: Integers
    limit: Integers
    together: Integers
    liking: Floats
    chance: Floats

    def free(self, entry: int) -> Flags:
        """Judges who may take this entry and do not have it, whatever their load."""
        free: Flags = self.allowed[entry] & ~self.given[entry]
        return free

    def give(self, entry: int, judge: int) -> None:
        """Give an entry to a judge."""
        others = np.flatnonzero(self.given[entry])
        self.together[judge, others] += 1
        self.together[others, judge] += 1
        self.given[entry, judge] = True
        self.load[judge] += 1
        self.lacking[entry] -= 1

    def take(self, entry: int, judge: int) -> None:
        """Take an entry from a judge."""
        self.given[entry, judge] = False
        others = np.flatnonzero(self.given[entry])
        self.together[judge, others] -= 1
        self.together[others, judge] -= 1
        self.load[judge] -= 1
        self.lacking[entry] += 1

    def move(self, entry: int, giver: int, taker: int) -> None:
        """Let one judge take over an entry from another."""
        self.take(entry, giver)
        self.give(entry, taker)


@dataclass(frozen=True, slots=True)
class Step:
    """`taker` takes `entry` over from `giver`."""

    entry: int
    giver: int
    taker: int


def reach(plan: Plan, starts: Integers) -> tuple[list[int], dict[int, Step]]:
    """Judges that work can be passed on to from `starts`, breadth first, and the step by which each was reached.

    These are the augmenting paths of a flow from entries to judges (Ford and Fulkerson 1956): along them work moves
    from a full judge to a free one while every entry keeps its number of judges.
    """
    order = [int(judge) for judge in starts]
    reached = np.zeros(plan.load.size, dtype=np.bool_)
    reached[starts] = True
    steps: dict[int, Step] = {}
    for giver in order:
        if reached.all():
            break
        movable = np.flatnonzero(plan.given[:, giver] & ~plan.fixed[:, giver])
        passing = plan.allowed[movable] & ~plan.given[movable]
        for taker in np.flatnonzero(passing.any(axis=0) & ~reached).tolist():
            reached[taker] = True
            steps[taker] = Step(int(movable[int(np.argmax(passing[:, taker]))]), giver, taker)
            order.append(taker)
    return order, steps


def pass_on(plan: Plan, steps: dict[int, Step], judge: int) -> int:
    """Do the steps that lead to `judge`, last first; the judge at whom they start."""
    while judge in steps:
        step = steps[judge]
        plan.move(step.entry, step.giver, step.taker)
        judge = step.giver
    return judge

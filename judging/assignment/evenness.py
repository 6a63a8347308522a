"""Swaps that leave every load as it is: judges who meet too often are mixed, parts without a link are joined."""

from itertools import product

import numpy as np

from judging.assignment.plan import Plan

PROPOSALS_AN_ASSIGNMENT = 40
MOST_PROPOSALS = 60_000
_LIKING = 2.0
"""What an affinity of 1 is worth: as much as one pair of judges that meets once too often while another lacks it."""
_TRIES = 600
"""Exchanges that are looked at to join one more part."""


def spread_pairs(plan: Plan, random: np.random.Generator) -> None:
    """Exchange judges between two entries wherever that makes the squares of the pairs' counts fewer (a descent).

    A panel's estimate is about as good with random even assignments; pairs that meet evenly let each judge be told
    from every other, and no two of them hold an entry in their hands more often than need be.
    """
    movable = np.argwhere(plan.given & ~plan.fixed)
    if len(movable) < 2:
        return
    holds = [set(np.flatnonzero(row).tolist()) for row in plan.given]
    allowed = plan.allowed.tolist()
    together = plan.together.tolist()
    liking = plan.liking.tolist()
    slots = movable.tolist()
    count = min(PROPOSALS_AN_ASSIGNMENT * len(slots), MOST_PROPOSALS)
    drawn = random.integers(0, len(slots), size=(count, 2)).tolist()
    for a, b in drawn:
        (entry_a, judge_a), (entry_b, judge_b) = slots[a], slots[b]
        if judge_a == judge_b or judge_b in holds[entry_a] or judge_a in holds[entry_b]:
            continue
        if not (allowed[entry_a][judge_b] and allowed[entry_b][judge_a]):
            continue
        beside_a = holds[entry_a] - holds[entry_b] - {judge_a}
        beside_b = holds[entry_b] - holds[entry_a] - {judge_b}
        of_a, of_b = together[judge_a], together[judge_b]
        gain = sum(of_a[o] - of_b[o] - 1 for o in beside_a) + sum(of_b[o] - of_a[o] - 1 for o in beside_b)
        worth = 2 * gain + _LIKING * (
            liking[entry_a][judge_b] + liking[entry_b][judge_a] - liking[entry_a][judge_a] - liking[entry_b][judge_b]
        )
        if worth <= 1e-9:
            continue
        for other in beside_a:
            of_a[other] -= 1
            of_b[other] += 1
            together[other][judge_a] -= 1
            together[other][judge_b] += 1
        for other in beside_b:
            of_b[other] -= 1
            of_a[other] += 1
            together[other][judge_b] -= 1
            together[other][judge_a] += 1
        holds[entry_a] ^= {judge_a, judge_b}
        holds[entry_b] ^= {judge_a, judge_b}
        slots[a], slots[b] = [entry_a, judge_b], [entry_b, judge_a]
    plan.given[:] = False
    for entry, held in enumerate(holds):
        plan.given[entry, list(held)] = True
    plan.together[:] = together


def link(plan: Plan) -> None:
    """Join parts that share no judge: exchange two judges across them, or let one judge take over an entry."""
    parts = labels(plan)
    while len(set(parts)) > 1 and _join(plan, parts):
        parts = labels(plan)


def labels(plan: Plan) -> list[int]:
    """The part (a number) of each entry that has a judge; linked entries have the same. Others are left out."""
    entries, _ = plan.given.shape
    parent = list(range(entries + plan.given.shape[1]))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for entry, judge in np.argwhere(plan.given).tolist():
        parent[root(entry)] = root(entries + judge)
    return [root(entry) if plan.given[entry].any() else -1 - entry for entry in range(entries)]


def _join(plan: Plan, parts: list[int]) -> bool:
    """One exchange that leaves fewer parts; whether there was one."""
    judged = [entry for entry in range(len(parts)) if parts[entry] >= 0]
    sizes = {part: sum(parts[entry] == part for entry in judged) for part in {parts[entry] for entry in judged}}
    before = len(sizes)
    slots = [
        (entry, judge)
        for entry, judge in np.argwhere(plan.given & ~plan.fixed).tolist()
        if plan.given[entry].sum() > 1 or sizes[parts[entry]] > 1
    ]
    slots.sort(key=lambda slot: (sizes[parts[slot[0]]], -int(plan.given[slot[0]].sum()), plan.chance[slot[0], slot[1]]))
    tries = 0
    for (entry_a, judge_a), (entry_b, judge_b) in product(slots, reversed(slots)):
        if parts[entry_a] == parts[entry_b]:
            continue
        takes = bool(plan.allowed[entry_a, judge_b])
        tries += 1
        if tries > _TRIES:
            return False
        if takes and plan.allowed[entry_b, judge_a]:
            plan.move(entry_a, judge_a, judge_b)
            plan.move(entry_b, judge_b, judge_a)
            if _count(plan) < before:
                return True
            plan.move(entry_a, judge_b, judge_a)
            plan.move(entry_b, judge_a, judge_b)
        if takes and plan.load[judge_a] > plan.load[judge_b] and plan.load[judge_b] < plan.limit[judge_b]:
            plan.move(entry_a, judge_a, judge_b)
            if _count(plan) < before:
                return True
            plan.move(entry_a, judge_b, judge_a)
    return False


def _count(plan: Plan) -> int:
    return len({part for part in labels(plan) if part >= 0})

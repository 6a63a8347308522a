"""`assign_judges`: each entry to k judges, within conflicts and loads, evenly, all linked."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from uuid import UUID

import numpy as np

from judging.assignment.evenness import link, spread_pairs
from judging.assignment.infeasible import existing_conflict, no_room, too_few_judges
from judging.assignment.model import Assignment
from judging.assignment.plan import Flags, Floats, Integers, Plan, pass_on, reach


def assign_judges(
    entries: Iterable[UUID],
    judges: Iterable[UUID],
    k: int,
    conflicts: Collection[tuple[UUID, UUID]],
    max_load: int,
    seed: int | str,
    *,
    existing: Iterable[Assignment] = (),
    affinity: Mapping[tuple[UUID, UUID], float] | None = None,
    limits: Mapping[UUID, int] | None = None,
) -> tuple[Assignment, ...]:
    """Give every entry to at least `k` judges; the same for the same seed, whatever the order of the arguments.

    `conflicts` are (judge id, entry id) pairs that must not meet. Nobody is given more than `max_load` entries, nor
    more than `limits` says of that judge. `existing` assignments stay, count for `k` and for loads, and are part of the
    result; among them may be judges and entries that are no longer in the lists: they get nothing new. `affinity`
    (judge id, entry id) from 0 to 1, 0 where not named, is wished for where fairness leaves a choice.

    Loads differ by as little as conflicts, `max_load` and existing work allow, so by at most one where possible. Pairs
    of judges meet evenly, and all entries are linked through shared judges where any plan with these loads that the
    search finds has that; what it left apart, `coverage` shows. Assignments are sorted by entry, then judge.

    Raises AssignmentInfeasible when no plan exists, ValueError for `k` or `max_load` below 0.
    """
    if k < 0 or max_load < 0:
        raise ValueError("k and max_load are 0 or more")
    kept = set(existing)
    wanted = set(entries)
    active = set(judges)
    barred = set(conflicts)
    in_conflict = [a for a in kept if (a.judge_id, a.entry_id) in barred]
    if in_conflict:
        raise existing_conflict(in_conflict)
    entry_ids = _shuffled(wanted | {a.entry_id for a in kept}, seed)
    judge_ids = _shuffled(active | {a.judge_id for a in kept}, seed)
    plan = _plan(entry_ids, judge_ids, wanted, active, barred, kept, k, max_load, affinity or {}, seed)
    for j, id in enumerate(judge_ids):
        plan.limit[j] = min(max_load, (limits or {}).get(id, max_load))
    short = np.flatnonzero((plan.lacking > 0) & (plan.lacking > (plan.allowed & ~plan.given).sum(axis=1)))
    if short.size:
        raise too_few_judges(plan, [entry_ids[int(i)] for i in short], int(short[0]), len(active), k)
    for entry in _hardest_first(plan):
        while plan.lacking[entry] > 0:
            if not _give_lightest(plan, entry) and not _make_room(plan, entry):
                order, _ = reach(plan, np.flatnonzero(plan.free(entry)))
                raise no_room(plan, entry_ids, judge_ids, order)
    _level(plan)
    random = np.random.default_rng(_number(seed, "evenness"))
    spread_pairs(plan, random)
    link(plan)
    found = [Assignment(judge_ids[int(j)], entry_ids[int(i)]) for i, j in zip(*np.nonzero(plan.given), strict=True)]
    return tuple(sorted(found, key=lambda a: (str(a.entry_id), str(a.judge_id))))


def _number(seed: int | str, *words: object) -> int:
    return int.from_bytes(sha256("\0".join(map(str, (seed, *words))).encode()).digest()[:8], "big")


def _shuffled(ids: set[UUID], seed: int | str) -> list[UUID]:
    # Each id has its own place, so that one that comes later moves none of the others.
    return sorted(ids, key=lambda id: (_number(seed, id), str(id)))


def _plan(
    entry_ids: Sequence[UUID],
    judge_ids: Sequence[UUID],
    wanted: set[UUID],
    active: set[UUID],
    barred: set[tuple[UUID, UUID]],
    kept: set[Assignment],
    k: int,
    max_load: int,
    affinity: Mapping[tuple[UUID, UUID], float],
    seed: int | str,
) -> Plan:
    row = {id: i for i, id in enumerate(entry_ids)}
    column = {id: j for j, id in enumerate(judge_ids)}
    shape = (len(row), len(column))
    allowed: Flags = np.ones(shape, dtype=np.bool_)
    allowed[:, [column[id] for id in column if id not in active]] = False
    allowed[[row[id] for id in row if id not in wanted]] = False
    for judge_id, entry_id in barred:
        if judge_id in column and entry_id in row:
            allowed[row[entry_id], column[judge_id]] = False
    liking: Floats = np.zeros(shape)
    for (judge_id, entry_id), value in affinity.items():
        if judge_id in column and entry_id in row:
            liking[row[entry_id], column[judge_id]] = min(max(float(value), 0.0), 1.0)
    lacking: Integers = np.array([k if id in wanted else 0 for id in entry_ids], dtype=np.int64)
    plan = Plan(
        allowed=allowed,
        given=np.zeros(shape, dtype=np.bool_),
        fixed=np.zeros(shape, dtype=np.bool_),
        lacking=lacking,
        load=np.zeros(shape[1], dtype=np.int64),
        limit=np.full(shape[1], max_load, dtype=np.int64),
        together=np.zeros((shape[1], shape[1]), dtype=np.int64),
        liking=liking,
        chance=np.random.default_rng(_number(seed, "chance")).random(shape),
    )
    for assignment in kept:
        plan.give(row[assignment.entry_id], column[assignment.judge_id])
    plan.fixed[:] = plan.given
    return plan


def _hardest_first(plan: Plan) -> list[int]:
    return [int(i) for i in np.argsort((plan.allowed & ~plan.given).sum(axis=1) - plan.lacking, kind="stable")]


def _give_lightest(plan: Plan, entry: int) -> bool:
    """Give the entry to the judge with the least work who may take it, of equals the one who met its judges least."""
    open_to = np.flatnonzero(plan.free(entry) & (plan.load < plan.limit))
    if not open_to.size:
        return False
    met = plan.together[open_to][:, plan.given[entry]].sum(axis=1)
    order = np.lexsort((plan.chance[entry, open_to], met, -plan.liking[entry, open_to], plan.load[open_to]))
    plan.give(entry, int(open_to[order[0]]))
    return True


def _make_room(plan: Plan, entry: int) -> bool:
    """Pass work on from full judges who may take the entry, until one of them has room."""
    order, steps = reach(plan, np.flatnonzero(plan.free(entry)))
    for judge in order:
        if plan.load[judge] < plan.limit[judge]:
            plan.give(entry, pass_on(plan, steps, judge))
            return True
    return False


def _level(plan: Plan) -> None:
    """Pass work on from judges with more to judges with less while that evens the loads.

    When no path leads from a judge to one with two entries less, no plan is more even: the loads are a flow of least
    convex cost, and such a path is its only negative cycle.
    """
    evened = True
    while evened:
        evened = False
        for giver in np.argsort(-plan.load, kind="stable").tolist():
            order, steps = reach(plan, np.array([giver]))
            takers = [j for j in order if plan.load[j] <= plan.load[giver] - 2 and plan.load[j] < plan.limit[j]]
            if takers:
                pass_on(plan, steps, min(takers, key=lambda j: int(plan.load[j])))
                evened = True

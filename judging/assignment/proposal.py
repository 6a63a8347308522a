"""A plan before it is made: the field in its parts, what would come and what would go. Pure."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from judging.assignment.assign import assign_judges
from judging.assignment.errors import AssignmentInfeasible
from judging.assignment.model import Assignment, Candidate, Seat
from judging.groups import JudgingGroup, Part, divide

NO_LIMIT = 10_000
"""The load of a judge whom no rule limits."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a plan would do: `added` comes, `removed` goes, `kept` stays. `loads` are those of the judges after it."""

    added: tuple[Assignment, ...]
    removed: tuple[Assignment, ...]
    kept: tuple[Assignment, ...]
    loads: Mapping[UUID, int]

    @property
    def after(self) -> tuple[Assignment, ...]:
        """All assignments once it is made."""
        return (*self.kept, *self.added)

    @property
    def fingerprint(self) -> str:
        """A short name of exactly this, so that nothing is made but what was looked at."""
        told = [f"{sign}{a.judge_id}{a.entry_id}" for sign, pairs in self._signed for a in pairs]
        return hashlib.sha256("\n".join(sorted(told)).encode()).hexdigest()[:16]

    @property
    def _signed(self) -> tuple[tuple[str, tuple[Assignment, ...]], ...]:
        return (("+", self.added), ("-", self.removed), ("=", self.kept))


class PartInfeasible(Exception):
    """A part of the field for which there is no plan, and why."""

    def __init__(self, part: Part, cause: AssignmentInfeasible) -> None:
        super().__init__(str(cause))
        self.part = part
        self.cause = cause


def propose(
    field: Sequence[Candidate],
    seats: Sequence[Seat],
    groups: Sequence[JudgingGroup],
    *,
    reviews: int,
    max_load: int | None,
    conflicts: Collection[tuple[UUID, UUID]],
    fixed: Iterable[Assignment],
    movable: Iterable[Assignment] = (),
    seed: str,
) -> Proposal:
    """Plan the field part by part. `fixed` work stays; `movable` is planned anew, and stays where that is as fair.

    Within a panel each judge gets each entry that no conflict keeps from it. Work that stays although it is in
    conflict is somebody's finished judgement: it counts, and nothing else is made of the pair.
    Raises PartInfeasible.
    """
    stays, loose = set(fixed), set(movable)
    barred = set(conflicts)
    told = barred - {(a.judge_id, a.entry_id) for a in stays}
    given = set(stays)
    limits = {seat.judge_id: seat.max_load for seat in seats if seat.max_load is not None}
    parts = divide(groups, {one.entry_id: one.track_id for one in field}, [seat.judge_id for seat in seats])
    for part in sorted(parts, key=lambda part: not part.everybody):
        if part.everybody:
            given |= {
                Assignment(judge, entry)
                for entry in part.entries
                for judge in part.judges
                if (judge, entry) not in barred
            }
            continue
        wished = {(a.judge_id, a.entry_id): 1.0 for a in loose}
        try:
            found = assign_judges(
                part.entries,
                part.judges,
                reviews,
                told,
                NO_LIMIT if max_load is None else max_load,
                seed,
                existing=given,
                affinity=wished,
                limits=limits,
            )
        except AssignmentInfeasible as cause:
            raise PartInfeasible(part, cause) from cause
        given |= set(found)
    before = stays | loose
    ordered = sorted(given, key=lambda a: (str(a.entry_id), str(a.judge_id)))
    return Proposal(
        added=tuple(a for a in ordered if a not in before),
        removed=tuple(sorted(loose - given, key=lambda a: (str(a.entry_id), str(a.judge_id)))),
        kept=tuple(a for a in ordered if a in before),
        loads=Counter({seat.judge_id: 0 for seat in seats} | Counter(a.judge_id for a in given)),
    )


def draw_positions(
    added: Iterable[Assignment], taken: Mapping[UUID, int], seed: str
) -> tuple[tuple[Assignment, int], ...]:
    """The place of each new assignment in its judge's list, after those `taken` (the highest so far by judge).

    Each judge's order is drawn for itself: an entry that is always seen first, or last, would be judged otherwise.
    """
    places = dict(taken)
    drawn = []
    for a in sorted(added, key=lambda a: _draw(seed, a.judge_id, a.entry_id)):
        places[a.judge_id] = places.get(a.judge_id, 0) + 1
        drawn.append((a, places[a.judge_id]))
    return tuple(drawn)


def _draw(*words: object) -> str:
    return hashlib.sha256("\0".join(map(str, words)).encode()).hexdigest()

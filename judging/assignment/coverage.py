"""How assignments cover the field: a matrix, and what in it needs a person."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from judging.assignment.model import Assignment


class Cell(StrEnum):
    """What is between an entry and a judge."""

    FREE = "free"
    ASSIGNED = "assigned"
    DONE = "done"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Entries by judges.

    `cells[i][j]` is between `entries[i]` and `judges[j]` (both sorted by id). `loads` and `finished` count assignments
    a judge has and has done; `reviews` and `reviewed` the same of an entry. `uncovered`: entries that no judge has, an
    alarm; `short`: those with fewer than `k`. `parts`: entries linked by shared judges, largest first: more than one
    part is compared by assumption only. `pairs_least`, `pairs_most`: how often two judges meet.
    """

    entries: tuple[UUID, ...]
    judges: tuple[UUID, ...]
    cells: tuple[tuple[Cell, ...], ...]
    reviews: Mapping[UUID, int]
    reviewed: Mapping[UUID, int]
    loads: Mapping[UUID, int]
    finished: Mapping[UUID, int]
    uncovered: tuple[UUID, ...]
    short: tuple[UUID, ...]
    parts: tuple[tuple[UUID, ...], ...]
    pairs_least: int
    pairs_most: int

    @property
    def connected(self) -> bool:
        """Whether all entries with a judge are linked."""
        return len(self.parts) <= 1


def coverage(
    entries: Iterable[UUID],
    judges: Iterable[UUID],
    assignments: Iterable[Assignment],
    *,
    k: int,
    done: Collection[Assignment] = (),
    conflicts: Collection[tuple[UUID, UUID]] = (),
) -> Coverage:
    """Look at a plan. Assignments and finished work of entries or judges outside of the lists add a row or a column.

    A pair that is assigned or done although it is in conflict shows as what it is: `assigned`, `done`.
    """
    finished = set(done)
    given = set(assignments) | finished
    barred = set(conflicts)
    rows = sorted(set(entries) | {a.entry_id for a in given}, key=str)
    columns = sorted(set(judges) | {a.judge_id for a in given}, key=str)

    def cell(entry: UUID, judge: UUID) -> Cell:
        pair = Assignment(judge, entry)
        if pair in finished:
            return Cell.DONE
        if pair in given:
            return Cell.ASSIGNED
        return Cell.CONFLICT if (judge, entry) in barred else Cell.FREE

    judges_of: dict[UUID, set[UUID]] = {entry: set() for entry in rows}
    entries_of: dict[UUID, set[UUID]] = {judge: set() for judge in columns}
    for a in given:
        judges_of[a.entry_id].add(a.judge_id)
        entries_of[a.judge_id].add(a.entry_id)
    shared = [len(entries_of[one] & entries_of[other]) for n, one in enumerate(columns) for other in columns[n + 1 :]]
    return Coverage(
        entries=tuple(rows),
        judges=tuple(columns),
        cells=tuple(tuple(cell(entry, judge) for judge in columns) for entry in rows),
        reviews={entry: len(judges_of[entry]) for entry in rows},
        reviewed={entry: sum(Assignment(j, entry) in finished for j in judges_of[entry]) for entry in rows},
        loads={judge: len(entries_of[judge]) for judge in columns},
        finished={judge: sum(Assignment(judge, e) in finished for e in entries_of[judge]) for judge in columns},
        uncovered=tuple(entry for entry in rows if not judges_of[entry]),
        short=tuple(entry for entry in rows if len(judges_of[entry]) < k),
        parts=_parts(judges_of, entries_of),
        pairs_least=min(shared, default=0),
        pairs_most=max(shared, default=0),
    )


def _parts(judges_of: Mapping[UUID, set[UUID]], entries_of: Mapping[UUID, set[UUID]]) -> tuple[tuple[UUID, ...], ...]:
    left = {entry for entry, judges in judges_of.items() if judges}
    parts: list[tuple[UUID, ...]] = []
    while left:
        part: set[UUID] = set()
        border = {min(left, key=str)}
        while border:
            part |= border
            border = {e for entry in border for judge in judges_of[entry] for e in entries_of[judge]} - part
        left -= part
        parts.append(tuple(sorted(part, key=str)))
    return tuple(sorted(parts, key=lambda part: (-len(part), str(part[0]))))

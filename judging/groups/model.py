"""Judging groups as values, and the parts of the field that they make. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

MOST_GROUPS = 40
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class JudgingGroup:
    """Judges, and the entries they judge: those named, and those of the tracks named.

    Who is in a group judges entries of its groups only, and these are judged by nobody else. `everybody`: each judge
    of the group sees each entry (a panel, as on a pitch day); else as many as the rules say.
    `final`: it is of the final round, and says nothing of the first.
    """

    id: UUID
    event_id: UUID
    name: str
    judges: tuple[UUID, ...] = ()
    tracks: tuple[UUID, ...] = ()
    entries: tuple[UUID, ...] = ()
    everybody: bool = False
    final: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the field: who may judge what. `group` is None for what no group has."""

    group: JudgingGroup | None
    entries: tuple[UUID, ...]
    judges: tuple[UUID, ...]

    @property
    def everybody(self) -> bool:
        """Whether each judge sees each entry."""
        return self.group is not None and self.group.everybody


def divide(groups: Sequence[JudgingGroup], entries: Mapping[UUID, UUID], judges: Iterable[UUID]) -> tuple[Part, ...]:
    """The parts of a field: those of the groups first, in order, then the rest. `entries` are (entry, its track).

    An entry belongs to the first group that names it, else to the first that names its track. Parts without entries are
    left out.
    """
    active = tuple(judges)
    of_group: dict[UUID | None, list[UUID]] = {}
    for entry, track in entries.items():
        by_name = next((group.id for group in groups if entry in group.entries), None)
        by_track = next((group.id for group in groups if track in group.tracks), None)
        of_group.setdefault(by_name or by_track, []).append(entry)
    busy = {judge for group in groups for judge in group.judges}
    parts = [
        Part(group, tuple(of_group[group.id]), tuple(judge for judge in active if judge in group.judges))
        for group in groups
        if group.id in of_group
    ]
    if None in of_group:
        parts.append(Part(None, tuple(of_group[None]), tuple(judge for judge in active if judge not in busy)))
    return tuple(parts)

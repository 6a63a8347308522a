"""The most assignments that any plan has, by the plainest matching there is: what the product is held against."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID


def most(
    entries: Sequence[UUID],
    judges: Sequence[UUID],
    k: int,
    conflicts: Collection[tuple[UUID, UUID]],
    room: Mapping[UUID, int],
) -> int:
    """How many of the `k` slots of each entry can be filled when judge j takes `room[j]` (Kuhn's algorithm)."""
    held: dict[UUID, list[UUID]] = {judge: [] for judge in judges}

    def place(entry: UUID, seen: set[UUID]) -> bool:
        for judge in judges:
            if judge in seen or (judge, entry) in conflicts or entry in held[judge]:
                continue
            seen.add(judge)
            if len(held[judge]) < room[judge]:
                held[judge].append(entry)
                return True
            for other in list(held[judge]):
                if place(other, seen):
                    held[judge].remove(other)
                    held[judge].append(entry)
                    return True
        return False

    return sum(place(entry, set()) for entry in entries for _ in range(k))

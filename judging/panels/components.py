"""Which entries and judges are linked by scores, directly or through others."""

from judging.panels.model import Component
from judging.panels.table import Table


def components(table: Table) -> tuple[Component, ...]:
    """The parts of a panel without a link between them, largest first, equal ones by the id of their first entry."""
    parent = list(range(len(table.entries) + len(table.judges)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for entry, judge in zip(table.entry.tolist(), table.judge.tolist(), strict=True):
        parent[root(entry)] = root(len(table.entries) + judge)
    parts: dict[int, tuple[list[int], list[int]]] = {}
    for entry in range(len(table.entries)):
        parts.setdefault(root(entry), ([], []))[0].append(entry)
    for judge in range(len(table.judges)):
        parts[root(len(table.entries) + judge)][1].append(judge)
    found = [
        Component(
            entries=tuple(sorted((table.entries[i] for i in entries), key=str)),
            judges=tuple(sorted((table.judges[j] for j in judges), key=str)),
        )
        for entries, judges in parts.values()
    ]
    return tuple(sorted(found, key=lambda part: (-len(part.entries), str(part.entries[0]))))

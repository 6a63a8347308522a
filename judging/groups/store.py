"""Reading and writing of judging groups."""

from datetime import datetime
from uuid import UUID

from hackathon import store
from judging.groups.model import JudgingGroup


async def read_groups(event_id: UUID) -> tuple[JudgingGroup, ...]:
    """The groups of an event, the one made first before the others."""
    rows = await store.fetch("SELECT * FROM judging_group WHERE event_id = $1 ORDER BY made_at, id", event_id)
    return tuple(_group(row) for row in rows)


async def read_group(group_id: UUID) -> JudgingGroup | None:
    """One group."""
    row = await store.fetch_one("SELECT * FROM judging_group WHERE id = $1", group_id)
    return None if row is None else _group(row)


async def write_group(group: JudgingGroup, now: datetime) -> None:
    """Keep a group, new or old."""
    await store.execute(
        "INSERT INTO judging_group (id, event_id, name, judges, tracks, entries, everybody, final, made_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO UPDATE SET name = excluded.name,"
        " judges = excluded.judges, tracks = excluded.tracks, entries = excluded.entries,"
        " everybody = excluded.everybody, final = excluded.final",
        group.id,
        group.event_id,
        group.name,
        list(group.judges),
        list(group.tracks),
        list(group.entries),
        group.everybody,
        group.final,
        now,
    )


async def delete_group(group_id: UUID) -> None:
    """Forget a group."""
    await store.execute("DELETE FROM judging_group WHERE id = $1", group_id)


async def read_members(event_id: UUID) -> tuple[frozenset[UUID], frozenset[UUID], frozenset[UUID]]:
    """The ids of all judges, tracks and entries that the event has."""
    rows = await store.fetch(
        "SELECT 'judge' AS kind, id FROM judge WHERE event_id = $1 UNION ALL"
        " SELECT 'track', id FROM track WHERE event_id = $1 UNION ALL"
        " SELECT 'entry', id FROM entry WHERE event_id = $1",
        event_id,
    )

    def of(kind: str) -> frozenset[UUID]:
        return frozenset(row["id"] for row in rows if row["kind"] == kind)

    return of("judge"), of("track"), of("entry")


def _group(row: store.Row) -> JudgingGroup:
    return JudgingGroup(
        id=row["id"],
        event_id=row["event_id"],
        name=row["name"],
        judges=tuple(row["judges"]),
        tracks=tuple(row["tracks"]),
        entries=tuple(row["entries"]),
        everybody=row["everybody"],
        final=row["final"],
    )

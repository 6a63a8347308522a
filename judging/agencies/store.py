"""Reading and writing of what organizers said of agencies, and of whose agencies there are."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from hackathon import store
from judging.agencies.model import Answer, Holder, Pair


async def read_holders(event_id: UUID) -> tuple[tuple[Holder, ...], tuple[Holder, ...]]:
    """The judges of an event, and its entries by the name of their teams."""
    judges = await store.fetch(
        "SELECT id, agency, name FROM judge WHERE event_id = $1 ORDER BY lower(name), id", event_id
    )
    entries = await store.fetch(
        "SELECT e.id, t.agency, t.name FROM entry e JOIN team t ON t.id = e.team_id WHERE e.event_id = $1"
        " ORDER BY lower(t.name), e.id",
        event_id,
    )
    return tuple(Holder(**row) for row in judges), tuple(Holder(**row) for row in entries)


async def read_sitting(event_id: UUID) -> frozenset[UUID]:
    """The judges who judge, or are invited to."""
    rows = await store.fetch("SELECT id FROM judge WHERE event_id = $1 AND state <> 'left'", event_id)
    return frozenset(row["id"] for row in rows)


async def read_answers(event_id: UUID) -> Mapping[Pair, Answer]:
    """What was answered."""
    rows = await store.fetch(
        "SELECT * FROM agency_answer WHERE event_id = $1 ORDER BY lower(first_name), lower(second_name)", event_id
    )
    return {
        (row["first_key"], row["second_key"]): Answer(
            row["first_name"], row["second_name"], row["same"], row["answered_at"]
        )
        for row in rows
    }


async def write_answer(event_id: UUID, pair: Pair, names: tuple[str, str], same: bool, now: datetime) -> bool:
    """Keep an answer in place of the one before; False where it is that already."""
    touched = await store.execute(
        "INSERT INTO agency_answer AS a (event_id, first_key, second_key, first_name, second_name, same, answered_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (event_id, first_key, second_key)"
        " DO UPDATE SET same = excluded.same, answered_at = excluded.answered_at WHERE a.same <> excluded.same",
        event_id,
        *pair,
        *names,
        same,
        now,
    )
    return touched == 1


async def read_work_between(event_id: UUID) -> tuple[tuple[UUID, UUID, UUID], ...]:
    """Open assignments of an event: judge, entry, and the entry's team."""
    rows = await store.fetch(
        "SELECT a.judge_id, a.entry_id, e.team_id FROM assignment a JOIN entry e ON e.id = a.entry_id"
        " WHERE e.event_id = $1 AND a.state = 'open' ORDER BY a.id",
        event_id,
    )
    return tuple((row["judge_id"], row["entry_id"], row["team_id"]) for row in rows)

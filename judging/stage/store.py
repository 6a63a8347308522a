"""Reading and writing of a pitch day."""

from datetime import datetime, timedelta
from uuid import UUID

from hackathon import store
from judging.stage.model import Draw, Turn


async def lock_stage(event_id: UUID) -> None:
    """Keep others from drawing, or from the clock, until the transaction ends."""
    store.require_transaction()
    await store.execute("SELECT pg_advisory_xact_lock(hashtextextended('stage:' || $1, 0))", str(event_id))


async def read_draws(event_id: UUID) -> tuple[Draw, ...]:
    """All draws of an event, the newest first."""
    rows = await store.fetch("SELECT * FROM pitch_draw WHERE event_id = $1 ORDER BY number DESC", event_id)
    return tuple(Draw(**{**row, "pool": tuple(row["pool"])}) for row in rows)


async def insert_draw(draw: Draw) -> None:
    """Keep a draw."""
    await store.execute(
        "INSERT INTO pitch_draw (id, event_id, number, seed, pool, reason, minutes, made_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        draw.id,
        draw.event_id,
        draw.number,
        draw.seed,
        list(draw.pool),
        draw.reason,
        draw.minutes,
        draw.made_at,
    )


async def read_turn(event_id: UUID) -> Turn | None:
    """Who is on the stage."""
    row = await store.fetch_one("SELECT entry_id, ends_at, left_seconds FROM pitch_turn WHERE event_id = $1", event_id)
    return None if row is None else Turn(row["entry_id"], row["ends_at"], timedelta(seconds=row["left_seconds"]))


async def write_turn(event_id: UUID, turn: Turn, now: datetime) -> None:
    """Keep who is on the stage."""
    await store.execute(
        "INSERT INTO pitch_turn (event_id, entry_id, ends_at, left_seconds, changed_at) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (event_id) DO UPDATE SET entry_id = excluded.entry_id, ends_at = excluded.ends_at,"
        " left_seconds = excluded.left_seconds, changed_at = excluded.changed_at",
        event_id,
        turn.entry_id,
        turn.ends_at,
        turn.left.total_seconds(),
        now,
    )


async def clear_turn(event_id: UUID) -> None:
    """Nobody is on the stage."""
    await store.execute("DELETE FROM pitch_turn WHERE event_id = $1", event_id)


async def read_names(event_id: UUID) -> dict[UUID, tuple[str, str]]:
    """The team and agency of each entry of the event."""
    rows = await store.fetch(
        "SELECT e.id, t.name, t.agency FROM entry e JOIN team t ON t.id = e.team_id WHERE e.event_id = $1", event_id
    )
    return {row["id"]: (row["name"], row["agency"]) for row in rows}

"""Reading and writing of rubrics."""

from datetime import datetime
from uuid import UUID

import msgspec

from hackathon import store
from judging.rubrics.model import KeptRevision, Revision, Rubric


async def read_current(track_id: UUID) -> KeptRevision | None:
    """The version in force; None where the track has none yet."""
    row = await store.fetch_one("SELECT * FROM rubric WHERE track_id = $1 ORDER BY number DESC LIMIT 1", track_id)
    return None if row is None else _kept(row)


async def read_revision(rubric_id: UUID) -> KeptRevision | None:
    """One version."""
    row = await store.fetch_one("SELECT * FROM rubric WHERE id = $1", rubric_id)
    return None if row is None else _kept(row)


async def read_revisions(track_id: UUID) -> tuple[KeptRevision, ...]:
    """All versions of a track's rubric, the newest first."""
    rows = await store.fetch("SELECT * FROM rubric WHERE track_id = $1 ORDER BY number DESC", track_id)
    return tuple(_kept(row) for row in rows)


async def insert_revision(rubric_id: UUID, track_id: UUID, revision: Revision, now: datetime) -> None:
    """Keep a new version; where one of its number is there already, that stays."""
    await store.execute(
        "INSERT INTO rubric (id, track_id, number, body, reason, reopens, made_at)"
        " VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7) ON CONFLICT (track_id, number) DO NOTHING",
        rubric_id,
        track_id,
        revision.number,
        msgspec.json.encode(revision.rubric).decode(),
        revision.reason,
        revision.reopens,
        now,
    )


async def replace_rubric(rubric_id: UUID, rubric: Rubric, now: datetime) -> None:
    """Give a version that nobody has scored by another content."""
    await store.execute(
        "UPDATE rubric SET body = $2::jsonb, made_at = $3 WHERE id = $1",
        rubric_id,
        msgspec.json.encode(rubric).decode(),
        now,
    )


async def lock_rubric(track_id: UUID) -> None:
    """Keep others from changing the rubric of this track, and from writing scorecards, until the transaction ends."""
    store.require_transaction()
    await store.execute("SELECT pg_advisory_xact_lock(hashtextextended('rubric:' || $1, 0))", str(track_id))
    await store.execute("LOCK TABLE scorecard IN SHARE MODE")


async def has_scored(track_id: UUID) -> bool:
    """Whether a judge has given a rating that counts to an entry of the track."""
    found: bool = await store.fetch_value(
        "SELECT EXISTS (SELECT 1 FROM scorecard s JOIN assignment a ON a.id = s.assignment_id"
        " JOIN entry e ON e.id = a.entry_id WHERE e.track_id = $1 AND a.kind <> 'calibration'"
        " AND (s.ratings <> '{}' OR s.sent_at IS NOT NULL))",
        track_id,
    )
    return found


def _kept(row: store.Row) -> KeptRevision:
    return KeptRevision(
        number=row["number"],
        rubric=msgspec.json.decode(row["body"], type=Rubric),
        reason=row["reason"],
        reopens=row["reopens"],
        id=row["id"],
        track_id=row["track_id"],
        made_at=row["made_at"],
    )

"""Rows of publications, read and written."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from hackathon import store
from hackathon.events.model import Schedule
from judging.publications.model import Body, Publication, body_hash, decode_body, encode_body


async def lock_track(track_id: UUID) -> tuple[UUID, Schedule] | None:
    """Keep others from publishing this track until the transaction ends; returns its event, if any."""
    # NO KEY: entries that point to the track may be made meanwhile.
    row = await store.fetch_one(
        "SELECT event.id, event.schedule FROM track JOIN event ON event.id = track.event_id"
        " WHERE track.id = $1 FOR NO KEY UPDATE OF track",
        track_id,
    )
    return None if row is None else (row["id"], msgspec.json.decode(row["schedule"], type=Schedule))


async def insert(publication_id: UUID, body: Body) -> Publication:
    """Write a publication; returns it as stored."""
    text = encode_body(body)
    await store.execute(
        "INSERT INTO publication (id, track_id, number, body, created_at, sha256) VALUES ($1, $2, $3, $4, $5, $6)",
        publication_id,
        body.track,
        body.number,
        text,
        body.created_at,
        body_hash(text),
    )
    return _publication(publication_id, body, body_hash(text))


async def latest(track_id: UUID, count: int) -> tuple[Publication, ...]:
    """The last `count` publications of a track, the newest first."""
    rows = await store.fetch(
        "SELECT id, body, sha256 FROM publication WHERE track_id = $1 ORDER BY number DESC LIMIT $2", track_id, count
    )
    return _publications(rows)


async def tracks_of(event_id: UUID) -> tuple[UUID, ...]:
    """The tracks of an event in their order; none for an event that is gone."""
    rows = await store.fetch("SELECT id FROM track WHERE event_id = $1 ORDER BY position", event_id)
    return tuple(row["id"] for row in rows)


async def closed_between(since: datetime | None, until: datetime) -> tuple[UUID, ...]:
    """Tracks whose judging closed after `since` (None: ever) and not after `until`, and whose results are not out yet:
    a board from after the closing counts only if it says that it is final.
    """
    rows = await store.fetch(
        "SELECT track.id FROM track JOIN event ON event.id = track.event_id,"
        " LATERAL (SELECT (event.schedule ->> 'judging_closes')::timestamptz AS at) AS closing"
        " WHERE closing.at <= $2 AND ($1::timestamptz IS NULL OR closing.at > $1) AND NOT EXISTS ("
        " SELECT FROM publication WHERE track_id = track.id AND created_at >= closing.at"
        " AND (body::jsonb ->> 'final')::boolean)"
        " ORDER BY closing.at, track.position, track.id",
        since,
        until,
    )
    return tuple(row["id"] for row in rows)


async def latest_number(track_id: UUID) -> int:
    """The highest number of a track; 0 when it has none."""
    found: int = await store.fetch_value(
        "SELECT coalesce(max(number), 0) FROM publication WHERE track_id = $1", track_id
    )
    return found


async def latest_of_event(event_id: UUID) -> tuple[Publication, ...]:
    """The last publication of each track of an event that has one."""
    rows = await store.fetch(
        "SELECT DISTINCT ON (track_id) id, body, sha256 FROM publication"
        " WHERE track_id IN (SELECT id FROM track WHERE event_id = $1) ORDER BY track_id, number DESC",
        event_id,
    )
    return _publications(rows)


async def number(track_id: UUID, wanted: int) -> Publication | None:
    """One publication of a track."""
    rows = await store.fetch(
        "SELECT id, body, sha256 FROM publication WHERE track_id = $1 AND number = $2", track_id, wanted
    )
    return next(iter(_publications(rows)), None)


def _publications(rows: Sequence[store.Row]) -> tuple[Publication, ...]:
    return tuple(_publication(row["id"], decode_body(row["body"]), row["sha256"]) for row in rows)


def _publication(publication_id: UUID, body: Body, sha256: str) -> Publication:
    return Publication(
        id=publication_id,
        track_id=body.track,
        number=body.number,
        rows=body.rows,
        created_at=body.created_at,
        sha256=sha256,
        basis=body.basis,
        final=body.final,
    )

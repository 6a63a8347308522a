"""Reading and writing of announcements."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from hackathon import store
from hackathon.announcements import tables
from hackathon.announcements.model import Announcement
from sandbox.model import Text


def _value(row: store.Row) -> Announcement:
    return Announcement(
        id=row["id"],
        event_id=row["event_id"],
        title=Text(id=row["title_id"], en=row["title_en"]),
        body=Text(id=row["body_id"], en=row["body_en"]),
        important=row["important"],
        published_at=row["published_at"],
        retracted_at=row["retracted_at"],
        reason=row["reason"],
    )


async def lock_event(event_id: UUID) -> None:
    """Keep others from publishing in the event until the transaction ends."""
    await store.execute("SELECT pg_advisory_xact_lock(hashtextextended('announcement:' || $1, 0))", str(event_id))


async def insert(new: Announcement) -> None:
    """Keep an announcement."""
    await tables.Announcement(
        id=new.id,
        event_id=new.event_id,
        title_id=new.title.id,
        body_id=new.body.id,
        title_en=new.title.en,
        body_en=new.body.en,
        important=new.important,
        published_at=new.published_at,
    ).save()


async def read_same(new: Announcement, since: datetime) -> Announcement | None:
    """The newest of the same words that was published after `since` and stands."""
    row = await store.fetch_one(
        "SELECT * FROM announcement WHERE event_id = $1 AND title_id = $2 AND body_id = $3 AND title_en = $4"
        " AND body_en = $5 AND important = $6 AND published_at > $7 AND retracted_at IS NULL"
        " ORDER BY published_at DESC, id LIMIT 1",
        new.event_id,
        new.title.id,
        new.body.id,
        new.title.en,
        new.body.en,
        new.important,
        since,
    )
    return None if row is None else _value(row)


async def lock(announcement_id: UUID) -> Announcement | None:
    """An announcement, held until the transaction ends."""
    row = await store.fetch_one("SELECT * FROM announcement WHERE id = $1 FOR UPDATE", announcement_id)
    return None if row is None else _value(row)


async def take_back(announcement_id: UUID, reason: str, now: datetime) -> None:
    """Note that it stands no longer."""
    await store.execute(
        "UPDATE announcement SET retracted_at = greatest($2, published_at), reason = $3 WHERE id = $1",
        announcement_id,
        now,
        reason,
    )


async def count(event_id: UUID, *, retracted: bool) -> int:
    """How many an event has; those that were taken back only where `retracted` asks for them."""
    found: int = await store.fetch_value(
        "SELECT count(*) FROM announcement WHERE event_id = $1 AND ($2 OR retracted_at IS NULL)", event_id, retracted
    )
    return found


async def read(event_ids: Collection[UUID], *, retracted: bool, limit: int, offset: int) -> tuple[Announcement, ...]:
    """Announcements of these events, newest first."""
    rows = await store.fetch(
        "SELECT * FROM announcement WHERE event_id = ANY($1) AND ($2 OR retracted_at IS NULL)"
        " ORDER BY published_at DESC, id LIMIT $3 OFFSET $4",
        list(event_ids),
        retracted,
        limit,
        offset,
    )
    return tuple(_value(row) for row in rows)


async def read_important(since: datetime | None, hours: int) -> Mapping[str, Announcement]:
    """By the slug of its event, the newest important one that was published after `since` and stands; None for the
    last `hours` of the database's clock.
    """
    rows = await store.fetch(
        "SELECT DISTINCT ON (event.slug) event.slug, announcement.* FROM announcement JOIN event ON event.id = event_id"
        " WHERE important AND retracted_at IS NULL"
        " AND published_at > coalesce($1, clock_timestamp() - make_interval(hours => $2))"
        " ORDER BY event.slug, published_at DESC, announcement.id",
        since,
        hours,
    )
    return {row["slug"]: _value(row) for row in rows}

"""Reading and writing of events."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

import msgspec

from hackathon import store
from hackathon.events import tables
from hackathon.events.content import Content
from hackathon.events.model import Event, Extension, Rules, Schedule, Scope, Track, TrackTask, Venue
from hackathon.events.spec import EventSpec, TrackSpec, VenueSpec
from sandbox.model import CaseSet, Text

_EVENT = """
SELECT event.*,
    (SELECT coalesce(jsonb_agg(to_jsonb(track) ORDER BY position), '[]') FROM track WHERE event_id = event.id) AS
    tracks, (SELECT coalesce(jsonb_agg(to_jsonb(venue) ORDER BY slug), '[]') FROM venue WHERE event_id = event.id) AS
    venues, (SELECT coalesce(jsonb_object_agg(case_set, sha256), '{}') FROM event_seed WHERE event_id = event.id) AS
    seeds
FROM event
"""


class _TrackRow(msgspec.Struct):
    id: UUID
    event_id: UUID
    slug: str
    title_id: str
    title_en: str
    position: int
    tasks: tuple[TrackTask, ...]
    summary: Text | None

    def value(self) -> Track:
        title = Text(id=self.title_id, en=self.title_en)
        return Track(self.id, self.event_id, self.slug, title, self.position, self.tasks, self.summary)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _event(row: store.Row) -> Event:
    return Event(
        id=row["id"],
        slug=row["slug"],
        title=Text(id=row["title_id"], en=row["title_en"]),
        zone=row["zone"],
        schedule=msgspec.json.decode(row["schedule"], type=Schedule),
        rules=msgspec.json.decode(row["rules"], type=Rules),
        demo=row["demo"],
        tracks=tuple(track.value() for track in msgspec.json.decode(row["tracks"], type=list[_TrackRow])),
        venues=msgspec.json.decode(row["venues"], type=tuple[Venue, ...]),
        seeds=msgspec.json.decode(row["seeds"], type=dict[CaseSet, str]),
        created_at=row["created_at"],
        content=msgspec.json.decode(row["content"], type=Content),
    )


async def read_event(slug: str) -> Event | None:
    """The event of this slug."""
    if "\0" in slug:
        return None  # PostgreSQL's text cannot hold it, so no event has it
    row = await store.fetch_one(f"{_EVENT} WHERE slug = $1", slug)
    return None if row is None else _event(row)


async def read_event_by_id(event_id: UUID) -> Event | None:
    """The event with this id."""
    row = await store.fetch_one(f"{_EVENT} WHERE id = $1", event_id)
    return None if row is None else _event(row)


async def read_events() -> tuple[Event, ...]:
    """All events, the one that began last first."""
    rows = await store.fetch(f"{_EVENT} ORDER BY event.schedule ->> 'registration_opens' DESC, slug")
    return tuple(_event(row) for row in rows)


async def lock_slug(slug: str) -> None:
    """Keep others from applying the same event until the transaction ends."""
    await store.execute("SELECT pg_advisory_xact_lock(hashtextextended('event:' || $1, 0))", slug)


async def write_event(event_id: UUID, spec: EventSpec, now: datetime) -> None:
    """Write the event's own row, new or old."""
    await store.execute(
        "INSERT INTO event (id, slug, title_id, title_en, zone, schedule, rules, demo, content, created_at, updated_at)"
        " VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8, $9::jsonb, $10, $10)"
        " ON CONFLICT (id) DO UPDATE SET title_id = excluded.title_id, title_en = excluded.title_en,"
        " zone = excluded.zone, schedule = excluded.schedule, rules = excluded.rules, demo = excluded.demo,"
        " content = excluded.content, updated_at = excluded.updated_at",
        event_id,
        spec.slug,
        spec.title.id,
        spec.title.en,
        spec.zone,
        _json(spec.schedule),
        _json(spec.rules),
        spec.demo,
        _json(spec.content),
        now,
    )


async def write_tracks(event_id: UUID, tracks: Sequence[TrackSpec]) -> None:
    """Write the tracks in this order; others go. Raises ForeignKeyViolationError where entries are in one."""
    await store.execute(
        "DELETE FROM track WHERE event_id = $1 AND slug <> ALL($2)", event_id, [track.slug for track in tracks]
    )
    for position, track in enumerate(tracks, start=1):
        await store.execute(
            "INSERT INTO track (id, event_id, slug, title_id, title_en, position, tasks, summary)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb) ON CONFLICT (event_id, slug) DO UPDATE SET"
            " title_id = excluded.title_id, title_en = excluded.title_en, position = excluded.position,"
            " tasks = excluded.tasks, summary = excluded.summary",
            uuid4(),
            event_id,
            track.slug,
            track.title.id,
            track.title.en,
            position,
            _json(track.tasks),
            None if track.summary is None else _json(track.summary),
        )


async def write_venues(event_id: UUID, venues: Sequence[VenueSpec]) -> None:
    """Write the venues; those of other slugs go. Raises ForeignKeyViolationError where teams are in one."""
    await store.execute(
        "DELETE FROM venue WHERE event_id = $1 AND slug <> ALL($2)", event_id, [venue.slug for venue in venues]
    )
    for venue in venues:
        await store.execute(
            "INSERT INTO venue (id, event_id, slug, name, zone, address) VALUES ($1, $2, $3, $4, $5, $6)"
            " ON CONFLICT (event_id, slug) DO UPDATE SET name = excluded.name, zone = excluded.zone,"
            " address = excluded.address",
            uuid4(),
            event_id,
            venue.slug,
            venue.name,
            venue.zone,
            venue.address,
        )


async def tracks_with_submissions(event_id: UUID) -> frozenset[str]:
    """Slugs of the tracks to which something was handed in."""
    rows = await store.fetch(
        "SELECT DISTINCT track.slug FROM track JOIN entry ON entry.track_id = track.id"
        " JOIN submission ON submission.entry_id = entry.id WHERE track.event_id = $1",
        event_id,
    )
    return frozenset(row["slug"] for row in rows)


async def insert_seed(event_id: UUID, case_set: CaseSet, sealed: bytes, sha256: str, now: datetime) -> None:
    """Keep a sealed seed."""
    await tables.EventSeed(
        id=uuid4(), event_id=event_id, case_set=str(case_set), sealed=sealed, sha256=sha256, created_at=now
    ).save()


async def read_sealed(event_id: UUID, case_set: CaseSet) -> bytes | None:
    """The sealed seed of a hidden set."""
    sealed: bytes | None = await store.fetch_value(
        "SELECT sealed FROM event_seed WHERE event_id = $1 AND case_set = $2", event_id, str(case_set)
    )
    return sealed


async def insert_extension(
    extension_id: UUID, event_id: UUID, extension: Extension, reason: str, now: datetime
) -> None:
    """Keep an extension."""
    await tables.Extension(
        id=extension_id,
        event_id=event_id,
        scope=str(extension.scope),
        target=extension.target,
        until=extension.until,
        reason=reason,
        created_at=now,
    ).save()


async def read_extensions(event_id: UUID) -> tuple[Extension, ...]:
    """All extensions of an event."""
    rows = await store.fetch("SELECT scope, target, until FROM extension WHERE event_id = $1", event_id)
    return tuple(Extension(Scope(row["scope"]), row["target"], row["until"]) for row in rows)


async def target_exists(event_id: UUID, scope: Scope, target: UUID) -> bool:
    """Whether the event has that venue, track or team."""
    statements = {
        Scope.VENUE: "SELECT 1 FROM venue WHERE event_id = $1 AND id = $2",
        Scope.TRACK: "SELECT 1 FROM track WHERE event_id = $1 AND id = $2",
        Scope.TEAM: "SELECT 1 FROM team WHERE event_id = $1 AND id = $2",
    }
    return await store.fetch_value(statements[scope], event_id, target) is not None

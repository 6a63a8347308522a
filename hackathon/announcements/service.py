"""Publish news, take it back, read it."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from hackathon import events, outbox, store
from hackathon.announcements import store as rows
from hackathon.announcements.errors import AnnouncementUnknown, TooMany
from hackathon.announcements.model import MOST, NOTICE_HOURS, SAME_WITHIN, Announcement, cleaned
from hackathon.model import Principal
from hackathon.names import clean_line
from hackathon.permissions import require_organizer
from sandbox.model import Text

PAGE = 20


async def publish(
    event_id: UUID,
    title: Text,
    body: Text,
    *,
    important: bool,
    actor: Principal,
    now: datetime,
    new_id: Callable[[], UUID] = uuid4,
) -> Announcement:
    """Tell everybody. Both languages, or one: the other's texts are then empty. The body is plain text.

    An important one stands on every page of the event for `NOTICE_HOURS`. The same words again within an hour give the
    announcement that is there. Organizers only. Raises Forbidden, EventUnknown, Incomplete, TooMany, Refusal.
    """
    require_organizer(actor)
    await events.get_event_by_id(event_id)
    head, text = cleaned(title, body)
    new = Announcement(new_id(), event_id, head, text, important, now)
    async with store.transaction():
        await rows.lock_event(event_id)
        same = await rows.read_same(new, now - SAME_WITHIN)
        if same is not None:
            return same
        if await rows.count(event_id, retracted=True) >= MOST:
            raise TooMany(MOST)
        await rows.insert(new)
        await outbox.append("announcement.published", {"announcement": new.id, "event": event_id}, actor=actor)
    return new


async def retract(announcement_id: UUID, reason: str, *, actor: Principal, now: datetime) -> None:
    """Take an announcement back: nobody reads it any more, organizers see that it was and why. Once is enough.

    Organizers only. Raises Forbidden, AnnouncementUnknown, Refusal.
    """
    require_organizer(actor)
    words = clean_line(reason, what=Text(id="Alasan", en="The reason"), longest=1000)
    async with store.transaction():
        found = await rows.lock(announcement_id)
        if found is None:
            raise AnnouncementUnknown
        if found.retracted_at is not None:
            return
        await rows.take_back(announcement_id, words, now)
        subject = {"announcement": announcement_id, "event": found.event_id}
        await outbox.append("announcement.retracted", subject, actor=actor, reason=words)


async def list_announcements(
    event_id: UUID, *, retracted: bool = False, limit: int = PAGE, offset: int = 0
) -> tuple[Announcement, ...]:
    """The announcements of an event, newest first; those that were taken back only where `retracted` asks for them."""
    return await rows.read([event_id], retracted=retracted, limit=limit, offset=offset)


async def count_announcements(event_id: UUID) -> int:
    """How many of an event stand."""
    return await rows.count(event_id, retracted=False)


async def latest_announcements(event_ids: Collection[UUID], *, limit: int) -> tuple[Announcement, ...]:
    """The newest announcements of several events."""
    return await rows.read(event_ids, retracted=False, limit=limit, offset=0)


async def current_notices(now: datetime | None = None) -> Mapping[str, Announcement]:
    """What stands on every page of an event, by its slug: the newest important announcement of the last 24 hours.

    Without `now`, by the database's clock.
    """
    since = None if now is None else now - timedelta(hours=NOTICE_HOURS)
    return await rows.read_important(since, NOTICE_HOURS)

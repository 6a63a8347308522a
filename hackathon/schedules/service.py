"""Change when an event's phases begin and end."""

from datetime import datetime

from hackathon import events, outbox, store
from hackathon.events import Event, Schedule
from hackathon.events import store as event_rows
from hackathon.model import Principal
from hackathon.names import clean_line
from hackathon.permissions import require_organizer
from hackathon.schedules import store as rows
from hackathon.schedules.errors import NotConfirmed, ScheduleMisplaced, ScheduleMoved
from hackathon.schedules.model import Effects, effects, fingerprint, is_confirmed, misplaced
from sandbox.model import Text


async def preview(event: Event, schedule: Schedule, *, actor: Principal, now: datetime) -> Effects:
    """What the schedule would do in the place of the event's own. Raises Forbidden, ScheduleMisplaced."""
    require_organizer(actor)
    if wrong := misplaced(schedule):
        raise ScheduleMisplaced(wrong)
    return effects(event.schedule, schedule, await events.list_extensions(event.id), now)


async def reschedule(
    slug: str, schedule: Schedule, *, seen: str, typed: str, reason: str, actor: Principal, now: datetime
) -> Event:
    """Put the schedule in the place of the one whose `fingerprint` is `seen`. Sent again, it changes nothing.

    A grave change (see `Effects.is_grave`) needs the event's slug as `typed`. Raises Forbidden, EventUnknown,
    ScheduleMisplaced, ScheduleMoved, NotConfirmed, Refusal for a reason that cannot be.
    """
    require_organizer(actor)
    words = clean_line(reason, what=Text(id="Alasan", en="The reason"), longest=1000)
    async with store.transaction():
        await event_rows.lock_slug(slug)
        event = await events.get_event(slug)
        if event.schedule == schedule:
            return event
        if fingerprint(event.schedule) != seen:
            raise ScheduleMoved
        found = await preview(event, schedule, actor=actor, now=now)
        if found.is_grave and not is_confirmed(typed, slug):
            raise NotConfirmed(slug)
        await rows.write_schedule(event.id, schedule, now)
        await outbox.append("event.rescheduled", {"event": event.id}, actor=actor, reason=words)
        return await events.get_event(slug)

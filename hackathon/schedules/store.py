"""Writing of an event's schedule."""

from datetime import datetime
from uuid import UUID

import msgspec

from hackathon import store
from hackathon.events.model import Schedule


async def write_schedule(event_id: UUID, schedule: Schedule, now: datetime) -> None:
    """Put a schedule in the place of the old one."""
    await store.execute(
        "UPDATE event SET schedule = $2::jsonb, updated_at = $3 WHERE id = $1",
        event_id,
        msgspec.json.encode(schedule).decode(),
        now,
    )

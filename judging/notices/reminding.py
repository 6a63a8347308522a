"""The loop of a web process that reminds judges some time before judging closes, as the event's rules say.

Any number of processes may run one, and be killed at any line: a letter's id is made of the judge and of when judging
closes, and the judge is held while it is posted.
"""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from hackathon import events, outbox, store
from hackathon.mail import judge_letters
from hackathon.model import SYSTEM
from hackathon.waiting import set_within
from judging import rules
from judging.notices import store as rows
from judging.notices.model import reminder_id
from judging.notices.posting import about, post_once, recipient
from judging.rules import MOST_HOURS

LOOK_SECONDS = 60.0

_log = structlog.get_logger(__name__)


class Reminding:
    """Looks every minute whether a reminder is due somewhere."""

    def __init__(self, key: bytes, *, every_seconds: float = LOOK_SECONDS) -> None:
        self._key = key
        self._every_seconds = every_seconds

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop` is set."""
        while not stop.is_set():
            try:
                count = await remind_due(self._key)
                if count:
                    _log.info("judging.reminded", letters=count)
            except Exception:
                # Whatever it was, the next round may do better.
                _log.exception("judging.not_reminded")
            await set_within(stop, self._every_seconds)


async def remind_due(key: bytes, *, now: datetime | None = None) -> int:
    """Post the reminders that are due; returns how many were."""
    moment = now or await store.clock()
    count = 0
    for event_id in await rows.closing_within(moment, timedelta(hours=MOST_HOURS)):
        count += await _remind(event_id, key, moment)
    return count


async def _remind(event_id: UUID, key: bytes, now: datetime) -> int:
    event = await events.get_event_by_id(event_id)
    hours = (await rules.get_rules(event_id)).reminder_hours
    closes = event.schedule.judging_closes
    if not hours or not max(event.schedule.building_closes, closes - timedelta(hours=hours)) <= now < closes:
        return 0
    due = [one.judge_id for one in await rows.read_standings(event_id) if one.is_due(now)]
    noted = await rows.noted_of([reminder_id(judge_id, closes) for judge_id in due])
    count = 0
    for judge_id in due:
        letter_id = reminder_id(judge_id, closes)
        if letter_id in noted:
            continue
        async with store.transaction():
            await rows.hold_judges([judge_id])
            one = await rows.read_standing(judge_id)
            if one is None or not one.is_due(now):
                continue
            letter = judge_letters.reminder(recipient(one, event), about(event), one.sent, one.assigned)
            if await post_once(letter_id, judge_id, "reminder", letter, key=key, now=now):
                await outbox.append("judge.reminded", {"judge": judge_id, "event": event_id}, actor=SYSTEM)
                count += 1
    return count

"""Telling judges by mail that they were given work, or a scorecard back: a handler of the outbox.

It may be called again for an entry, and by two processes at once: a letter's id is made of what it is about, and the
judge is held while it is posted, so it is posted once.
"""

from datetime import datetime
from uuid import UUID

from hackathon import events, mail, store
from hackathon.events import Event
from hackathon.mail import judge_letters
from hackathon.outbox import AuditEntry, Handler
from judging.notices import store as rows
from judging.notices.model import GATHER, NEWS, Standing, reopened_letter_id, work_left_letter_id, work_letter_id
from judging.notices.posting import about, post_once, recipient

_TAKEN = ("assignment.withdrawn", "assignment.recused")
_TOLD = ("assignment.made", *_TAKEN, "scorecard.reopened")


def letters_about_judging(key: bytes) -> Handler:
    """The handler; letters are sealed with the installation's `key`."""

    async def on_change(entry: AuditEntry) -> None:
        if entry.kind not in _TOLD:
            return
        now = await store.clock()
        if now - entry.at > NEWS:
            return
        if entry.kind == "assignment.made":
            await _given(entry.id("assignment"), key, now)
        elif entry.kind in _TAKEN:
            await _taken(entry, key, now)
        else:
            await _reopened(entry.id("event"), entry.id("judge"), entry.id("assignment"), key, now)

    return on_change


async def _given(assignment_id: UUID, key: bytes, now: datetime) -> None:
    """One letter for a round; one for several rounds as long as the letter about the first is not on its way."""
    given = await rows.read_given(assignment_id)
    if given is None:
        return
    event_id, judge_id, given_at = given
    event = await events.get_event_by_id(event_id)
    letter_id = work_letter_id(judge_id, given_at)
    async with store.transaction():
        one = await _reachable(judge_id, event, now)
        if one is None or not one.left or letter_id in await rows.noted_of([letter_id]):
            return
        await mail.take_back(await rows.read_letters(judge_id, "work"))
        await _tell_of_work(letter_id, one, event, key, now)


async def _taken(entry: AuditEntry, key: bytes, now: datetime) -> None:
    """Work that ended before the letter about it left: what is left is told, or nothing."""
    judge_id, letter_id = entry.id("judge"), work_left_letter_id(entry.number)
    event = await events.get_event_by_id(entry.id("event"))
    async with store.transaction():
        one = await _reachable(judge_id, event, now)
        if letter_id in await rows.noted_of([letter_id]):
            return
        waited = await mail.take_back(await rows.read_letters(judge_id, "work"))
        if waited and one is not None and one.left:
            await _tell_of_work(letter_id, one, event, key, now)


async def _tell_of_work(letter_id: UUID, one: Standing, event: Event, key: bytes, now: datetime) -> None:
    opens = event.schedule.building_closes
    letter = judge_letters.work(recipient(one, event), about(event), one.left, opens if now < opens else None)
    await post_once(letter_id, one.judge_id, "work", letter, key=key, now=now, after=GATHER)


async def _reopened(event_id: UUID, judge_id: UUID, assignment_id: UUID, key: bytes, now: datetime) -> None:
    """Unless the judge has sent it again meanwhile."""
    event = await events.get_event_by_id(event_id)
    async with store.transaction():
        one = await _reachable(judge_id, event, now)
        reopening = await rows.read_reopening(assignment_id)
        if one is None or reopening is None:
            return
        at, reason = reopening
        letter = judge_letters.reopened(recipient(one, event), about(event), assignment_id, reason)
        await post_once(reopened_letter_id(assignment_id, at), judge_id, "reopened", letter, key=key, now=now)


async def _reachable(judge_id: UUID, event: Event, now: datetime) -> Standing | None:
    """The judge, held, if a letter would still be of use and arrive."""
    await rows.hold_judges([judge_id])
    one = await rows.read_standing(judge_id)
    if one is None or one.email is None or now >= event.schedule.judging_closes:
        return None
    return one

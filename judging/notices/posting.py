"""Post a letter to a judge, and note that it was posted."""

from datetime import datetime, timedelta
from uuid import UUID

from hackathon import mail
from hackathon.events import Event
from hackathon.mail import Letter, Recipient, judge_letters, letters
from hackathon.mail.judge_letters import JudgedEvent
from judging.notices import store as rows
from judging.notices.model import Standing


def about(event: Event) -> JudgedEvent:
    """The event as letters name it."""
    return JudgedEvent(event.title, event.slug, event.schedule.judging_closes)


def recipient(one: Standing, event: Event) -> Recipient:
    """Whom a letter to a judge goes to, who has an address. Its times are the event's."""
    return Recipient(one.account_id, one.email or "", one.account_name, one.language, event.zone)


def letter_to(one: Standing, event: Event, public_url: str) -> tuple[str, str]:
    """Subject and text of the reminder that a judge would get."""
    letter = judge_letters.reminder(recipient(one, event), about(event), one.sent, one.assigned)
    return letters.write(letter, public_url)


async def post_once(
    letter_id: UUID,
    judge_id: UUID,
    kind: str,
    letter: Letter,
    *,
    key: bytes,
    now: datetime,
    by_hand: bool = False,
    after: timedelta = timedelta(0),
) -> bool:
    """Post a letter in the caller's transaction; False where it was posted before."""
    if not await rows.note_letter(letter_id, judge_id, kind, now, by_hand=by_hand):
        return False
    await mail.post(letter, key=key, now=now, new_id=lambda: letter_id, after=after)
    return True

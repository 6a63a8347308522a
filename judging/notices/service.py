"""How far judges are, and reminding them by an organizer's hand."""

from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID, uuid4

from hackathon import events, outbox, store
from hackathon.errors import Refusal
from hackathon.mail import judge_letters
from hackathon.model import Principal
from hackathon.permissions import require_organizer
from judging.notices import store as rows
from judging.notices.model import Standing
from judging.notices.posting import about, post_once, recipient
from sandbox.model import Text


class NotNow(Refusal):
    """Judges cannot score now, so there is nothing to remind them of."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Juri hanya dapat diingatkan selama masa penilaian.",
                en="Judges can only be reminded while judging is open.",
            ),
            "reminder_not_now",
        )


async def standings(event_id: UUID, *, actor: Principal) -> tuple[Standing, ...]:
    """How far the active judges of an event are. Organizers only."""
    require_organizer(actor)
    return await rows.read_standings(event_id)


async def remind(
    event_id: UUID,
    judge_ids: Collection[UUID],
    *,
    key: bytes,
    actor: Principal,
    now: datetime | None = None,
    new_id: Callable[[], UUID] = uuid4,
) -> tuple[Standing, ...]:
    """Write to those of the judges who have work left, an address, and no reminder of the last day; returns to whom.

    Sent again, or by two organizers at once, it is one letter. Raises Forbidden, EventUnknown, NotNow.
    """
    require_organizer(actor)
    event = await events.get_event_by_id(event_id)
    moment = now or await store.clock()
    if not event.schedule.building_closes <= moment < event.schedule.judging_closes:
        raise NotNow
    async with store.transaction():
        await rows.hold_judges(judge_ids)
        found = [
            one
            for one in await rows.read_standings(event_id)
            if one.judge_id in judge_ids and one.may_be_reminded(moment)
        ]
        for one in found:
            letter = judge_letters.reminder(recipient(one, event), about(event), one.sent, one.assigned)
            await post_once(new_id(), one.judge_id, "reminder", letter, key=key, now=moment, by_hand=True)
            await outbox.append("judge.reminded", {"judge": one.judge_id, "event": event_id}, actor=actor)
    return tuple(found)

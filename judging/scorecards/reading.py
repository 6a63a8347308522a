"""What others read of scorecards: a judge's list, what was sent, how far everybody is. No rights are asked here."""

from uuid import UUID

from judging.scorecards import store as rows
from judging.scorecards.model import Kind, Progress, SentCard, Work


async def works_of(judge_id: UUID) -> tuple[Work, ...]:
    """A judge's assignments with where their scorecards stand, samples first; those that ended are left out unless
    they were sent.
    """
    return tuple(work for work in await rows.read_works(judge_id) if work.sent or not work.ended)


async def work_of(assignment_id: UUID) -> Work | None:
    """One assignment, for organizers."""
    return await rows.read_work(assignment_id)


async def sent_of(scope: UUID) -> tuple[SentCard, ...]:
    """The sent scorecards of an event or of a track (`scope` is the id of either), in the order of sending."""
    return await rows.read_sent(scope)


async def progress_of(event_id: UUID) -> dict[UUID, Progress]:
    """How far each judge of an event is, by judge; those without work too."""
    return {one.judge_id: one for one in await rows.read_progress(event_id)}


async def samples_of(event_id: UUID) -> tuple[SentCard, ...]:
    """The sent scorecards of samples, which count nowhere."""
    return tuple(card for card in await rows.read_sent(event_id) if card.kind is Kind.CALIBRATION)

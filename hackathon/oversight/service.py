"""What organizers look at before they act. Everything here only reads."""

import asyncio
import dataclasses
import socket
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from hackathon import finals, outbox
from hackathon import mail as post
from hackathon.evaluations import reading
from hackathon.evaluations.forecast import forecast
from hackathon.evaluations.model import State
from hackathon.events import Event
from hackathon.images import store as images
from hackathon.model import Principal
from hackathon.oversight import store as rows
from hackathon.oversight.model import (
    ENTRIES_A_PAGE,
    Asked,
    Disk,
    EntryFilter,
    EntryPage,
    Facts,
    Figures,
    Granted,
    Mail,
    Need,
    QueueItem,
    SubmissionRow,
    Worker,
    disks_of,
    needs,
)
from hackathon.permissions import require_organizer

GONE_SHOWN = timedelta(hours=1)
"""How long a worker that went is still listed."""

LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Situation:
    """An event as it stands: what needs a person, the numbers, and what they were made of."""

    needs: tuple[Need, ...]
    figures: Figures
    facts: Facts


@dataclass(frozen=True, slots=True)
class Queue:
    """What is worked on and what waits, by place; `elsewhere` submissions of other events wait too."""

    running: tuple[QueueItem, ...]
    waiting: tuple[QueueItem, ...]
    elsewhere: int
    workers: tuple[Worker, ...]


async def look(
    event: Event, *, actor: Principal, now: datetime, handlers: Collection[str], disks: Sequence[Disk] = ()
) -> Situation:
    """The event as it stands. `handlers` are the outbox's, `disks` the room of this machine. Raises Forbidden."""
    require_organizer(actor)
    queue = await rows.read_queue(event.id)
    pending, pending_since = await rows.read_pending_teams(event.id) if event.rules.approval else (0, None)
    mail = await post.standing(now=now)
    workers = await rows.read_workers(gone_since=GONE_SHOWN)
    facts = Facts(
        workers=workers,
        queue=queue,
        outbox_seconds=await outbox.waiting_seconds(handlers),
        handler_failures=await rows.read_handler_failures(),
        mail=Mail(mail.waiting, mail.oldest_at, mail.refused + mail.expired, mail.last_error),
        teams_pending=pending,
        teams_pending_since=pending_since,
        disks=disks_of(disks, workers, here=socket.gethostname()),
        overdue=await finals.overdue(event, now=now),
        unsaved=await images.read_unsaved(event.id),
    )
    today = now.astimezone(ZoneInfo(event.zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    figures = await rows.read_figures(event.id, queue, day_began=today, now=now)
    return Situation(needs(facts, now), figures, facts)


async def queue_of(event: Event, *, actor: Principal, now: datetime) -> Queue:
    """The queue of an event, with the place of each that waits. Raises Forbidden."""
    require_organizer(actor)
    items = await rows.read_queue(event.id)
    whole = await reading.queue()
    # With a thousand in the queue this takes a while; the other requests of this process must not wait for it.
    places = await asyncio.to_thread(
        forecast, whole.waiting, whole.running, whole.served, slots=whole.slots, seconds=whole.seconds, now=now
    )
    waiting = [
        dataclasses.replace(item, place=places[item.submission_id].place if item.submission_id in places else None)
        for item in items
        if item.state is State.QUEUED
    ]
    last = len(places) + 1
    return Queue(
        running=tuple(item for item in items if item.state is not State.QUEUED),
        waiting=tuple(sorted(waiting, key=lambda item: (item.place or last, item.queued_at))),
        elsewhere=max(0, len(places) - len(waiting)),
        workers=await rows.read_workers(gone_since=GONE_SHOWN),
    )


async def list_entries(event: Event, wanted: EntryFilter, *, actor: Principal) -> EntryPage:
    """A page of an event's entries; a page past the last gives the last. Raises Forbidden."""
    require_organizer(actor)
    words = " ".join(wanted.words.replace("\0", " ").split())[:LONGEST_SEARCH]
    cleaned = dataclasses.replace(wanted, words=words)
    counts = await rows.count_entries(event.id, cleaned)
    total = sum(counts.values()) if wanted.state is None else counts.get(wanted.state, 0)
    pages = max(1, -(-total // ENTRIES_A_PAGE))
    page = min(max(wanted.page, 1), pages)
    found = await rows.read_entries(event.id, dataclasses.replace(cleaned, page=page))
    return EntryPage(found, counts, total, page, pages)


async def submissions_of(entry_id: UUID, *, actor: Principal) -> tuple[SubmissionRow, ...]:
    """All submissions of an entry, the newest first. Raises Forbidden."""
    require_organizer(actor)
    return await rows.read_submissions(entry_id)


async def find_evaluation(evaluation_id: UUID, *, actor: Principal) -> Asked | None:
    """The submission that an evaluation is of; None where there is none. Raises Forbidden."""
    require_organizer(actor)
    return await rows.read_asked(evaluation_id)


async def granted(event: Event, *, actor: Principal) -> tuple[Granted, ...]:
    """The extensions of an event with their reasons, the newest first. Raises Forbidden."""
    require_organizer(actor)
    return await rows.read_granted(event.id)

"""The queue in words: what runs at which step, what waits at which place, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from frontend import formats
from frontend.language import Language, pick, say, say_count
from frontend.pages.console.desk import age
from frontend.pages.console.machines import MachineLine, machine_lines
from frontend.pages.console.workers import WorkerLine, slots_line, worker_lines
from hackathon.evaluations.model import State, WorkerState
from hackathon.events import Event
from hackathon.oversight import Queue, QueueItem, is_silent
from sandbox.model import Text

SHOWN = 200
"""So many of those that wait are listed; the rest is counted."""


@dataclass(frozen=True, slots=True)
class RunningLine:
    """A submission in the hands of a worker."""

    id: UUID
    team: str
    number: int
    track: str
    step: str
    age: str
    host: str
    trouble: str


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A submission that waits; `cause` says why it does."""

    id: UUID
    place: str
    team: str
    number: int
    track: str
    age: str
    cause: str
    trouble: str


@dataclass(frozen=True, slots=True)
class QueueView:
    """All that the page shows. `more` and `elsewhere` are sentences, empty where there is nothing to say."""

    running: tuple[RunningLine, ...]
    waiting: tuple[WaitingLine, ...]
    count: int
    more: str
    elsewhere: str
    workers: tuple[WorkerLine, ...]
    slots: str
    machines: tuple[MachineLine, ...]


def draw_queue(event: Event, queue: Queue, *, now: datetime, language: Language) -> QueueView:
    """The queue's page of an event."""
    titles = {track.id: track.title for track in event.tracks}
    busy = {item.team for item in queue.running}
    taken = any(worker.state is WorkerState.RUNNING and not is_silent(worker, now) for worker in queue.workers)
    hidden = len(queue.waiting) - SHOWN
    return QueueView(
        running=tuple(_running(item, titles, now, language) for item in queue.running),
        waiting=tuple(_waiting(item, titles, busy, taken, now, language) for item in queue.waiting[:SHOWN]),
        count=len(queue.waiting),
        more=say_count(language, "dan {n} lagi di belakangnya", hidden, formats.whole(hidden, language))
        if hidden > 0
        else "",
        elsewhere=say_count(
            language,
            "{n} pengajuan acara lain ikut mengantre di pekerja yang sama.",
            queue.elsewhere,
            formats.whole(queue.elsewhere, language),
        )
        if queue.elsewhere
        else "",
        workers=worker_lines(queue.workers, queue.running, now, language),
        slots=slots_line(queue.workers, now, language),
        machines=machine_lines(queue.workers, now, language),
    )


def _running(item: QueueItem, titles: Mapping[UUID, Text], now: datetime, language: Language) -> RunningLine:
    running = item.state is State.RUNNING
    since = (item.running_at if running else item.claimed_at) or now
    return RunningLine(
        id=item.submission_id,
        team=item.team,
        number=item.number,
        track=_title(item, titles, language),
        step=say(language, "Uji") if running else say(language, "Build"),
        age=age(now - since, language),
        host=item.host or "",
        trouble=_trouble(item, language),
    )


def _waiting(
    item: QueueItem, titles: Mapping[UUID, Text], busy: set[str], taken: bool, now: datetime, language: Language
) -> WaitingLine:
    if not taken:
        cause = say(language, "Belum ada pekerja yang aktif")
    elif item.due_at > now:
        cause = say(language, "Dicoba lagi dalam {age}", age=age(item.due_at - now, language))
    elif item.team in busy:
        cause = say(language, "Pengajuan lain tim ini sedang diuji")
    else:
        cause = say(language, "Menunggu tempat kosong")
    return WaitingLine(
        id=item.submission_id,
        place="–" if item.place is None else formats.whole(item.place, language),
        team=item.team,
        number=item.number,
        track=_title(item, titles, language),
        age=age(now - item.queued_at, language),
        cause=cause,
        trouble=_trouble(item, language),
    )


def _title(item: QueueItem, titles: Mapping[UUID, Text], language: Language) -> str:
    return pick(titles[item.track_id], language) if item.track_id in titles else ""


def _trouble(item: QueueItem, language: Language) -> str:
    if not item.failures:
        return ""
    return say_count(
        language,
        "{n} kali gagal di pihak kami, terakhir di {host}: {reason}",
        item.failures,
        str(item.failures),
        host=item.failed_on or "–",
        reason=item.reason or "–",
    )

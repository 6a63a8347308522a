"""What an organizer sees of an event's machinery, and which of it needs a person. Values and pure rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from hackathon.evaluations.model import FAILURES_TO_ALARM, PREPARING, State, WorkerState
from hackathon.events.model import Extension
from hackathon.finals.model import Overdue
from hackathon.images.model import Unsaved
from sandbox.limits import GIB

ENTRIES_A_PAGE = 50


class EntryState(StrEnum):
    """Where an entry is, by its latest submission; the values stand in addresses."""

    NOTHING = "belum"
    QUEUED = "antre"
    RUNNING = "diuji"
    SCORED = "selesai"
    FAILED = "gagal"
    TROUBLED = "terganggu"


@dataclass(frozen=True, slots=True)
class Walls:
    """What a worker proved of its host (`sandbox.proof`): names of walls, when it did, and how long that took."""

    held: tuple[str, ...]
    missing: tuple[str, ...]
    at: datetime
    seconds: float
    kept: bool


@dataclass(frozen=True, slots=True)
class Disk:
    """Room below a folder, of this machine or of a worker's `host`."""

    name: str
    free: int
    host: str = ""


@dataclass(frozen=True, slots=True)
class MirrorDown:
    """What is wrong with a worker's package mirror: it itself, or the `index` behind it."""

    index: bool
    reason: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker as it last said. `busy` counts the submissions that it holds; `engine` is None until it was ready,
    `walls` until it proved them. `disks` are the engine's and the one of its data, as far as it can see them; `mirror`
    is what is wrong with its package mirror, None where it answers or there is none.
    """

    id: UUID
    host: str
    slots: int
    state: WorkerState
    reason: str | None
    engine: str | None
    runtime: str | None
    started_at: datetime
    seen_at: datetime
    busy: int = 0
    cgroup: str | None = None
    walls: Walls | None = None
    disks: tuple[Disk, ...] = ()
    mirror: MirrorDown | None = None


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A submission that waits or is worked on. `failures` counts ours, `reason` and `failed_on` tell of the last.

    `place` (1: next) is among all events, for the workers are shared; None once it runs.
    """

    submission_id: UUID
    entry_id: UUID
    number: int
    team: str
    track_id: UUID
    state: State
    queued_at: datetime
    due_at: datetime
    claimed_at: datetime | None
    running_at: datetime | None
    worker_id: UUID | None
    host: str | None
    failures: int
    reason: str | None
    failed_on: str | None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of an event. `median` is the usual time from receiving to score on the last day, None without any;
    `hours` are the submissions of the last 24 hours, hour by hour, the one of now last.
    """

    teams: int
    teams_handed_in: int
    submissions: int
    submissions_today: int
    waiting: int
    oldest_wait: datetime | None
    running: int
    median: timedelta | None
    hours: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry in the list. What is about its latest submission is None before the first."""

    id: UUID
    team_id: UUID
    team: str
    agency: str
    track_id: UUID
    state: EntryState
    submission_id: UUID | None
    number: int | None
    received_at: datetime | None
    score: float | None
    status: str | None


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries are wanted; None and empty leave nothing out. `page` counts from 1."""

    track_id: UUID | None = None
    state: EntryState | None = None
    words: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A page of entries. `counts` are those of each state under the other filters; `total` all that fit."""

    rows: tuple[EntryRow, ...]
    counts: Mapping[EntryState, int]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """One submission of an entry. `charged`: it cost an attempt. `evaluation_id` is that of the board's cases."""

    id: UUID
    number: int
    filename: str
    size: int
    kit: str
    received_at: datetime
    charged: bool
    state: EntryState
    evaluation_id: UUID | None
    status: str | None
    score: float | None
    failures: int
    reason: str | None
    failed_on: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """The submission that an evaluation is of."""

    event_id: UUID
    entry_id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class Granted:
    """An extension with what was given as its reason. `name` is the venue's, track's or team's; empty for all."""

    id: UUID
    extension: Extension
    name: str
    reason: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Mail:
    """E-mail on its way out: how many wait, since when the oldest does, what holds it up, and how many were given up
    on the last day.
    """

    waiting: int = 0
    oldest: datetime | None = None
    failed: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the rules of attention look at."""

    workers: tuple[Worker, ...] = ()
    queue: tuple[QueueItem, ...] = ()
    outbox_seconds: float = 0.0
    handler_failures: int = 0
    mail: Mail = field(default_factory=Mail)
    teams_pending: int = 0
    teams_pending_since: datetime | None = None
    disks: tuple[Disk, ...] = ()
    overdue: Overdue = field(default_factory=Overdue)
    unsaved: tuple[Unsaved, ...] = ()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From when on something needs a person."""

    waiting: timedelta = timedelta(minutes=10)
    running: timedelta = timedelta(minutes=20)
    silent: timedelta = timedelta(seconds=20)
    outbox: timedelta = timedelta(minutes=1)
    mail: timedelta = timedelta(minutes=5)
    fixing: timedelta = timedelta(minutes=45)
    planning: timedelta = timedelta(minutes=2)
    saving: timedelta = timedelta(minutes=2)
    mirror: timedelta = timedelta(minutes=1)
    failures: int = FAILURES_TO_ALARM
    disk_low: int = 10 * GIB
    disk_gone: int = 1 * GIB


class NeedKind(StrEnum):
    """What needs a person."""

    NO_WORKER = "no_worker"
    FAILED_BY_US = "failed_by_us"
    FINAL_UNPLANNED = "final_unplanned"
    NOT_FIXED = "not_fixed"
    WORKER_SICK = "worker_sick"
    WORKER_SILENT = "worker_silent"
    DISK = "disk"
    MIRROR_DOWN = "mirror_down"
    INDEX_DOWN = "index_down"
    IMAGE_UNSAVED = "image_unsaved"
    OUTBOX_STUCK = "outbox_stuck"
    RUNNING_LONG = "running_long"
    WAITING_LONG = "waiting_long"
    MAIL_STUCK = "mail_stuck"
    TEAMS_PENDING = "teams_pending"
    NOTHING_TO_JUDGE = "nothing_to_judge"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that needs a person. `urgent`: something is broken or stands still until somebody acts.

    `count` things of the kind; `since` when it began, where that is known; `name` and `detail` of the one it is about,
    and its `entry_id` and `number` where that is a submission.
    """

    kind: NeedKind
    urgent: bool
    count: int = 1
    since: datetime | None = None
    name: str = ""
    detail: str = ""
    entry_id: UUID | None = None
    number: int | None = None


def needs(facts: Facts, now: datetime, thresholds: Thresholds | None = None) -> tuple[Need, ...]:
    """What needs a person at `now`: the urgent first, in the order of `NeedKind`, the oldest of a kind first."""
    limits = thresholds or Thresholds()
    found = [
        *_of_workers(facts, now, limits),
        *_of_queue(facts.queue, now, limits),
        *_of_finals(facts.overdue, now, limits),
        *_of_mirrors(facts.workers, now, limits),
        *_of_images(facts.unsaved, now, limits),
        *_of_rest(facts, now, limits),
    ]
    order = list(NeedKind)
    return tuple(sorted(found, key=lambda need: (not need.urgent, order.index(need.kind), need.since or now)))


def is_silent(worker: Worker, now: datetime, thresholds: Thresholds | None = None) -> bool:
    """Whether a worker that should be there has said nothing for too long."""
    limits = thresholds or Thresholds()
    return worker.state is not WorkerState.GONE and now - worker.seen_at >= limits.silent


def disks_of(own: Iterable[Disk], workers: Iterable[Worker], *, here: str) -> tuple[Disk, ...]:
    """The disks of the machine of this name and of the workers' machines, each once."""
    found = {(here, disk.name): disk for disk in own}
    for worker in workers:
        if worker.state is not WorkerState.GONE:
            for disk in worker.disks:
                found.setdefault((worker.host, disk.name), disk)
    return tuple(found.values())


def active(workers: Iterable[Worker], now: datetime, thresholds: Thresholds | None = None) -> tuple[Worker, ...]:
    """The workers that take new work."""
    return tuple(
        worker for worker in workers if worker.state is WorkerState.RUNNING and not is_silent(worker, now, thresholds)
    )


def _of_workers(facts: Facts, now: datetime, limits: Thresholds) -> Iterable[Need]:
    if not active(facts.workers, now, limits):
        waiting = [item for item in facts.queue if item.state is State.QUEUED]
        since = min((item.queued_at for item in waiting), default=None)
        yield Need(NeedKind.NO_WORKER, urgent=bool(waiting), count=len(waiting), since=since)
    for worker in facts.workers:
        if is_silent(worker, now, limits):
            yield Need(NeedKind.WORKER_SILENT, urgent=True, since=worker.seen_at, name=worker.host, count=worker.busy)
        elif worker.state is WorkerState.SICK and worker.reason not in PREPARING:
            yield Need(NeedKind.WORKER_SICK, urgent=True, name=worker.host, detail=worker.reason or "")


def _of_queue(queue: Sequence[QueueItem], now: datetime, limits: Thresholds) -> Iterable[Need]:
    troubled = [item for item in queue if item.failures >= limits.failures]
    if troubled:
        worst = max(troubled, key=lambda item: (item.failures, now - item.queued_at))
        yield Need(
            NeedKind.FAILED_BY_US,
            urgent=True,
            count=len(troubled),
            since=min(item.queued_at for item in troubled),
            name=worst.team,
            detail=worst.reason or "",
        )
    slow = [item for item in queue if item.claimed_at is not None and now - item.claimed_at >= limits.running]
    if slow:
        first = min(slow, key=lambda item: item.claimed_at or now)
        yield Need(
            NeedKind.RUNNING_LONG,
            urgent=False,
            count=len(slow),
            since=first.claimed_at,
            name=first.team,
            detail=first.host or "",
        )
    late = [item for item in queue if item.state is State.QUEUED and now - item.queued_at >= limits.waiting]
    if late:
        first = min(late, key=lambda item: item.queued_at)
        yield Need(NeedKind.WAITING_LONG, urgent=False, count=len(late), since=first.queued_at, name=first.team)


def _of_finals(overdue: Overdue, now: datetime, limits: Thresholds) -> Iterable[Need]:
    if overdue.unplanned_since is not None and now - overdue.unplanned_since >= limits.planning:
        yield Need(NeedKind.FINAL_UNPLANNED, urgent=True, count=overdue.unplanned, since=overdue.unplanned_since)
    if overdue.since is not None and now - overdue.since >= limits.fixing:
        yield Need(NeedKind.NOT_FIXED, urgent=True, count=overdue.unfixed, since=overdue.since)
    if overdue.without:
        yield Need(NeedKind.NOTHING_TO_JUDGE, urgent=False, count=overdue.without)


def _of_mirrors(workers: Sequence[Worker], now: datetime, limits: Thresholds) -> Iterable[Need]:
    """A mirror that starts again is away for a moment; told is one that stays away, the one gone longest by name."""
    down = [
        (worker.mirror.since, worker.host, worker.mirror)
        for worker in workers
        if worker.mirror is not None and worker.state is not WorkerState.GONE and not is_silent(worker, now, limits)
    ]
    late = sorted((one for one in down if now - one[0] >= limits.mirror), key=lambda one: one[:2])
    if late:
        since, host, fault = late[0]
        kind = NeedKind.INDEX_DOWN if fault.index else NeedKind.MIRROR_DOWN
        hosts = len({one[1] for one in late})
        yield Need(kind, urgent=True, count=hosts, since=since, name=host, detail=fault.reason)


def _of_images(unsaved: Sequence[Unsaved], now: datetime, limits: Thresholds) -> Iterable[Need]:
    """One attempt that failed is tried again in a minute; told is what failed longer."""
    late = [one for one in unsaved if now - one.since >= limits.saving]
    if late:
        first = min(late, key=lambda one: one.since)
        yield Need(
            NeedKind.IMAGE_UNSAVED,
            urgent=True,
            count=len(late),
            since=first.since,
            name=first.team,
            detail=first.reason,
            entry_id=first.entry_id,
            number=first.number,
        )


def _of_rest(facts: Facts, now: datetime, limits: Thresholds) -> Iterable[Need]:
    for disk in facts.disks:
        if disk.free < limits.disk_low:
            urgent = disk.free < limits.disk_gone
            yield Need(NeedKind.DISK, urgent=urgent, name=disk.name, count=disk.free, detail=disk.host)
    if facts.outbox_seconds >= limits.outbox.total_seconds() or facts.handler_failures:
        since = now - timedelta(seconds=facts.outbox_seconds)
        yield Need(NeedKind.OUTBOX_STUCK, urgent=True, since=since, count=facts.handler_failures)
    mail = facts.mail
    if mail.failed or (mail.oldest is not None and now - mail.oldest >= limits.mail):
        yield Need(NeedKind.MAIL_STUCK, urgent=False, count=mail.waiting + mail.failed, since=mail.oldest)
    if facts.teams_pending:
        yield Need(NeedKind.TEAMS_PENDING, urgent=False, count=facts.teams_pending, since=facts.teams_pending_since)

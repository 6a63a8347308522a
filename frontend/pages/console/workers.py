"""The workers in words: what each does, and when it was last heard of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from frontend.language import Language, say, say_count
from frontend.pages.console.desk import age
from frontend.pages.console.machines import missing_room, missing_walls, titles_of
from hackathon.evaluations.model import PROVING, STARTING, WorkerState
from hackathon.oversight import QueueItem, Worker, is_silent

FRESH = timedelta(seconds=5)
"""A worker speaks every second; what it said within this is of now."""


@dataclass(frozen=True, slots=True)
class WorkerLine:
    """A worker. `tone` is the class of its state; `doing` names what it has, `more` how many others."""

    host: str
    tone: str
    icon: str
    word: str
    why: str
    slots: str
    doing: str
    seen: str
    engine: str


def worker_lines(
    workers: Iterable[Worker], queue: Sequence[QueueItem], now: datetime, language: Language
) -> tuple[WorkerLine, ...]:
    """The workers in the given order; `queue` tells what each has at hand."""
    return tuple(_line(worker, queue, now, language) for worker in workers)


def slots_line(workers: Iterable[Worker], now: datetime, language: Language) -> str:
    """How much of what the workers can take together is taken."""
    there = [worker for worker in workers if worker.state is WorkerState.RUNNING and not is_silent(worker, now)]
    slots = sum(worker.slots for worker in there)
    if not slots:
        return ""
    busy = sum(worker.busy for worker in there)
    return say_count(language, "{busy} dari {n} tempat terpakai", slots, str(slots), busy=busy)


def _line(worker: Worker, queue: Sequence[QueueItem], now: datetime, language: Language) -> WorkerLine:
    tone, icon, word, why = _state(worker, now, language)
    mine = [item for item in queue if item.worker_id == worker.id]
    doing = ", ".join(f"{item.team} #{item.number}" for item in mine[:2])
    if len(mine) > 2:
        more = len(mine) - 2
        doing = say_count(language, "{first} dan {n} lagi", more, str(more), first=doing)
    return WorkerLine(
        host=worker.host,
        tone=tone,
        icon=icon,
        word=word,
        why=why,
        slots=f"{worker.busy} / {worker.slots}",
        doing=doing,
        seen=age(now - worker.seen_at, language) if now - worker.seen_at >= FRESH else say(language, "baru saja"),
        engine=" · ".join(part for part in (worker.engine, worker.runtime) if part),
    )


def _state(worker: Worker, now: datetime, language: Language) -> tuple[str, str, str, str]:
    if is_silent(worker, now):
        why = say(language, "Tidak ada kabar. Pengujiannya diambil alih pekerja lain.")
        return "st-bad", "unplug", say(language, "Diam"), why
    match worker.state:
        case WorkerState.RUNNING if worker.busy:
            return "st-ok", "circle-check", say(language, "Bekerja"), ""
        case WorkerState.RUNNING:
            return "st-ok", "circle-check", say(language, "Siap"), ""
        case WorkerState.DRAINING:
            why = say(language, "Menyelesaikan yang ada, tidak mengambil yang baru.")
            return "st-warn", "hourglass", say(language, "Berhenti"), why
        case WorkerState.SICK if worker.reason == STARTING:
            return "", "hourglass", say(language, "Bersiap"), say(language, "Menyiapkan mesin container.")
        case WorkerState.SICK if worker.reason == PROVING:
            return "", "hourglass", say(language, "Bersiap"), say(language, "Mencoba setiap dinding kotak pasirnya.")
        case WorkerState.SICK if names := missing_walls(worker.reason):
            walls = ", ".join(titles_of(names, language))
            why = say(language, "Menolak bekerja, dinding ini tidak ada: {walls}.", walls=walls)
            return "st-bad", "circle-alert", say(language, "Sakit"), why
        case WorkerState.SICK if disks := missing_room(worker.reason):
            why = say(language, "Menunggu ruang, tidak mengambil pekerjaan: {disks}.", disks=disks)
            return "st-bad", "circle-alert", say(language, "Penuh"), why
        case WorkerState.SICK:
            return "st-bad", "circle-alert", say(language, "Sakit"), worker.reason or ""
        case WorkerState.GONE:
            return "", "log-out", say(language, "Pergi"), ""

"""The machines that evaluate, in words: engine, runtime, and which walls of each were proven."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from frontend import formats
from frontend.language import Language, pick, say, say_count
from frontend.pages.console.desk import age
from hackathon.evaluations.model import WALLS_MISSING, WorkerState
from hackathon.images import NO_ROOM
from hackathon.oversight import Worker
from sandbox.proof import BY_NAME


@dataclass(frozen=True, slots=True)
class MissingWall:
    """A wall that did not hold: what can happen now, and what to do."""

    title: str
    missing: str
    todo: str


@dataclass(frozen=True, slots=True)
class MachineLine:
    """The machine of a worker. `tone` is the class of what its walls say in `word`; `proven` tells of when and how
    long, `held` names the walls that do; `disks` say what each has left.
    """

    host: str
    engine: str
    runtime: str
    cgroup: str
    tone: str
    icon: str
    word: str
    proven: str
    missing: tuple[MissingWall, ...]
    held: tuple[str, ...]
    disks: tuple[str, ...] = ()


def machine_lines(workers: Iterable[Worker], now: datetime, language: Language) -> tuple[MachineLine, ...]:
    """The machines of the workers that are there, in the given order."""
    return tuple(_line(worker, now, language) for worker in workers if worker.state is not WorkerState.GONE)


def titles_of(names: Iterable[str], language: Language) -> tuple[str, ...]:
    """Walls by their titles; a name of another version of ours stays what it is."""
    return tuple(pick(BY_NAME[name].title, language) if name in BY_NAME else name for name in names)


def missing_walls(reason: str | None) -> Sequence[str]:
    """The walls that a worker refuses to work for, out of its reason; none for any other reason."""
    if reason is None or not reason.startswith(WALLS_MISSING):
        return ()
    return tuple(name.strip() for name in reason.removeprefix(WALLS_MISSING).split(",") if name.strip())


def missing_room(reason: str | None) -> str:
    """The disks for whose room a worker waits, out of its reason; empty for any other reason."""
    return reason.removeprefix(NO_ROOM) if reason is not None and reason.startswith(NO_ROOM) else ""


def _line(worker: Worker, now: datetime, language: Language) -> MachineLine:
    tone, icon, word, proven = _proof(worker, now, language)
    walls = worker.walls
    return MachineLine(
        host=worker.host,
        engine=worker.engine or "–",
        runtime=worker.runtime or "–",
        cgroup=worker.cgroup or "–",
        tone=tone,
        icon=icon,
        word=word,
        proven=proven,
        missing=tuple(_missing(name, language) for name in walls.missing) if walls else (),
        held=titles_of(walls.held, language) if walls else (),
        disks=tuple(f"{formats.score(disk.free / 1e9, language)} GB · {disk.name}" for disk in worker.disks),
    )


def _proof(worker: Worker, now: datetime, language: Language) -> tuple[str, str, str, str]:
    walls = worker.walls
    if walls is None:
        return "", "hourglass", say(language, "Belum dibuktikan"), ""
    took = formats.figure(walls.seconds, 1, language)
    values = {"age": age(now - walls.at, language), "seconds": took}
    proven = say(language, "{age} lalu, dalam {seconds} detik", **values)
    count = len(walls.held) + len(walls.missing)
    if walls.missing:
        held = formats.whole(len(walls.held), language)
        word = say_count(language, "{held} dari {n} bertahan", count, formats.whole(count, language), held=held)
        return "st-bad", "circle-alert", word, proven
    if not count:
        return "st-warn", "circle-alert", say(language, "Tanpa dinding"), proven
    word = say_count(language, "Semua {n} bertahan", count, formats.whole(count, language))
    return "st-ok", "circle-check", word, proven


def _missing(name: str, language: Language) -> MissingWall:
    wall = BY_NAME.get(name)
    if wall is None:
        return MissingWall(name, "", "")
    return MissingWall(pick(wall.title, language), pick(wall.missing, language), pick(wall.todo, language))

"""The console's first page of an event: what needs a person, then the figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from frontend import formats
from frontend.language import Language, say, say_count
from frontend.pages.console.desk import age
from frontend.pages.console.needs import Item, tell
from frontend.pages.console.workers import WorkerLine, slots_line, worker_lines
from frontend.pages.schedule import PhaseLine, lines
from hackathon.events import Event
from hackathon.oversight import Situation

CHART_WIDTH, CHART_HEIGHT, CHART_LEFT, CHART_TOP, CHART_BASE = 400, 178, 28.0, 24.0, 150.0
BAR_GAP = 3.0


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure and what it counts."""

    figure: str
    words: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One hour: `x`, `y`, `width`, `height` in the drawing's units."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Submissions of the last 24 hours; the same in words is `label`. `ticks` are y and text, `hours` x and text."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    hours: tuple[tuple[float, str], ...]
    label: str


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the page shows."""

    needs: tuple[Item, ...]
    urgent: bool
    phases: tuple[PhaseLine, ...]
    workers: tuple[WorkerLine, ...]
    slots: str
    tiles: tuple[Tile, ...]
    chart: Chart


def draw_overview(
    event: Event,
    situation: Situation,
    root: str,
    *,
    now: datetime,
    language: Language,
    judging: Sequence[Item] = (),
) -> Overview:
    """The page of an event; `root` is its address in the console, `judging` what of its judging needs a person."""
    zone = ZoneInfo(event.zone)
    items = [*(tell(need, root, now, language) for need in situation.needs), *judging]
    return Overview(
        needs=tuple(sorted(items, key=lambda item: not item.urgent)),
        urgent=any(item.urgent for item in items),
        phases=lines(event.schedule, now, zone, language),
        workers=worker_lines(situation.facts.workers, situation.facts.queue, now, language),
        slots=slots_line(situation.facts.workers, now, language),
        tiles=_tiles(situation, root, now, language),
        chart=draw_chart(situation.figures.hours, now, zone, language),
    )


def _tiles(situation: Situation, root: str, now: datetime, language: Language) -> tuple[Tile, ...]:
    figures = situation.figures

    def whole(value: int) -> str:
        return formats.whole(value, language)

    waits = (
        say(language, "Antre, tertua {age}", age=age(now - figures.oldest_wait, language))
        if figures.oldest_wait is not None
        else say(language, "Antre")
    )
    median = _median(figures.median, language)
    sent = whole(figures.teams_handed_in)
    return (
        Tile(whole(figures.waiting), waits, f"{root}/antrean"),
        Tile(whole(figures.running), say(language, "Sedang diuji"), f"{root}/antrean"),
        median,
        Tile(whole(figures.submissions_today), say(language, "Pengajuan hari ini"), f"{root}/keikutsertaan"),
        Tile(whole(figures.submissions), say(language, "Pengajuan seluruhnya"), f"{root}/keikutsertaan"),
        Tile(whole(figures.teams), say(language, "Tim, {sent} sudah mengirim", sent=sent), f"{root}/tim"),
    )


def draw_chart(hours: Sequence[int], now: datetime, zone: ZoneInfo, language: Language) -> Chart:
    """Bars of submissions an hour, the hour of now last. The scale begins at 0 and has a round end."""
    most = max(hours, default=0)
    step: int = next(step for size in range(10) for step in (10**size, 2 * 10**size, 5 * 10**size) if step * 4 >= most)
    top = step * max(1, -(-most // step))
    room = CHART_WIDTH - 10 - CHART_LEFT
    width = room / max(1, len(hours))

    def y(value: float) -> float:
        return round(CHART_BASE - (CHART_BASE - CHART_TOP) * value / top, 1)

    bars = tuple(
        Bar(round(CHART_LEFT + index * width, 1), y(value), round(width - BAR_GAP, 1), round(CHART_BASE - y(value), 1))
        for index, value in enumerate(hours)
        if value
    )
    labels = tuple(
        (
            round(CHART_LEFT + index * width, 1),
            formats.clock(now - timedelta(hours=len(hours) - 1 - index), zone, language),
        )
        for index in range(0, len(hours), 6)
    )
    total = sum(hours)
    label = say_count(
        language,
        "Pengajuan per jam selama 24 jam terakhir: {n} seluruhnya, paling banyak {most} dalam satu jam",
        total,
        formats.whole(total, language),
        most=formats.whole(most, language),
    )
    ticks = tuple((y(value), formats.whole(value, language)) for value in range(0, top + 1, step))
    return Chart(bars, ticks, labels, label)


def _median(median: timedelta | None, language: Language) -> Tile:
    """How long a result usually takes: in seconds below two minutes, where minutes would say nothing."""
    if median is None:
        return Tile("–", say(language, "Menit sampai skor: belum ada hasil 24 jam ini"))
    seconds = median.total_seconds()
    if seconds < 120:
        return Tile(formats.whole(round(seconds), language), say(language, "Detik, median sampai skor"))
    return Tile(formats.score(seconds / 60, language), say(language, "Menit, median sampai skor"))

"""An event's page: countdown, a petal for each team, the phases, the tracks side by side, the limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from frontend import formats
from frontend.language import Language, pick, say, say_count
from frontend.pages.board import BoardRow, TaskText
from frontend.pages.charts import Field, field
from frontend.pages.limits import LimitGroup, limit_groups
from frontend.pages.reading import BoardPage
from frontend.pages.schedule import PhaseLine, Stage, lines, stage
from hackathon.defaults import CHARGES
from hackathon.events import Event
from hackathon.overview import Overview
from sandbox.model import Text

TOP = 3
"""How many rows of a board stand on the event's page."""


@dataclass(frozen=True, slots=True)
class Countdown:
    """Time left to the end of the phase, taken apart, and the same in a sentence."""

    days: str
    hours: str
    minutes: str
    until: str
    label: str


@dataclass(frozen=True, slots=True)
class TeamPetal:
    """A team's petal: `state` is on (has handed in), off, or now (handed in last)."""

    x: int
    y: int
    quarter: int
    state: str


@dataclass(frozen=True, slots=True)
class Petals:
    """The field of an event's teams, and what it says in words."""

    field: Field
    teams: tuple[TeamPetal, ...]
    label: str
    caption: str


@dataclass(frozen=True, slots=True)
class TrackCard:
    """A track beside the others: what is tested and who is on top."""

    slug: str
    title: Text
    entries: int
    tasks: tuple[TaskText, ...]
    rows: tuple[BoardRow, ...]
    number: int
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class EventView:
    """All that an event's page shows beside its frame."""

    counts: str
    countdown: Countdown | None
    petals: Petals
    phases: tuple[PhaseLine, ...]
    tracks: tuple[TrackCard, ...]
    attempts: int
    first_task: str
    limits: tuple[LimitGroup, ...]
    charges: str


def draw_event(
    event: Event,
    teams: Overview,
    boards: Sequence[BoardPage],
    tasks: Sequence[tuple[TaskText, ...]],
    *,
    now: datetime,
    language: Language,
) -> EventView:
    """The page of an event. `boards` and `tasks` are its tracks', in their order."""
    zone = ZoneInfo(event.zone)
    cards = tuple(
        TrackCard(
            slug=shown.track.slug,
            title=shown.track.title,
            entries=teams.entries(shown.track.id),
            tasks=tested,
            rows=shown.board.rows[:TOP],
            number=shown.board.number,
            published_at=shown.board.published_at,
        )
        for shown, tested in zip(boards, tasks, strict=True)
    )
    return EventView(
        counts=_counts(teams, language),
        countdown=_countdown(stage(event.schedule, now, zone, language), now, language),
        petals=draw_petals(teams, language),
        phases=lines(event.schedule, now, zone, language),
        tracks=cards,
        attempts=event.rules.attempts_a_day,
        first_task=next((task.slug for tested in tasks for task in tested), ""),
        limits=limit_groups(event.rules, language),
        charges=pick(CHARGES, language),
    )


def _counts(teams: Overview, language: Language) -> str:
    def told(sentence: str, count: int) -> str:
        return say_count(language, sentence, count, formats.whole(count, language))

    return ", ".join(
        (
            say(
                language,
                "{teams} dari {agencies}",
                teams=told("{n} tim", len(teams.teams)),
                agencies=told("{n} instansi", teams.agencies),
            ),
            told("{n} pengajuan", teams.submissions),
        )
    )


def _countdown(here: Stage, now: datetime, language: Language) -> Countdown | None:
    if here.until is None:
        return None
    minutes, _ = divmod(max(0, int((here.until - now).total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    left = formats.remaining(here.until - now, language)
    return Countdown(str(days), f"{hours:02d}", f"{minutes:02d}", here.countdown or "", f"{left} {here.countdown}")


def draw_petals(teams: Overview, language: Language) -> Petals:
    """A petal for each team, in the order in which they came."""
    room, latest = field(len(teams.teams)), teams.latest
    petals = tuple(
        TeamPetal(
            petal.x,
            petal.y,
            petal.quarter,
            "off" if team.handed_in_at is None else "now" if latest is not None and team.id == latest.id else "on",
        )
        for petal, team in zip(room.petals, teams.teams, strict=True)
    )
    sent = sum(team.handed_in_at is not None for team in teams.teams)
    values = {"sent": formats.whole(sent, language), "all": formats.whole(len(teams.teams), language)}
    caption = (
        say(language, "Satu kelopak, satu tim. {sent} dari {all} sudah mengirim, yang merah paling akhir.", **values)
        if latest is not None
        else say(language, "Satu kelopak, satu tim. Belum ada yang mengirim.")
    )
    label = say(language, "{all} kelopak, satu untuk tiap tim: {sent} sudah mengirim", **values)
    return Petals(room, petals, label, caption)

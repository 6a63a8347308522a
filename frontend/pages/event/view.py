"""An event's page: countdown, what to do next, a petal for each team, the phases, the tracks side by side, and what the
event says of itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from frontend import formats
from frontend.language import Language, pick, say, say_count
from frontend.pages.board import BoardRow, TaskText
from frontend.pages.event.agenda import AgendaDay, draw_agenda
from frontend.pages.event.limits import LimitGroup, limit_groups
from frontend.pages.event.next_step import Step
from frontend.pages.event.petals import Petals, draw_petals
from frontend.pages.reading import BoardPage
from frontend.pages.schedule import PhaseLine, Stage, lines, stage
from hackathon.defaults import CHARGES
from hackathon.events import Content, Event, Source, Venue
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
class TrackCard:
    """A track beside the others: what is tested and who is on top."""

    slug: str
    title: Text
    summary: Text | None
    entries: int
    tasks: tuple[TaskText, ...]
    rows: tuple[BoardRow, ...]
    number: int
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Weighing:
    """How much of the total is measured and how much is judged, in percent; `tenths` (1 to 9) are drawn."""

    measured: str
    judged: str
    tenths: int


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion with its share of the total, such as 25%."""

    title: Text
    body: Text
    weight: str
    judged: bool


@dataclass(frozen=True, slots=True)
class VenueLine:
    """A venue with its zone: WIB, WITA, WIT."""

    name: str
    address: str
    zone: str
    clock: str


@dataclass(frozen=True, slots=True)
class EventView:
    """All that an event's page shows beside its frame."""

    counts: str
    step: Step
    countdown: Countdown | None
    petals: Petals
    phases: tuple[PhaseLine, ...]
    tracks: tuple[TrackCard, ...]
    content: Content
    agenda: tuple[AgendaDay, ...]
    weighing: Weighing | None
    criteria: tuple[CriterionLine, ...]
    venues: tuple[VenueLine, ...]
    attempts: int
    team_size: str
    limits: tuple[LimitGroup, ...]
    charges: str


def draw_event(
    event: Event,
    teams: Overview,
    boards: Sequence[BoardPage],
    tasks: Sequence[tuple[TaskText, ...]],
    *,
    step: Step,
    now: datetime,
    zone: ZoneInfo,
    language: Language,
) -> EventView:
    """The page of an event. `boards` and `tasks` are its tracks', in their order; `zone` is the viewer's."""
    cards = tuple(
        TrackCard(
            slug=shown.track.slug,
            title=shown.track.title,
            summary=shown.track.summary,
            entries=teams.entries(shown.track.id),
            tasks=tested,
            rows=shown.board.rows[:TOP],
            number=shown.board.number,
            published_at=shown.board.published_at,
        )
        for shown, tested in zip(boards, tasks, strict=True)
    )
    return EventView(
        counts=draw_counts(teams, language),
        step=step,
        countdown=draw_countdown(stage(event.schedule, now, zone, language), now, language),
        petals=draw_petals(teams, language),
        phases=lines(event.schedule, now, zone, language),
        tracks=cards,
        content=event.content,
        agenda=draw_agenda(event.content.agenda, event.venues, now=now, zone=zone, language=language),
        weighing=_weighing(event.content, language),
        criteria=tuple(
            CriterionLine(row.title, row.body, formats.percent(row.weight, language), row.source is Source.JUDGES)
            for row in event.content.criteria
        ),
        venues=tuple(_venue(venue, now, language) for venue in event.venues),
        attempts=event.rules.attempts_a_day,
        team_size=_team_size(event.rules.team_size_min, event.rules.team_size_max, language),
        limits=limit_groups(event.rules, language),
        charges=pick(CHARGES, language),
    )


def draw_counts(teams: Overview, language: Language) -> str:
    """How many teams, from how many agencies, how many submissions."""

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


def draw_countdown(here: Stage, now: datetime, language: Language) -> Countdown | None:
    """The time left; None where nothing ends the phase."""
    if here.until is None:
        return None
    minutes, _ = divmod(max(0, int((here.until - now).total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    left = formats.remaining(here.until - now, language)
    return Countdown(str(days), f"{hours:02d}", f"{minutes:02d}", here.countdown or "", f"{left} {here.countdown}")


def _weighing(content: Content, language: Language) -> Weighing | None:
    measured, judged = content.weight(Source.MEASURED), content.weight(Source.JUDGES)
    if not measured or not judged:
        return None
    tenths = min(max(round(measured / 10), 1), 9)
    return Weighing(formats.percent(measured, language), formats.percent(judged, language), tenths)


def _venue(venue: Venue, now: datetime, language: Language) -> VenueLine:
    zone = ZoneInfo(venue.zone)
    name = formats.zone_name(now, zone)
    return VenueLine(venue.name, venue.address, name, f"{formats.clock(now, zone, language)} {name}")


def _team_size(least: int, most: int, language: Language) -> str:
    if least == most:
        return say_count(language, "{n} orang", most, formats.whole(most, language))
    return say(
        language,
        "{least} sampai {most} orang",
        least=formats.whole(least, language),
        most=formats.whole(most, language),
    )

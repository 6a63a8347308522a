"""What the demo plays: the event of `event.toml`, moved to today, its news, and the teams of `teams.toml` with what
they hand in.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from hackathon.cards import Answers
from hackathon.events import Content, EventSpec, Phase, Schedule, parse_event, phase
from sandbox import toml
from sandbox.model import Text

HERE = Path(__file__).parent
PROTOTYPES = HERE / "prototypes"

LEAST_LEFT = timedelta(days=1)
"""A demo whose building phase ends sooner is given new times: nobody should find it closed while looking."""


class CardPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an invented team says of its prototype."""

    name: str
    summary: str
    data_used: str
    limits: str
    human_oversight: str

    @property
    def answers(self) -> Answers:
        """As the form of the card keeps them."""
        return Answers(**msgspec.structs.asdict(self))


class FurtherPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another track that a team is in, and which of the prototypes that come with its task it hands in there."""

    track: str
    prototypes: list[str]


class TeamPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An invented team. `prototypes` are folders, handed in one after the other; the first member is the captain.

    All that is for the first track; `further` are others. `pitch`: it shows slides of its card. `video`: an address,
    or nothing.
    """

    name: str
    agency: str
    venue: str
    members: list[str]
    prototypes: list[str]
    pitch: bool = False
    video: str = ""
    card: CardPlan | None = None
    further: list[FurtherPlan] = []

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where its versions are."""
        return tuple(PROTOTYPES / name for name in self.prototypes)


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words in both languages, as the demo's files tell them."""

    id: str
    en: str

    def text(self) -> Text:
        """The words; a line end within a paragraph is a space, as in an event file."""
        return Text(id=_joined(self.id), en=_joined(self.en))


class _News(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    hours_ago: int
    title: Words
    body: Words
    important: bool = False


class _Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    news: list[_News]


@dataclass(frozen=True, slots=True)
class NewsPlan:
    """Something that the organizers told, so long before the demo began."""

    ago: timedelta
    title: Text
    body: Text
    important: bool


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    teams: list[TeamPlan]


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole demo. The schedule of `event` is not yet that of a day."""

    event: EventSpec
    teams: tuple[TeamPlan, ...]
    news: tuple[NewsPlan, ...]


def load_plan() -> Plan:
    """Read the files. Raises EventInvalid, TomlInvalid."""
    event = parse_event((HERE / "event.toml").read_bytes())
    document = toml.decode((HERE / "teams.toml").read_bytes(), _Document)
    paper = toml.decode((HERE / "news.toml").read_bytes(), _Paper)
    news = tuple(
        NewsPlan(timedelta(hours=item.hours_ago), item.title.text(), item.body.text(), item.important)
        for item in paper.news
    )
    return Plan(event, tuple(document.teams), news)


def moved(spec: EventSpec, now: datetime, old: Schedule | None = None) -> EventSpec:
    """The event with its building phase open at `now`. `old` stays where it is open for a good while yet."""
    if old is not None and phase(old, now) is Phase.BUILDING and old.building_closes - now >= LEAST_LEFT:
        return replace(spec, schedule=old, content=_agenda_moved(spec, old))
    # The file's own rhythm and times of day, with the third day of building being today.
    written, zone = spec.schedule, ZoneInfo(spec.zone)
    begin = written.building_opens.astimezone(zone).date()
    shift = now.astimezone(zone).date() - timedelta(days=2) - begin
    schedule = Schedule(
        registration_opens=written.registration_opens + shift,
        building_opens=written.building_opens + shift,
        building_closes=written.building_closes + shift,
        judging_closes=written.judging_closes + shift,
        objection_closes=written.objection_closes + shift,
        freeze_at=None if written.freeze_at is None else written.freeze_at + shift,
        teams_lock_at=None if written.teams_lock_at is None else written.teams_lock_at + shift,
    )
    return replace(spec, schedule=schedule, content=_agenda_moved(spec, schedule))


def _agenda_moved(spec: EventSpec, schedule: Schedule) -> Content:
    """The content with its agenda around the schedule's opening. By whole days: a class stays in the morning."""
    days = timedelta(days=round((schedule.building_opens - spec.schedule.building_opens) / timedelta(days=1)))
    agenda = tuple(
        replace(item, at=item.at + days, until=None if item.until is None else item.until + days)
        for item in spec.content.agenda
    )
    return replace(spec.content, agenda=agenda)


def _joined(text: str) -> str:
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))

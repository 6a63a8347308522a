"""Events as values; phase, deadline and freeze as pure functions of time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hackathon.events.content import Content
from sandbox.limits import Limits
from sandbox.model import CaseSet, Text

SEED_BYTES = 32
HIDDEN_SETS = (CaseSet.BOARD, CaseSet.FINAL)


class Phase(StrEnum):
    """Where an event stands. The reveal ends judging; objections are to published results."""

    UPCOMING = "upcoming"
    REGISTRATION = "registration"
    BUILDING = "building"
    JUDGING = "judging"
    OBJECTION = "objection"
    CLOSED = "closed"


class Scope(StrEnum):
    """Whom an extension is for."""

    EVENT = "event"
    VENUE = "venue"
    TRACK = "track"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Schedule:
    """The moments at which phases begin and end, each later than the one before. All times know their zone.

    `freeze_at`, when set, lies before `judging_closes`: from then on no publication is written. `teams_lock_at`, when
    set, lies after `registration_opens` and not after `building_closes`: from then on only organizers change members.
    """

    registration_opens: datetime
    building_opens: datetime
    building_closes: datetime
    judging_closes: datetime
    objection_closes: datetime
    freeze_at: datetime | None = None
    teams_lock_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What an event allows. `attempts_a_day` counts by the calendar of the event's zone and by entry; `uploads_an_hour`
    counts announced archives of an entry within any hour, also those that were refused and cost no attempt. With
    `approval` a team hands in only once organizers approved it. With `fourfold` the board marks who makes work at least
    four times faster.
    """

    attempts_a_day: int = 10
    uploads_an_hour: int = 60
    running_at_once: int = 1
    team_size_min: int = 2
    team_size_max: int = 5
    approval: bool = False
    fourfold: bool = True
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class TrackTask:
    """A benchmark task of a track, with its share in the automated score relative to the others'."""

    slug: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Track:
    """A challenge of an event. `position` counts from 1."""

    id: UUID
    event_id: UUID
    slug: str
    title: Text
    position: int
    tasks: tuple[TrackTask, ...]
    summary: Text | None = None


@dataclass(frozen=True, slots=True)
class Venue:
    """A city or hall of an event."""

    id: UUID
    event_id: UUID
    slug: str
    name: str
    zone: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One hackathon, whole. `seeds` are the SHA-256 (hex) of the hidden sets' seeds."""

    id: UUID
    slug: str
    title: Text
    zone: str
    schedule: Schedule
    rules: Rules
    demo: bool
    tracks: tuple[Track, ...]
    venues: tuple[Venue, ...]
    seeds: Mapping[CaseSet, str]
    created_at: datetime
    content: Content = field(default_factory=Content)


@dataclass(frozen=True, slots=True)
class Extension:
    """A later deadline. `target` is the id of the venue, track or team; None for the whole event."""

    scope: Scope
    target: UUID | None
    until: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an entry belongs: what extensions are matched against."""

    team_id: UUID
    track_id: UUID
    venue_id: UUID | None


def phase(schedule: Schedule, now: datetime) -> Phase:
    """The phase at `now`; each begins at its moment and ends just before the next one's."""
    ends = (
        (schedule.registration_opens, Phase.UPCOMING),
        (schedule.building_opens, Phase.REGISTRATION),
        (schedule.building_closes, Phase.BUILDING),
        (schedule.judging_closes, Phase.JUDGING),
        (schedule.objection_closes, Phase.OBJECTION),
    )
    return next((before for moment, before in ends if now < moment), Phase.CLOSED)


def deadline(schedule: Schedule, extensions: Iterable[Extension], standing: Standing) -> datetime:
    """Until when an entry may hand in: the end of building, or the latest extension that is for it."""
    targets = {
        Scope.EVENT: None,
        Scope.VENUE: standing.venue_id,
        Scope.TRACK: standing.track_id,
        Scope.TEAM: standing.team_id,
    }
    granted = (extension.until for extension in extensions if extension.target == targets[extension.scope])
    return max((schedule.building_closes, *granted))


def teams_lock(schedule: Schedule) -> datetime:
    """From when on only organizers change who is in a team: the date set for it, else the end of building."""
    return schedule.teams_lock_at or schedule.building_closes


def is_frozen(schedule: Schedule, now: datetime) -> bool:
    """Whether the public board stands still: from the freeze until judging closes with the reveal."""
    return schedule.freeze_at is not None and schedule.freeze_at <= now < schedule.judging_closes

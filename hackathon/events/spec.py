"""An event file: TOML in, a checked `EventSpec` out. Every problem names its line wherever one can be told.

Times may leave out their zone; they are then in the event's.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from itertools import pairwise
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

import msgspec

from hackathon import benchmarks
from hackathon.errors import Refusal
from hackathon.events.content import Content
from hackathon.events.content_spec import (
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    ContentDocument,
    Words,
    Writer,
    read_content,
)
from hackathon.events.errors import EventInvalid
from hackathon.events.model import Rules, Schedule, TrackTask
from hackathon.names import clean_line
from sandbox import toml
from sandbox.limits import Limits
from sandbox.model import Text

Slug = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=63)]
_Count = Annotated[int, msgspec.Meta(ge=1, le=1000)]
_Weight = Annotated[float, msgspec.Meta(gt=0, le=1000)]
_Override = dict[str, dict[str, int | float]]

_TITLE = Text(id="Judul", en="The title")


@dataclass(frozen=True, slots=True)
class VenueSpec:
    """A venue as the file gives it."""

    slug: str
    name: str
    zone: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class TrackSpec:
    """A track as the file gives it; the order in the file is the order on pages."""

    slug: str
    title: Text
    tasks: tuple[TrackTask, ...]
    summary: Text | None = None


@dataclass(frozen=True, slots=True)
class EventSpec:
    """An event as the file gives it, checked."""

    slug: str
    title: Text
    zone: str
    schedule: Schedule
    rules: Rules
    tracks: tuple[TrackSpec, ...]
    venues: tuple[VenueSpec, ...] = ()
    demo: bool = False
    content: Content = field(default_factory=Content)


class _Strict(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    pass


class _Schedule(_Strict, frozen=True):
    registration_opens: datetime
    building_opens: datetime
    building_closes: datetime
    judging_closes: datetime
    objection_closes: datetime
    freeze_at: datetime | None = None
    teams_lock_at: datetime | None = None


class _Rules(_Strict, frozen=True):
    attempts_a_day: _Count = Rules().attempts_a_day
    uploads_an_hour: _Count = Rules().uploads_an_hour
    running_at_once: _Count = Rules().running_at_once
    team_size_min: _Count = Rules().team_size_min
    team_size_max: _Count = Rules().team_size_max
    approval: bool = Rules().approval
    fourfold: bool = Rules().fourfold
    limits: _Override = {}


class _Venue(_Strict, frozen=True):
    slug: Slug
    name: str
    zone: str | None = None
    address: str = ""


class _TrackTask(_Strict, frozen=True):
    slug: Slug
    weight: _Weight = 1.0


class _Track(_Strict, frozen=True):
    slug: Slug
    title: Words
    tasks: Annotated[list[_TrackTask], msgspec.Meta(min_length=1)]
    summary: Words | None = None


class _Document(ContentDocument, frozen=True, kw_only=True):
    slug: Slug
    title: Words
    zone: str
    schedule: _Schedule
    tracks: Annotated[list[_Track], msgspec.Meta(min_length=1)]
    rules: _Rules = _Rules()
    venues: tuple[_Venue, ...] = ()
    demo: bool = False


def parse_event(
    data: bytes, *, known_tasks: Collection[str] | None = None, elsewhere: Collection[str] = ()
) -> EventSpec:
    """Read an event file. `known_tasks` are the slugs that tracks may name; None stands for the shipped ones. The
    tables of `elsewhere` are left to whom reads them; without that they are refused like any that nobody knows.

    Raises EventInvalid.
    """
    try:
        document = toml.decode(data, _Document, without=elsewhere)
    except toml.TomlInvalid as error:
        raise EventInvalid(error.reason, error.line) from error
    known = (
        {path.parent.name for path in benchmarks.folder().glob("*/task.toml")} if known_tasks is None else known_tasks
    )
    return _Reader(data.decode(), document, frozenset(known)).read()


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    document: _Document
    known_tasks: frozenset[str]

    def read(self) -> EventSpec:
        document = self.document
        zone = self._zone(document.zone, "zone")
        self._no_twins([track.slug for track in document.tracks], "tracks")
        self._no_twins([venue.slug for venue in document.venues], "venues")
        venues = tuple(self._venue(venue, position) for position, venue in enumerate(document.venues))
        return EventSpec(
            slug=document.slug,
            title=self._title(document.title, "title"),
            zone=document.zone,
            schedule=self._schedule(zone),
            rules=self._rules(),
            tracks=tuple(self._track(track, position) for position, track in enumerate(document.tracks)),
            venues=venues,
            demo=document.demo,
            content=read_content(document, zone, {venue.slug: ZoneInfo(venue.zone) for venue in venues}, self._wrong),
        )

    def _wrong(self, reason: str, *path: str | int) -> EventInvalid:
        return EventInvalid(reason, toml.line_of(self.text, path))

    def _zone(self, name: str, *path: str | int) -> ZoneInfo:
        if name not in available_timezones():
            raise self._wrong(f"`{name}` is not a time zone; write it like Asia/Jakarta", *path)
        return ZoneInfo(name)

    def _line(self, line: str, what: Text, longest: int, *path: str | int) -> str:
        try:
            return clean_line(line, what=what, longest=longest)
        except Refusal as error:
            raise self._wrong(error.message.en, *path) from error

    def _title(self, title: Words, *path: str | int) -> Text:
        return Text(
            id=self._line(title.id, _TITLE, LONGEST_TITLE, *path, "id"),
            en=self._line(title.en, _TITLE, LONGEST_TITLE, *path, "en"),
        )

    def _summary(self, summary: Words, *path: str | int) -> Text:
        return Writer(self._wrong).body(summary, *path, longest=LONGEST_SUMMARY)

    def _no_twins(self, slugs: list[str], table: str) -> None:
        for position, slug in enumerate(slugs):
            if slug in slugs[:position]:
                raise self._wrong(f"`{slug}` stands twice among the {table}", table, position, "slug")

    def _schedule(self, zone: ZoneInfo) -> Schedule:
        moments: dict[str, Any] = {}
        for name, moment in msgspec.structs.asdict(self.document.schedule).items():
            moments[name] = moment.replace(tzinfo=zone) if moment and moment.tzinfo is None else moment
        freeze_at, teams_lock_at = moments["freeze_at"], moments["teams_lock_at"]
        for before, after in pairwise(name for name in moments if name not in ("freeze_at", "teams_lock_at")):
            if moments[after] <= moments[before]:
                raise self._wrong(f"`{after}` must be later than `{before}`", "schedule", after)
        if freeze_at and not moments["building_opens"] <= freeze_at < moments["judging_closes"]:
            raise self._wrong(
                "`freeze_at` must lie between `building_opens` and `judging_closes`", "schedule", "freeze_at"
            )
        if teams_lock_at and not moments["registration_opens"] < teams_lock_at <= moments["building_closes"]:
            raise self._wrong(
                "`teams_lock_at` must lie between `registration_opens` and `building_closes`",
                "schedule",
                "teams_lock_at",
            )
        return Schedule(**moments)

    def _rules(self) -> Rules:
        rules = self.document.rules
        if rules.team_size_max < rules.team_size_min:
            raise self._wrong("`team_size_max` is smaller than `team_size_min`", "rules", "team_size_max")
        return Rules(
            attempts_a_day=rules.attempts_a_day,
            uploads_an_hour=rules.uploads_an_hour,
            running_at_once=rules.running_at_once,
            team_size_min=rules.team_size_min,
            team_size_max=rules.team_size_max,
            approval=rules.approval,
            fourfold=rules.fourfold,
            limits=self._limits(rules.limits),
        )

    def _limits(self, overrides: Mapping[str, Mapping[str, float]]) -> Limits:
        limits = Limits()
        sections = {spec.name for spec in fields(limits)}
        for section, values in overrides.items():
            if section not in sections:
                raise self._wrong(f"there are no limits of `{section}`", "rules", "limits", section)
            old = getattr(limits, section)
            kinds = {spec.name: type(getattr(old, spec.name)) for spec in fields(old)}
            for name, value in values.items():
                path = ("rules", "limits", section, name)
                if name not in kinds:
                    raise self._wrong(f"there is no limit `{name}` of `{section}`", *path)
                if not 0 < value < math.inf:
                    raise self._wrong(f"`{name}` must be more than 0", *path)
                if kinds[name] is int and not isinstance(value, int):
                    raise self._wrong(f"`{name}` must be a whole number", *path)
            limits = replace(limits, **{section: replace(old, **{name: kinds[name](v) for name, v in values.items()})})
        return limits

    def _track(self, track: _Track, position: int) -> TrackSpec:
        seen: set[str] = set()
        for number, task in enumerate(track.tasks):
            if task.slug not in self.known_tasks:
                names = ", ".join(sorted(self.known_tasks)) or "none"
                raise self._wrong(
                    f"there is no benchmark task `{task.slug}` (known: {names})",
                    "tracks",
                    position,
                    "tasks",
                    number,
                    "slug",
                )
            if task.slug in seen:
                raise self._wrong(f"task `{task.slug}` stands twice", "tracks", position, "tasks", number, "slug")
            seen.add(task.slug)
        return TrackSpec(
            slug=track.slug,
            title=self._title(track.title, "tracks", position, "title"),
            tasks=tuple(TrackTask(task.slug, task.weight) for task in track.tasks),
            summary=self._summary(track.summary, "tracks", position, "summary") if track.summary else None,
        )

    def _venue(self, venue: _Venue, position: int) -> VenueSpec:
        zone = venue.zone or self.document.zone
        self._zone(zone, "venues", position, "zone")
        what = Text(id="Nama lokasi", en="The venue's name")
        where = Text(id="Alamat lokasi", en="The venue's address")
        return VenueSpec(
            slug=venue.slug,
            name=self._line(venue.name, what, 200, "venues", position, "name"),
            zone=zone,
            address=self._line(venue.address, where, 300, "venues", position, "address") if venue.address else "",
        )

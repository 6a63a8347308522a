"""A change of an event's schedule, before it is made: whether it can be, and what it would do. Pure functions."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from itertools import pairwise

import msgspec

from hackathon.events.model import Extension, Phase, Schedule, is_frozen, phase, teams_lock
from sandbox.model import Text


class Moment(StrEnum):
    """The moments of a schedule, in their order; the values are the names of its fields."""

    REGISTRATION_OPENS = "registration_opens"
    BUILDING_OPENS = "building_opens"
    TEAMS_LOCK_AT = "teams_lock_at"
    BUILDING_CLOSES = "building_closes"
    FREEZE_AT = "freeze_at"
    JUDGING_CLOSES = "judging_closes"
    OBJECTION_CLOSES = "objection_closes"


OPTIONAL = (Moment.TEAMS_LOCK_AT, Moment.FREEZE_AT)
"""May be left out: teams are then fixed when handing in closes, and the board never freezes."""

ORDERED = tuple(moment for moment in Moment if moment not in OPTIONAL)
"""Each must be later than the one before."""

NAMES: Mapping[Moment, Text] = {
    Moment.REGISTRATION_OPENS: Text("Pendaftaran dibuka", "Registration opens"),
    Moment.BUILDING_OPENS: Text("Pembangunan dimulai", "Building begins"),
    Moment.TEAMS_LOCK_AT: Text("Susunan tim ditetapkan", "Teams are fixed"),
    Moment.BUILDING_CLOSES: Text("Pengajuan ditutup", "Handing in closes"),
    Moment.FREEZE_AT: Text("Papan dibekukan", "The board freezes"),
    Moment.JUDGING_CLOSES: Text("Hasil diumumkan", "Results are announced"),
    Moment.OBJECTION_CLOSES: Text("Sanggahan ditutup", "Objections close"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A moment that would be another. None: the schedule does without it."""

    moment: Moment
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True, slots=True)
class Effects:
    """What a change of schedule does at `now`.

    `deadline_earlier`: people have less time than they were told, to hand in, to object or to change their team.
    `overtaken` are extensions that would give no more time than everybody has.
    """

    changes: tuple[Change, ...]
    phase_before: Phase
    phase_after: Phase
    frozen_before: bool
    frozen_after: bool
    deadline_earlier: bool
    overtaken: tuple[Extension, ...]

    @property
    def is_grave(self) -> bool:
        """Whether somebody loses time, stands in another phase at once, or sees what the freeze keeps back, which
        nobody can unsee: then it is typed, not only pressed.
        """
        thawed = self.frozen_before and not self.frozen_after
        return self.deadline_earlier or thawed or self.phase_before is not self.phase_after


def misplaced(schedule: Schedule) -> Mapping[Moment, Text]:
    """The moments that stand in a wrong place, each with what is wrong; empty for a schedule that can be."""
    found: dict[Moment, Text] = {}
    for before, after in pairwise(ORDERED):
        if moment_of(schedule, after) <= moment_of(schedule, before):
            found[after] = Text(
                id=f"“{NAMES[after].id}” harus lebih lambat daripada “{NAMES[before].id}”.",
                en=f"“{NAMES[after].en}” must be later than “{NAMES[before].en}”.",
            )
    lock, freeze = schedule.teams_lock_at, schedule.freeze_at
    if lock is not None and not schedule.registration_opens < lock <= schedule.building_closes:
        first, last = NAMES[Moment.REGISTRATION_OPENS], NAMES[Moment.BUILDING_CLOSES]
        found[Moment.TEAMS_LOCK_AT] = Text(
            id=f"Susunan tim harus ditetapkan setelah “{first.id}”, paling lambat saat “{last.id}”.",
            en=f"Teams must be fixed after “{first.en}”, at the latest when “{last.en}”.",
        )
    if freeze is not None and not schedule.building_opens <= freeze < schedule.judging_closes:
        first, last = NAMES[Moment.BUILDING_OPENS], NAMES[Moment.JUDGING_CLOSES]
        found[Moment.FREEZE_AT] = Text(
            id=f"Pembekuan harus di antara “{first.id}” dan “{last.id}”.",
            en=f"The freeze must lie between “{first.en}” and “{last.en}”.",
        )
    return found


def moment_of(schedule: Schedule, moment: Moment) -> datetime:
    """One of the moments that every schedule has."""
    value: datetime = getattr(schedule, moment.value)
    return value


def changes(old: Schedule, new: Schedule) -> tuple[Change, ...]:
    """What differs, in the order of time."""
    return tuple(
        Change(moment, before, after)
        for moment in Moment
        if (before := getattr(old, moment.value)) != (after := getattr(new, moment.value))
    )


def effects(old: Schedule, new: Schedule, extensions: Sequence[Extension], now: datetime) -> Effects:
    """What putting `new` in the place of `old` does at `now`."""
    return Effects(
        changes=changes(old, new),
        phase_before=phase(old, now),
        phase_after=phase(new, now),
        frozen_before=is_frozen(old, now),
        frozen_after=is_frozen(new, now),
        deadline_earlier=new.building_closes < old.building_closes
        or new.objection_closes < old.objection_closes
        or teams_lock(new) < teams_lock(old),
        overtaken=tuple(
            extension for extension in extensions if old.building_closes < extension.until <= new.building_closes
        ),
    )


def is_confirmed(typed: str, slug: str) -> bool:
    """Whether what was typed confirms a grave change of the event of this slug."""
    return typed.strip().casefold() == slug


def fingerprint(schedule: Schedule) -> str:
    """A short name of exactly this schedule, so that a change is never made on another one than was looked at."""
    moments = {field.name: getattr(schedule, field.name) for field in fields(Schedule)}
    told = {name: None if moment is None else moment.astimezone(UTC) for name, moment in moments.items()}
    return hashlib.sha256(msgspec.json.encode(told, order="sorted")).hexdigest()[:16]

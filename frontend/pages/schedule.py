"""An event's schedule in words: the phase of now, what ends it, and the line of all phases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from frontend import formats
from frontend.language import Language, message, say
from hackathon.events import Phase, Schedule, phase


@dataclass(frozen=True, slots=True)
class Stage:
    """The phase in words, and what ends it: `next` names it, `until` is when, `countdown` says the same after
    "2 days". All three None in the last phase.
    """

    title: str
    next: str | None = None
    until: datetime | None = None
    countdown: str | None = None


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """One phase on the line: `gone` is how much of it is over, 0 to 100; `state` is past, here or empty."""

    title: str
    when: str
    state: str
    gone: float


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    next: str
    countdown: str


_WORDS: Mapping[Phase, _Words] = {
    Phase.UPCOMING: _Words(
        message("Segera"), message("Pendaftaran dibuka {when}"), message("sampai pendaftaran dibuka, {when}")
    ),
    Phase.REGISTRATION: _Words(
        message("Pendaftaran"), message("Pembangunan dimulai {when}"), message("sampai pembangunan dimulai, {when}")
    ),
    Phase.BUILDING: _Words(
        message("Pembangunan"), message("Pengajuan ditutup {when}"), message("sampai pengajuan ditutup, {when}")
    ),
    Phase.JUDGING: _Words(
        message("Penilaian"), message("Hasil diumumkan {when}"), message("sampai hasil diumumkan, {when}")
    ),
    Phase.OBJECTION: _Words(
        message("Masa sanggah"), message("Sanggahan ditutup {when}"), message("sampai sanggahan ditutup, {when}")
    ),
}
_CLOSED = message("Selesai")


def stage(schedule: Schedule, now: datetime, zone: ZoneInfo, language: Language) -> Stage:
    """The phase of `now` in words."""
    here = phase(schedule, now)
    if here is Phase.CLOSED:
        return Stage(say(language, _CLOSED))
    until, words = _ends(schedule)[here], _WORDS[here]
    when = formats.moment_long(until, zone, language)
    return Stage(
        title=say(language, words.title),
        next=say(language, words.next, when=when),
        until=until,
        countdown=say(language, words.countdown, when=when),
    )


def lines(schedule: Schedule, now: datetime, zone: ZoneInfo, language: Language) -> tuple[PhaseLine, ...]:
    """The four phases that last, and the final result that ends the last."""
    ends = _ends(schedule)
    order = [Phase.UPCOMING, Phase.REGISTRATION, Phase.BUILDING, Phase.JUDGING, Phase.OBJECTION]
    drawn = []
    for before, here in pairwise(order):
        begin, end = ends[before], ends[here]
        gone = min(max((now - begin) / (end - begin), 0.0), 1.0)
        state = "past" if now >= end else "here" if now >= begin else ""
        when = _period(begin, end, zone, language)
        drawn.append(PhaseLine(say(language, _WORDS[here].title), when, state, round(100 * gone, 1)))
    closed = now >= schedule.objection_closes
    drawn.append(
        PhaseLine(
            say(language, "Hasil akhir"),
            formats.moment_short(schedule.objection_closes, zone, language),
            "past" if closed else "",
            100.0 if closed else 0.0,
        )
    )
    return tuple(drawn)


def _ends(schedule: Schedule) -> Mapping[Phase, datetime]:
    return {
        Phase.UPCOMING: schedule.registration_opens,
        Phase.REGISTRATION: schedule.building_opens,
        Phase.BUILDING: schedule.building_closes,
        Phase.JUDGING: schedule.judging_closes,
        Phase.OBJECTION: schedule.objection_closes,
    }


def _period(begin: datetime, end: datetime, zone: ZoneInfo, language: Language) -> str:
    if begin.astimezone(zone).date() == end.astimezone(zone).date():
        day, first = formats.short_day(begin, zone, language), formats.clock(begin, zone, language)
        last = f"{formats.clock(end, zone, language)} {formats.zone_name(end, zone)}"
        return f"{day}, {say(language, '{first} sampai {last}', first=first, last=last)}"
    return say(
        language,
        "{first} sampai {last}",
        first=formats.short_day(begin, zone, language),
        last=formats.short_day(end, zone, language),
    )

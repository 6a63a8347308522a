"""The agenda by day: each session in the time of its venue, with the zone printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from frontend import formats
from frontend.language import Language
from hackathon.events import Session, Venue
from sandbox.model import Text


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A session; `state` is past, here or empty. `venue` is None for everybody."""

    when: str
    title: Text
    body: Text | None
    venue: str | None
    state: str


@dataclass(frozen=True, slots=True)
class AgendaDay:
    """The sessions of a day."""

    title: str
    rows: tuple[AgendaRow, ...]

    @property
    def past(self) -> bool:
        """Whether all of it is over."""
        return all(row.state == "past" for row in self.rows)


def draw_agenda(
    sessions: Sequence[Session], venues: Sequence[Venue], *, now: datetime, zone: ZoneInfo, language: Language
) -> tuple[AgendaDay, ...]:
    """The days in order. Sessions of a venue are in its zone and on its day, those for everybody in `zone`."""
    known = {venue.slug: venue for venue in venues}

    def here(session: Session) -> ZoneInfo:
        venue = known.get(session.venue or "")
        return zone if venue is None else ZoneInfo(venue.zone)

    def day(session: Session) -> str:
        return session.at.astimezone(here(session)).date().isoformat()

    days = []
    for _, of_day in groupby(sorted(sessions, key=lambda session: (day(session), session.at)), key=day):
        rows = list(of_day)
        title = formats.day(rows[0].at, here(rows[0]), language)
        days.append(AgendaDay(title, tuple(_row(row, here(row), known, now, language) for row in rows)))
    return tuple(days)


def _row(session: Session, zone: ZoneInfo, venues: Mapping[str, Venue], now: datetime, language: Language) -> AgendaRow:
    venue = venues.get(session.venue or "")
    end = session.until or session.at
    return AgendaRow(
        when=_when(session, zone, language),
        title=session.title,
        body=session.body,
        venue=None if venue is None else venue.name,
        state="past" if end <= now else "here" if session.at <= now else "",
    )


def _when(session: Session, zone: ZoneInfo, language: Language) -> str:
    begin = formats.clock(session.at, zone, language)
    name = formats.zone_name(session.at, zone)
    if session.until is None:
        return f"{begin} {name}"
    if session.until.astimezone(zone).date() == session.at.astimezone(zone).date():
        return f"{formats.span(begin, formats.clock(session.until, zone, language))} {name}"
    return f"{begin} {name} {formats.EN_DASH} {formats.moment_short(session.until, zone, language)}"

"""The agenda by day: each item in the time of its venue, with the zone printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from frontend import formats
from frontend.language import Language
from hackathon.events import AgendaItem, Venue
from sandbox.model import Text


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """An item; `state` is past, here or empty. `venue` is None for everybody."""

    when: str
    title: Text
    body: Text | None
    venue: str | None
    state: str


@dataclass(frozen=True, slots=True)
class AgendaDay:
    """The items of a day."""

    title: str
    rows: tuple[AgendaRow, ...]

    @property
    def past(self) -> bool:
        """Whether all of it is over."""
        return all(row.state == "past" for row in self.rows)


def draw_agenda(
    items: Sequence[AgendaItem], venues: Sequence[Venue], *, now: datetime, zone: ZoneInfo, language: Language
) -> tuple[AgendaDay, ...]:
    """The days in order. Items of a venue are in its zone and on its day, those for everybody in `zone`."""
    known = {venue.slug: venue for venue in venues}

    def here(item: AgendaItem) -> ZoneInfo:
        venue = known.get(item.venue or "")
        return zone if venue is None else ZoneInfo(venue.zone)

    def day(item: AgendaItem) -> str:
        return item.at.astimezone(here(item)).date().isoformat()

    days = []
    for _, of_day in groupby(sorted(items, key=lambda item: (day(item), item.at)), key=day):
        rows = list(of_day)
        title = formats.day(rows[0].at, here(rows[0]), language)
        days.append(AgendaDay(title, tuple(_row(row, here(row), known, now, language) for row in rows)))
    return tuple(days)


def _row(item: AgendaItem, zone: ZoneInfo, venues: Mapping[str, Venue], now: datetime, language: Language) -> AgendaRow:
    venue = venues.get(item.venue or "")
    end = item.until or item.at
    return AgendaRow(
        when=_when(item, zone, language),
        title=item.title,
        body=item.body,
        venue=None if venue is None else venue.name,
        state="past" if end <= now else "here" if item.at <= now else "",
    )


def _when(item: AgendaItem, zone: ZoneInfo, language: Language) -> str:
    begin = formats.clock(item.at, zone, language)
    name = formats.zone_name(item.at, zone)
    if item.until is None:
        return f"{begin} {name}"
    if item.until.astimezone(zone).date() == item.at.astimezone(zone).date():
        return f"{formats.span(begin, formats.clock(item.until, zone, language))} {name}"
    return f"{begin} {name} {formats.EN_DASH} {formats.moment_short(item.until, zone, language)}"

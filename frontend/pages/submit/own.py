"""Whose page it is: the person's entry in a track of an event, and how its pages look."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from frontend.language import Language
from frontend.pages.forms import Problems
from frontend.pages.frame import EventFrame, make_frame, page, zone_of
from frontend.pages.reading import Reader
from frontend.pages.schedule import stage
from frontend.pages.visiting import Visit
from hackathon import events, teams
from hackathon.errors import NotFound
from hackathon.events import Event, Track
from hackathon.model import Principal
from hackathon.objects import Objects
from hackathon.submissions import Window
from hackathon.teams import EntryView
from sandbox.model import Text

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Slug = FromPath[str]


class NotEntered(NotFound):
    """The person's team is not in this track, or there is no team. `instead` is the page where that can be mended."""

    def __init__(self, event: Event) -> None:
        self.instead = f"/acara/{event.slug}/tim"
        super().__init__(
            Text(
                "Tim Anda tidak ikut kategori ini. Buka halaman tim untuk melihat atau memilih kategori.",
                "Your team is not in this track. Open the team's page to see or choose tracks.",
            ),
            "not_entered",
        )


@dataclass(frozen=True, slots=True)
class Own:
    """An entry as its member came to it. `deadline` is its own, extensions included."""

    event: Event
    track: Track
    entry: EntryView
    actor: Principal
    visitor: Visit
    now: datetime
    window: Window

    @property
    def base(self) -> str:
        """The address of the entry's page."""
        return f"/acara/{self.event.slug}/pengajuan/{self.track.slug}"

    @property
    def deadline(self) -> datetime:
        return self.window.deadline

    @property
    def zone(self) -> ZoneInfo:
        return zone_of(self.visitor, self.event)

    @property
    def language(self) -> Language:
        return self.visitor.language

    @property
    def open(self) -> bool:
        """Whether archives are taken now."""
        return self.event.schedule.building_opens <= self.now < self.deadline

    @property
    def over(self) -> bool:
        """Whether nothing can be handed in or changed any more."""
        return self.now >= self.deadline


async def read_own(slug: str, track_slug: str, visitor: Visit, reader: Reader) -> Own:
    """The visitor's entry. Raises SignInNeeded, EventUnknown, TrackUnknown, NotEntered."""
    person = visitor.signed_in()
    event = await events.get_event(slug)
    track = await events.get_track(event, track_slug)
    entries = await teams.entries_of(person.principal)
    entry = next((one for one in entries if one.track_id == track.id), None)
    if entry is None:
        raise NotEntered(event)
    window = await Window.of(entry.id, actor=person.principal)
    return Own(event, track, entry, person.principal, visitor, await reader.now(), window)


def show(
    own: Own, template: str, *, problems: Problems | None = None, status: int | None = None, **context: Any
) -> Response[str]:
    """A page of the entry, with what is wrong with its form."""
    frame = make_frame(
        own.visitor,
        own.now,
        event=EventFrame.of(own.event, own.visitor),
        stage=stage(own.event.schedule, own.now, own.zone, own.language),
        here="submit",
    )
    wrong = problems or None
    return page(
        template,
        own.visitor,
        frame,
        status=status or (wrong.status if wrong else 200),
        problems=wrong.told(own.language) if wrong else None,
        own=own,
        base=own.base,
        zone=own.zone,
        **context,
    )


def objects_of(state: State) -> Objects:
    """The object store of this process."""
    objects: Objects = state.objects
    return objects

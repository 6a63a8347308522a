"""What every page of the console begins with: the organizer, the event, its frame."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from litestar.exceptions import NotFoundException
from litestar.response import Response

from frontend import formats
from frontend.language import Language, say_count
from frontend.pages.forms import Problems
from frontend.pages.frame import EventFrame, Frame, make_frame, page
from frontend.pages.reading import Reader
from frontend.pages.schedule import stage
from frontend.pages.visiting import Visit
from hackathon import events
from hackathon.events import Event, Track
from hackathon.model import Principal


@dataclass(frozen=True, slots=True)
class Desk:
    """An organizer before an event."""

    visitor: Visit
    organizer: Principal
    event: Event
    now: datetime
    frame: Frame

    @property
    def zone(self) -> ZoneInfo:
        """The event's zone; every time of the console is in it."""
        return ZoneInfo(self.event.zone)

    @property
    def language(self) -> Language:
        """The visitor's."""
        return self.visitor.language

    @property
    def root(self) -> str:
        """The event's address in the console."""
        return f"/konsol/{self.event.slug}"


async def open_desk(slug: str, visitor: Visit, reader: Reader) -> Desk:
    """The desk of an event. Raises SignInNeeded, Forbidden, EventUnknown: who may not learns nothing of an event."""
    organizer = visitor.organizer()
    event = await events.get_event(slug)
    now = await reader.now()
    here = stage(event.schedule, now, ZoneInfo(event.zone), visitor.language)
    frame = make_frame(visitor, now, event=EventFrame.of(event), stage=here, here="console")
    return Desk(visitor, organizer, event, now, frame)


def desk_page(
    template: str, desk: Desk, tab: str, *, problems: Problems | None = None, live: bool = False, **context: Any
) -> Response[str]:
    """A page of the console; `tab` is where it stands, `live` whether it keeps itself fresh."""
    return page(
        f"console/{template}.html",
        desk.visitor,
        desk.frame,
        status=problems.status if problems else 200,
        problems=problems.told(desk.language) if problems else None,
        root=desk.root,
        tab=tab,
        live=live,
        **context,
    )


async def chosen_track(desk: Desk, slug: str) -> Track:
    """The track that an address names, the first where it names none. Raises TrackUnknown, NotFoundException."""
    if slug:
        return await events.get_track(desk.event, slug)
    if not desk.event.tracks:
        raise NotFoundException
    return desk.event.tracks[0]


def page_number(text: str) -> int:
    """The page asked for in an address; the first for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 1


def age(span: timedelta, language: Language) -> str:
    """How long something has lasted, no finer than people need: 40 detik, 11 menit, 3 jam 5 menit, 2 hari 4 jam."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < 60:
        return say_count(language, "{n} detik", seconds, str(seconds))
    if seconds < 3600:
        return say_count(language, "{n} menit", seconds // 60, str(seconds // 60))
    return formats.remaining(timedelta(minutes=seconds // 60), language)

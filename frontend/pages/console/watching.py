"""What organizers watch: the events, one event's situation, its queue."""

import asyncio
import shutil
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from litestar import get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from frontend.pages.console.desk import desk_page, open_desk
from frontend.pages.console.judging.needs import judging_needs
from frontend.pages.console.overview import draw_overview
from frontend.pages.console.queue import draw_queue
from frontend.pages.frame import make_frame, page
from frontend.pages.reading import Reader
from frontend.pages.schedule import Stage, stage
from frontend.pages.visiting import Visit
from hackathon import events, oversight
from hackathon.oversight import Disk
from hackathon.overview import team_counts
from hackathon.settings import Settings
from sandbox.model import Text

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Configured = NamedDependency[Settings]
Slug = FromPath[str]


@dataclass(frozen=True, slots=True)
class Organized:
    """An event in the list."""

    slug: str
    title: Text
    stage: Stage
    teams: int
    demo: bool


@get("/konsol")
async def console_home(visitor: Visitor, reader: Boards) -> Response[str]:
    """The events that can be organized."""
    visitor.organizer()
    now, counts = await reader.now(), await team_counts()
    listed = [
        Organized(
            slug=event.slug,
            title=event.title,
            stage=stage(event.schedule, now, ZoneInfo(event.zone), visitor.language),
            teams=counts.get(event.id, 0),
            demo=event.demo,
        )
        for event in await events.list_events()
    ]
    return page("console/events.html", visitor, make_frame(visitor, now, here="console"), events=listed)


@get("/konsol/{slug:str}")
async def overview_page(
    slug: Slug, visitor: Visitor, reader: Boards, settings: Configured, state: State
) -> Response[str]:
    """What of an event needs a person, and its figures."""
    desk = await open_desk(slug, visitor, reader)
    situation = await oversight.look(
        desk.event, actor=desk.organizer, now=desk.now, handlers=state.handlers, disks=await _disks(settings)
    )
    view = draw_overview(
        desk.event, situation, desk.root, now=desk.now, language=desk.language, judging=await judging_needs(desk)
    )
    return desk_page("overview", desk, "ringkasan", live=True, view=view)


@get("/konsol/{slug:str}/antrean")
async def queue_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """What runs, what waits, and the workers."""
    desk = await open_desk(slug, visitor, reader)
    queue = await oversight.queue_of(desk.event, actor=desk.organizer, now=desk.now)
    view = draw_queue(desk.event, queue, now=desk.now, language=desk.language)
    return desk_page("queue", desk, "antrean", live=True, view=view)


async def _disks(settings: Settings) -> tuple[Disk, ...]:
    """The room of this machine where archives, logs and, without a server of its own, the database lie."""
    free = (await asyncio.to_thread(shutil.disk_usage, settings.data_dir)).free
    return (Disk(str(settings.data_dir), free),)

"""The pitch day for everybody: the drawn order, and the clock on the projector."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from frontend import formats
from frontend.pages.frame import EventFrame, make_frame, milliseconds, page, zone_of
from frontend.pages.reading import Reader
from frontend.pages.schedule import stage as stage_of
from frontend.pages.visiting import Visit
from hackathon import events
from judging import stage
from judging.stage import Turn

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Slug = FromPath[str]

NEXT = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """Who is on the stage. `until_ms` is when the time ends while the clock runs, 0 while it stands; `left_ms` what is
    left then.
    """

    entry_id: str
    team: str
    agency: str
    running: bool
    over: bool
    clock: str
    until_ms: int
    left_ms: int


def draw_turn(turn: Turn, names: Mapping[UUID, tuple[str, str]], now: datetime) -> Standing:
    """The turn as its pages show it."""
    left = turn.remaining(now).total_seconds()
    team, agency = names.get(turn.entry_id, ("?", ""))
    return Standing(
        str(turn.entry_id),
        team,
        agency,
        running=turn.ends_at is not None,
        over=left < 0,
        clock=clock_face(left),
        until_ms=0 if turn.ends_at is None else milliseconds(turn.ends_at),
        left_ms=round(left * 1000),
    )


def clock_face(seconds: float) -> str:
    """What is left as a clock shows it: 7.00, 0.09; over time −0.31."""
    whole = -int(-seconds // 1) if seconds >= 0 else int(-seconds)
    return f"{'−' if seconds < 0 and whole else ''}{whole // 60}.{whole % 60:02d}"


@get("/acara/{slug:str}/presentasi")
async def order_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """The drawn order, and how it was drawn."""
    event, now = await events.get_event(slug), await reader.now()
    draws, names = await stage.draws_of(event.id), await stage.names_of(event.id)
    turn = await stage.turn_of(event.id)
    zone = zone_of(visitor, event)
    frame = make_frame(
        visitor,
        now,
        event=EventFrame.of(event, visitor),
        stage=stage_of(event.schedule, now, zone, visitor.language),
        here="event",
    )
    latest = draws[0] if draws else None
    return page(
        "judging/order.html",
        visitor,
        frame,
        order=[] if latest is None else [(*names.get(id, ("?", "")), _is_on(turn, id)) for id in latest.order],
        draw=latest,
        drawn="" if latest is None else formats.moment_long(latest.made_at, zone, visitor.language),
        earlier=[
            (one.number, formats.moment_short(one.made_at, zone, visitor.language), one.reason) for one in draws[1:]
        ],
    )


@get("/acara/{slug:str}/presentasi/layar")
async def stage_wall(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """The projector: who is on the stage, how long still, who comes next."""
    event, now = await events.get_event(slug), await reader.now()
    draws, names = await stage.draws_of(event.id), await stage.names_of(event.id)
    turn = await stage.turn_of(event.id)
    order = draws[0].order if draws else ()
    place = order.index(turn.entry_id) + 1 if turn is not None and turn.entry_id in order else 0
    frame = make_frame(
        visitor,
        now,
        event=EventFrame.of(event),
        stage=stage_of(event.schedule, now, ZoneInfo(event.zone), visitor.language),
        here="event",
    )
    return page(
        "judging/stage_wall.html",
        visitor,
        frame,
        turn=None if turn is None else draw_turn(turn, names, now),
        place=place,
        size=len(order),
        following=[names.get(id, ("?", ""))[0] for id in order[place : place + NEXT]],
    )


def _is_on(turn: Turn | None, id: UUID) -> bool:
    return turn is not None and turn.entry_id == id

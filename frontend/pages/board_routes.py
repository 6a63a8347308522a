"""The addresses of boards: for people, for a projector, and a team's own row beside them."""

from typing import Annotated

from litestar import MediaType, get
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Response

from frontend.live import Face
from frontend.pages.board import search
from frontend.pages.board_files import board_file
from frontend.pages.frame import make_frame, page
from frontend.pages.own import OwnRow
from frontend.pages.reading import Reader
from frontend.pages.visiting import Visit
from frontend.rendering import render
from hackathon import events
from hackathon.events import TrackUnknown, is_frozen

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Slug = FromPath[str]
Query = Annotated[str, QueryParameter(name="cari", max_length=200)]


@get("/acara/{slug:str}/papan")
async def first_board(slug: Slug) -> Redirect:
    """The board of the first track."""
    event = await events.get_event(slug)
    if not event.tracks:
        raise TrackUnknown(slug)
    return Redirect(f"/acara/{event.slug}/papan/{event.tracks[0].slug}")


@get("/acara/{slug:str}/papan/{track_slug:str}")
async def board_page(
    slug: Slug,
    track_slug: Slug,
    visitor: Visitor,
    reader: Boards,
    sought: Query = "",
) -> Response[str]:
    """A track's board; with `cari` only the teams that fit. A team finds its own row beside it."""
    event = await events.get_event(slug)
    track = await events.get_track(event, track_slug)
    shown = await reader.board(event, track, visitor.language, now=await reader.now())
    own = None
    if visitor.person is not None:
        own = await reader.own(event, track, visitor.person.principal, visitor.language, now=shown.now)
    frame = make_frame(visitor, shown.now, event=shown.event, stage=shown.stage, here="board")
    context = shown.context(visitor.language) | {"board": search(shown.board, sought), "own": own}
    context |= {"stream": _stream(track.id.hex, Face.BOARD, visitor), "own_url": _own_url(own, slug, track_slug)}
    return page("board.html", visitor, frame, **context)


@get("/acara/{slug:str}/papan/{track_slug:str}/saya")
async def own_row(slug: Slug, track_slug: Slug, visitor: Visitor, reader: Boards) -> Response[str | None]:
    """The row of the asking person's own team as a part of a page. 204 for who is not signed in or in no such team."""
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Language, Cookie"}
    event = await events.get_event(slug)
    track = await events.get_track(event, track_slug)
    if visitor.person is None:
        return Response(None, status_code=204, headers=headers)
    now = await reader.now()
    own = await reader.own(event, track, visitor.person.principal, visitor.language, now=now)
    if own is None:
        return Response(None, status_code=204, headers=headers)
    html = render(
        "parts/own.html",
        visitor.language,
        own=own,
        own_url=_own_url(own, slug, track_slug),
        frozen=is_frozen(event.schedule, now),
    )
    return Response(html, media_type=MediaType.HTML, headers=headers)


@get("/acara/{slug:str}/layar/{track_slug:str}")
async def wall_page(slug: Slug, track_slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """A track's board for a projector."""
    event = await events.get_event(slug)
    track = await events.get_track(event, track_slug)
    shown = await reader.board(event, track, visitor.language, now=await reader.now())
    frame = make_frame(visitor, shown.now, event=shown.event, stage=shown.stage)
    stream = _stream(track.id.hex, Face.WALL, visitor)
    return page("wall.html", visitor, frame, stream=stream, **shown.context(visitor.language))


def _own_url(own: OwnRow | None, slug: str, track_slug: str) -> str:
    return "" if own is None else f"/acara/{slug}/papan/{track_slug}/saya"


def _stream(track_id: str, face: Face, visitor: Visit) -> str:
    return f"/hidup/{face}/{track_id}?bahasa={visitor.language}"


HANDLERS: tuple[HTTPRouteHandler, ...] = (first_board, board_page, own_row, wall_page, board_file)

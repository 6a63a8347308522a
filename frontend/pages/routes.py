"""The pages' addresses. A handler reads, makes the view, renders."""

from typing import Annotated

from litestar import Router, get
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Response

from frontend.live import Face
from frontend.pages.account.routes import HANDLERS as ACCOUNT
from frontend.pages.board import search
from frontend.pages.console.routes import HANDLERS as CONSOLE
from frontend.pages.event.routes import HANDLERS as EVENT
from frontend.pages.frame import make_frame, page
from frontend.pages.proof.routes import HANDLERS as PROOF
from frontend.pages.reading import Reader
from frontend.pages.result.routes import HANDLERS as RESULT
from frontend.pages.static import favicon, static_file
from frontend.pages.submit.routes import HANDLERS as SUBMIT
from frontend.pages.team.routes import HANDLERS as TEAM
from frontend.pages.visiting import AnyRequest, Visit, visit
from hackathon import events
from hackathon.evaluations import Catalog
from hackathon.events import TrackUnknown
from hackathon.settings import Settings

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Configured = NamedDependency[Settings]
Slug = FromPath[str]
Query = Annotated[str, QueryParameter(name="cari", max_length=200)]


def router() -> Router:
    """All pages and the static files."""
    return Router(
        path="/",
        route_handlers=[
            first_board,
            board_page,
            wall_page,
            static_file,
            favicon,
            *EVENT,
            *ACCOUNT,
            *PROOF,
            *TEAM,
            *SUBMIT,
            *RESULT,
            *CONSOLE,
        ],
        dependencies={
            "visitor": Provide(_visitor),
            "reader": Provide(_reader, sync_to_thread=False),
            "settings": Provide(_settings, sync_to_thread=False),
            "catalog": Provide(_catalog, sync_to_thread=False),
        },
        include_in_schema=False,
    )


async def _visitor(request: AnyRequest) -> Visit:
    return await visit(request)


def _reader(state: State) -> Reader:
    reader: Boards = state.reader
    return reader


def _settings(state: State) -> Settings:
    settings: Settings = state.settings
    return settings


def _catalog(state: State) -> Catalog:
    catalog: Catalog = state.catalog
    return catalog


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
    """A track's board; with `cari` only the teams that fit."""
    event = await events.get_event(slug)
    track = await events.get_track(event, track_slug)
    shown = await reader.board(event, track, visitor.language, now=await reader.now())
    frame = make_frame(visitor, shown.now, event=shown.event, stage=shown.stage, here="board")
    context = shown.context(visitor.language) | {"board": search(shown.board, sought)}
    return page("board.html", visitor, frame, stream=_stream(track.id.hex, Face.BOARD, visitor), **context)


@get("/acara/{slug:str}/layar/{track_slug:str}")
async def wall_page(slug: Slug, track_slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """A track's board for a projector."""
    event = await events.get_event(slug)
    track = await events.get_track(event, track_slug)
    shown = await reader.board(event, track, visitor.language, now=await reader.now())
    frame = make_frame(visitor, shown.now, event=shown.event, stage=shown.stage)
    stream = _stream(track.id.hex, Face.WALL, visitor)
    return page("wall.html", visitor, frame, stream=stream, **shown.context(visitor.language))


def _stream(track_id: str, face: Face, visitor: Visitor) -> str:
    return f"/hidup/{face}/{track_id}?bahasa={visitor.language}"

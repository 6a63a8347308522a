"""The pages' addresses. A handler reads, makes the view, renders."""

from litestar import Router
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide

from frontend.pages.account.routes import HANDLERS as ACCOUNT
from frontend.pages.board_routes import HANDLERS as BOARD
from frontend.pages.codes.routes import HANDLERS as CODES
from frontend.pages.console.judging.routes import HANDLERS as JUDGING
from frontend.pages.console.routes import HANDLERS as CONSOLE
from frontend.pages.event.routes import HANDLERS as EVENT
from frontend.pages.judges.routes import HANDLERS as JUDGES
from frontend.pages.panel.routes import HANDLERS as PANEL
from frontend.pages.proof.routes import HANDLERS as PROOF
from frontend.pages.reading import Reader
from frontend.pages.result.routes import HANDLERS as RESULT
from frontend.pages.static import favicon, static_file
from frontend.pages.submit.routes import HANDLERS as SUBMIT
from frontend.pages.team.routes import HANDLERS as TEAM
from frontend.pages.visiting import AnyRequest, Visit, visit
from hackathon.evaluations import Catalog
from hackathon.settings import Settings

Boards = NamedDependency[Reader]
Configured = NamedDependency[Settings]


def router() -> Router:
    """All pages and the static files."""
    return Router(
        path="/",
        route_handlers=[
            static_file,
            favicon,
            *BOARD,
            *EVENT,
            *ACCOUNT,
            *PROOF,
            *TEAM,
            *SUBMIT,
            *RESULT,
            *JUDGES,
            *PANEL,
            *CONSOLE,
            *JUDGING,
            *CODES,
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

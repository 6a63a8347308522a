"""The router of the API and its document."""

from typing import Any

from litestar import HttpMethod, Response, Router, route
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import NotFoundException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.params import FromPath
from litestar.status_codes import HTTP_404_NOT_FOUND

from frontend.api.callers import Paced, caller
from frontend.api.commits import CommitController
from frontend.api.errors import handlers, not_found
from frontend.api.own import OwnController
from frontend.api.public import PublicController
from frontend.api.shapes import PREFIX
from frontend.api.uploads import UploadController
from hackathon.evaluations import Catalog
from hackathon.objects import Objects
from hackathon.settings import Settings

_DESCRIPTION = """Hand prototypes in and read what became of them. Everything but events and boards wants a token in the
header `Authorization: Bearer glg_...`. Every answer of 400 and above is `{"error": {"code", "message": {"id", "en"}}}`;
`code` is a stable word."""


def router() -> Router:
    """All routes below `/api/v1`. The application's state holds `objects` and `catalog`."""
    return Router(
        path=PREFIX,
        route_handlers=[PublicController, OwnController, UploadController, CommitController, unknown],
        dependencies={
            "caller": Provide(caller),
            "objects": Provide(_objects, sync_to_thread=False),
            "catalog": Provide(_catalog, sync_to_thread=False),
            "settings": Provide(_settings, sync_to_thread=False),
        },
        before_request=Paced(),
        exception_handlers=handlers(),
        security=[{"token": []}],
    )


def document() -> OpenAPIConfig:
    """The OpenAPI document, at `/api/v1/openapi.json`."""
    scheme = SecurityScheme(type="http", scheme="bearer", description="An API token, `glg_...`.")
    return OpenAPIConfig(
        title="Gelanggang",
        version="1",
        description=_DESCRIPTION,
        # Litestar answers what lies beside the document with a page of its own.
        openapi_router=Router(PREFIX, route_handlers=[], include_in_schema=False, after_request=_never_a_page),
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        components=Components(security_schemes={"token": scheme}),
        use_handler_docstrings=True,
    )


@route(
    "/{rest:path}",
    http_method=[HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE],
    include_in_schema=False,
)
async def unknown(rest: FromPath[str]) -> None:
    """Addresses that the API does not have are told as the API tells everything, not by a page."""
    raise NotFoundException


def _never_a_page(response: Response[Any]) -> Response[Any]:
    return not_found() if response.status_code == HTTP_404_NOT_FOUND else response


def _objects(state: State) -> Objects:
    objects: Objects = state.objects
    return objects


def _settings(state: State) -> Settings:
    settings: Settings = state.settings
    return settings


def _catalog(state: State) -> Catalog:
    catalog: Catalog = state.catalog
    return catalog

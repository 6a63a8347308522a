"""The table is whole: whatever page the application has stands in it."""

from pathlib import Path

from litestar import Litestar
from litestar.routes import HTTPRoute

from frontend.app import create_app
from hackathon.settings import Settings
from tests.e2e.pages.table import NO_PAGES, VIEWS

OTHER_FACES = ("/api/", "/hidup/", "/healthz")
"""What programs call."""


def app() -> Litestar:
    """The application, never started."""
    return create_app(Settings(data_dir=Path("/nonexistent")))


def routes(method: str) -> set[str]:
    """The patterns of addresses that people's browsers go to with this method."""
    return {
        route.path
        for route in app().routes
        if isinstance(route, HTTPRoute)
        and not f"{route.path}/".startswith(OTHER_FACES)
        and any(method in handler.http_methods for handler in route.route_handlers)
    }


def test_every_page_stands_in_the_table() -> None:
    assert routes("GET") - {view.route for view in VIEWS} - set(NO_PAGES) == set()


def test_the_table_names_nothing_that_is_gone() -> None:
    known = routes("GET") | routes("POST")
    assert {view.route for view in VIEWS if view.route} - known == set()
    assert set(NO_PAGES) - known == set()


def test_names_are_used_once() -> None:
    names = [str(view) for view in VIEWS]
    assert [name for name in names if names.count(name) > 1] == []

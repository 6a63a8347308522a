"""The JSON API, version 1. `shapes` are its bodies, shared with `frontend.client`.

`router` and `document` are mounted by `frontend.app`. Both import the web framework when they are called: the command
line reads `shapes` through this package and must start without it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from litestar import Router
    from litestar.openapi import OpenAPIConfig

__all__ = ["document", "router"]


def router() -> "Router":
    """The routes below `/api/v1`."""
    from frontend.api.routes import router as build

    return build()


def document() -> "OpenAPIConfig":
    """What makes the OpenAPI document at `/api/v1/openapi.json`."""
    from frontend.api.routes import document as build

    return build()

"""The JSON API, version 1. `shapes` are its bodies, shared with `frontend.client`; `router` is mounted by
`frontend.app`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from litestar import Router

__all__ = ["router"]


def router() -> "Router":
    """The routes below `/api/v1`.

    Imported on demand: the command line reads `shapes` through this package and must start without the web framework.
    """
    from frontend.api.routes import router as build

    return build()

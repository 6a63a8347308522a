"""`/healthz`: whether this process can serve, for load balancers and `gelanggang doctor`."""

from typing import Any

import asyncpg
import structlog
from litestar import get
from litestar.datastructures import State
from litestar.response import Response

from frontend.live import Hub
from hackathon import outbox

STALE_SECONDS = 60.0
"""What waits longer than this in the outbox is a fault: nobody sequences, or a handler fails again and again."""

_log = structlog.get_logger(__name__)


@get("/healthz", include_in_schema=False)
async def healthz(state: State) -> Response[dict[str, Any]]:
    """200 where the database answers and what happened is handed on, else 503. `outbox_seconds` is the oldest wait."""
    hub: Hub = state.hub
    try:
        waiting = await outbox.waiting_seconds(state.handlers)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        _log.warning("health.database_failed", error=repr(error))
        return _answer(503, database=False, viewers=hub.viewers)
    status = 200 if waiting < STALE_SECONDS else 503
    return _answer(status, database=True, outbox_seconds=round(waiting, 3), viewers=hub.viewers)


def _answer(status: int, **body: Any) -> Response[dict[str, Any]]:
    return Response(body, status_code=status, headers={"Cache-Control": "no-store"})

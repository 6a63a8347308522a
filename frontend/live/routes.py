"""The streams' addresses: server-sent events over plain HTTP."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Router, get
from litestar.datastructures import State
from litestar.exceptions import HTTPException, NotFoundException
from litestar.params import FromPath, HeaderParameter, QueryParameter
from litestar.response import Stream

from frontend.addresses import client_of
from frontend.language import PARAMETER, choose
from frontend.live.hub import Face, Hub, TooManyOfAddress, TooManyViewers, Topic

Seen = Annotated[str, QueryParameter(name="sejak", max_length=80)]
LastEventId = Annotated[str, HeaderParameter(name="last-event-id", max_length=80)]

_HEADERS = {
    "Cache-Control": "no-store",
    # Proxies that collect an answer before they pass it on would hold the board still.
    "X-Accel-Buffering": "no",
}


def router() -> Router:
    """`/hidup/<face>/<track>`."""
    return Router(path="/hidup", route_handlers=[stream], include_in_schema=False)


@get("/{face:str}/{track_id:uuid}")
async def stream(
    request: Request[Any, Any, Any],
    state: State,
    face: FromPath[str],
    track_id: FromPath[UUID],
    seen: Seen = "",
    last_event_id: LastEventId = "",
) -> Stream:
    """A track's board as it changes. A page that says which version it shows (`sejak`, or what the browser sends when
    it connects again) gets only what is newer.
    """
    hub: Hub = state.hub
    if face not in tuple(Face):
        raise NotFoundException
    language = choose(request.query_params.get(PARAMETER), None, None)
    topic = Topic(track_id, Face(face), language.value)
    if not await hub.exists(topic):
        raise NotFoundException
    try:
        messages = hub.stream(topic, last_event_id or seen or None, address=client_of(request))
    except TooManyViewers as full:
        raise HTTPException(status_code=503, headers={"Retry-After": "10"}) from full
    except TooManyOfAddress as full:
        raise HTTPException(status_code=429, headers={"Retry-After": "30"}) from full
    return Stream(messages, media_type="text/event-stream", headers=_HEADERS)

"""The streams' addresses: server-sent events over plain HTTP."""

from dataclasses import replace
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Router, get
from litestar.datastructures import State
from litestar.exceptions import HTTPException, NotFoundException
from litestar.params import FromPath, HeaderParameter, QueryParameter
from litestar.response import Stream

from frontend.addresses import client_of
from frontend.keys import session_secret
from frontend.language import PARAMETER, choose
from frontend.live.hub import Face, Hub, TooManyOfAddress, TooManyViewers, Topic
from hackathon import sessions, submissions
from hackathon.errors import Forbidden, NotFound
from hackathon.sessions import Session

Seen = Annotated[str, QueryParameter(name="sejak", max_length=80)]
LastEventId = Annotated[str, HeaderParameter(name="last-event-id", max_length=80)]

_HEADERS = {
    "Cache-Control": "no-store",
    # Proxies that collect an answer before they pass it on would hold the board still.
    "X-Accel-Buffering": "no",
}


def router() -> Router:
    """`/hidup/<face>/<track or submission>`."""
    return Router(path="/hidup", route_handlers=[stream], include_in_schema=False)


@get("/{face:str}/{subject:uuid}")
async def stream(
    request: Request[Any, Any, Any],
    state: State,
    face: FromPath[str],
    subject: FromPath[UUID],
    seen: Seen = "",
    last_event_id: LastEventId = "",
) -> Stream:
    """A track's board, or a submission for who may see it, as it changes. A page that says which version it shows
    (`sejak`, or what the browser sends when it connects again) gets only what is newer.
    """
    hub: Hub = state.hub
    if face not in tuple(Face):
        raise NotFoundException
    language = choose(request.query_params.get(PARAMETER), None, None)
    topic, allowed = Topic(subject, Face(face), language.value), None
    if topic.face.private:
        secret = session_secret(request)
        person = await _who_may_see(secret, subject)
        if person is None:
            raise NotFoundException
        topic = replace(topic, zone=person.zone)
        allowed = partial(_still_may_see, secret, subject)
    elif not await hub.exists(topic):
        raise NotFoundException
    try:
        messages = hub.stream(topic, last_event_id or seen or None, address=client_of(request), allowed=allowed)
    except TooManyViewers as full:
        raise HTTPException(status_code=503, headers={"Retry-After": "10"}) from full
    except TooManyOfAddress as full:
        raise HTTPException(status_code=429, headers={"Retry-After": "30"}) from full
    return Stream(messages, media_type="text/event-stream", headers=_HEADERS)


async def _who_may_see(secret: str, submission_id: UUID) -> Session | None:
    """The person who holds the session, if the submission is of their team or they organize."""
    person = await sessions.authenticate(secret) if secret else None
    if person is None:
        return None
    try:
        await submissions.get_submission(submission_id, actor=person.principal)
    except (NotFound, Forbidden):
        return None
    return person


async def _still_may_see(secret: str, submission_id: UUID) -> bool:
    return await _who_may_see(secret, submission_id) is not None

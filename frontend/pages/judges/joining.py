"""The page to which a judge's link leads: opening it changes nothing, its button does."""

from urllib.parse import urlencode

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Response

from frontend.addresses import client_of
from frontend.api.errors import status_of
from frontend.language import pick
from frontend.pages.account.asking import Configured, installation_key
from frontend.pages.forms import Problems, done, read_form
from frontend.pages.frame import EventFrame, make_frame, page, zone_of
from frontend.pages.judges.listing import Boards, Visitor
from frontend.pages.reading import Reader
from frontend.pages.schedule import stage
from frontend.pages.visiting import AnyRequest, Visit
from hackathon import attempts, events
from hackathon.attempts import Action
from hackathon.errors import Refusal
from judging import assignment, judges

Secret = FromPath[str]


@get("/undangan-juri/{secret:str}")
async def invitation_page(secret: Secret, visitor: Visitor, reader: Boards) -> Response[str]:
    """Who is invited to judge what."""
    return await _page(secret, visitor, reader)


@post("/undangan-juri/{secret:str}", status_code=200)
async def join(
    secret: Secret, request: AnyRequest, visitor: Visitor, reader: Boards, settings: Configured
) -> Response[str]:
    """Become the judge."""
    person = visitor.signed_in()
    await read_form(request, visitor)
    now = await reader.now()
    try:
        attempt = await attempts.begin(
            Action.CODE,
            person=str(person.account_id),
            address=client_of(request),
            key=await installation_key(settings),
            now=now,
        )
        judge = await judges.join(secret, actor=person.principal, now=now)
    except Refusal as refusal:
        return await _page(secret, visitor, reader, refusal)
    await attempts.forgive(attempt)
    await assignment.calibrate(judge.event_id)
    event = await events.get_event_by_id(judge.event_id)
    return done(f"/acara/{event.slug}/juri/benturan", "juri-bergabung")


async def _page(secret: str, visitor: Visit, reader: Reader, refusal: Refusal | None = None) -> Response[str]:
    now, here = await reader.now(), f"/undangan-juri/{secret}"
    link = event = None
    try:
        link = await judges.look_at_link(secret, now=now)
        event = await events.get_event_by_id(link.judge.event_id)
    except Refusal as error:
        refusal = refusal or error
    problems = Problems()
    if refusal is not None:
        problems.refused(refusal)
    return page(
        "judges/invitation.html",
        visitor,
        make_frame(
            visitor,
            now,
            event=None if event is None else EventFrame.of(event, visitor),
            stage=None if event is None else stage(event.schedule, now, zone_of(visitor, event), visitor.language),
        ),
        status=200 if refusal is None else status_of(refusal),
        problems=problems.told(visitor.language) if refusal else None,
        link=link,
        title="" if event is None else pick(event.title, visitor.language),
        here=here,
        onward=urlencode({"lanjut": here}),
    )

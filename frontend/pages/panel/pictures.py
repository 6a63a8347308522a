"""The pages of a pitch as pictures, for the judge of its entry."""

from uuid import UUID

from litestar import get
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.response import Response

from frontend.pages.panel.seat import Boards, Id, Slug, Visitor, open_seat
from frontend.pages.submit.own import objects_of
from frontend.pages.visiting import Visit
from hackathon import pitches
from hackathon.model import SYSTEM
from hackathon.pitches import PageUnknown
from judging import scorecards

Number = FromPath[int]


@get("/acara/{slug:str}/juri/{assignment_id:uuid}/presentasi/{number:int}")
async def pitch_picture(
    slug: Slug, assignment_id: Id, number: Number, visitor: Visitor, reader: Boards, state: State
) -> Response[bytes]:
    """A page as a picture."""
    return await _picture(slug, assignment_id, number, visitor, reader, state, small=False)


@get("/acara/{slug:str}/juri/{assignment_id:uuid}/presentasi/{number:int}/kecil")
async def small_pitch_picture(
    slug: Slug, assignment_id: Id, number: Number, visitor: Visitor, reader: Boards, state: State
) -> Response[bytes]:
    """The same, small."""
    return await _picture(slug, assignment_id, number, visitor, reader, state, small=True)


async def _picture(
    slug: str, assignment_id: UUID, number: int, visitor: Visit, reader: Boards, state: State, *, small: bool
) -> Response[bytes]:
    seat = await open_seat(slug, visitor, reader)
    work = seat.find(assignment_id)
    await scorecards.require_judge(assignment_id, actor=seat.actor)
    shown = (await pitches.pitch_of(work.entry_id, actor=SYSTEM)).shown
    if shown is None:
        raise PageUnknown
    picture = await pitches.read_page(shown.id, number, small=small, objects=objects_of(state), actor=SYSTEM)
    # The address stays when the team's document does; another browser's session must not see it.
    return Response(picture, media_type="image/png", headers={"Cache-Control": "private, max-age=600"})

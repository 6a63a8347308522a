"""The pitch: a PDF that becomes pictures of its pages, and a link to a video."""

from typing import Annotated
from uuid import UUID

from litestar import MediaType, get, post
from litestar.datastructures import State
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Response
from litestar.status_codes import HTTP_503_SERVICE_UNAVAILABLE, HTTP_507_INSUFFICIENT_STORAGE

from frontend.api.errors import status_of
from frontend.pages.forms import Problems, done, read_form
from frontend.pages.submit.multipart import read_file_form
from frontend.pages.submit.own import Boards, Own, Slug, Visitor, objects_of, read_own, show
from frontend.pages.visiting import AnyRequest
from hackathon import evaluations, pitches
from hackathon.errors import NoSpace, Refusal, Unavailable
from hackathon.pitches import LIMITS, MOST_BYTES
from sandbox.limits import MB

FILE, VIDEO = "berkas", "video"

Id = FromPath[UUID]
Number = FromPath[int]
PageNumber = Annotated[int, QueryParameter(name="hal", ge=1, le=1000)]


@get("/acara/{slug:str}/pengajuan/{track_slug:str}/presentasi")
async def pitch_page(
    slug: Slug, track_slug: Slug, visitor: Visitor, reader: Boards, number: PageNumber = 1
) -> Response[str]:
    """The pages that can be shown, one of them large, and the forms."""
    return await _page(await read_own(slug, track_slug, visitor, reader), number=number)


@post("/acara/{slug:str}/pengajuan/{track_slug:str}/presentasi", status_code=200, request_max_body_size=None)
async def offer_pitch(
    slug: Slug, track_slug: Slug, request: AnyRequest, visitor: Visitor, reader: Boards, state: State
) -> Response[str] | Redirect:
    """Take a PDF as it comes."""
    own = await read_own(slug, track_slug, visitor, reader)
    form = await read_file_form(request, visitor, FILE)
    problems = Problems()
    try:
        await pitches.offer_pitch(
            own.entry.id,
            filename=form.filename,
            stream=form.chunks(),
            objects=objects_of(state),
            actor=own.actor,
            announced=form.announced,
        )
    except Refusal as refusal:
        problems.add(FILE, refusal.message)
        problems.status = status_of(refusal)
    except Unavailable as failed:
        problems.add(FILE, failed.message)
        full = isinstance(failed, NoSpace)
        problems.status = HTTP_507_INSUFFICIENT_STORAGE if full else HTTP_503_SERVICE_UNAVAILABLE
    else:
        return done(f"{own.base}/presentasi", "presentasi-diunggah")
    await form.drain()
    return await _page(own, problems=problems)


@post("/acara/{slug:str}/pengajuan/{track_slug:str}/presentasi/video", status_code=200)
async def save_video(
    slug: Slug, track_slug: Slug, request: AnyRequest, visitor: Visitor, reader: Boards
) -> Response[str] | Redirect:
    """Keep the address of a video, or take it away."""
    own = await read_own(slug, track_slug, visitor, reader)
    form = await read_form(request, visitor)
    address = form.text(VIDEO)
    problems = Problems()
    try:
        await pitches.save_video(own.entry.id, address, actor=own.actor)
    except Refusal as refusal:
        problems.add(VIDEO, refusal.message)
        problems.status = status_of(refusal)
        return await _page(own, problems=problems, typed=address)
    return done(f"{own.base}/presentasi", "video-tersimpan" if address else "video-dihapus")


@get("/acara/{slug:str}/pengajuan/{track_slug:str}/presentasi/keadaan", media_type=MediaType.TEXT)
async def pitch_state(slug: Slug, track_slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """In a word where the latest PDF stands, for the page that waits for it."""
    own = await read_own(slug, track_slug, visitor, reader)
    latest = (await pitches.pitch_of(own.entry.id, actor=own.actor)).latest
    word = "-" if latest is None else f"{latest.id} {latest.state} {latest.failures}"
    return Response(word, media_type=MediaType.TEXT, headers={"Cache-Control": "no-store"})


@get("/presentasi/{pitch_id:uuid}/{number:int}")
async def page_picture(pitch_id: Id, number: Number, visitor: Visitor, state: State) -> Response[bytes]:
    """A page as a picture, for the team and organizers."""
    return await _picture(pitch_id, number, visitor, state, small=False)


@get("/presentasi/{pitch_id:uuid}/{number:int}/kecil")
async def small_picture(pitch_id: Id, number: Number, visitor: Visitor, state: State) -> Response[bytes]:
    """The same, small."""
    return await _picture(pitch_id, number, visitor, state, small=True)


async def _picture(pitch_id: UUID, number: int, visitor: Visitor, state: State, *, small: bool) -> Response[bytes]:
    person = visitor.signed_in()
    picture = await pitches.read_page(pitch_id, number, small=small, objects=objects_of(state), actor=person.principal)
    # Its bytes never change, and they are for this browser's session alone.
    return Response(picture, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


async def _page(
    own: Own, *, problems: Problems | None = None, typed: str | None = None, number: int = 1
) -> Response[str]:
    view = await pitches.pitch_of(own.entry.id, actor=own.actor)
    address = view.video.address if view.video else ""
    count = len(view.shown.pages) if view.shown else 0
    return show(
        own,
        "submit/pitch.html",
        problems=problems,
        view=view,
        typed=address if typed is None else typed,
        number=min(number, max(1, count)),
        workers=await evaluations.workers_there(),
        waiting=own.now - view.latest.offered_at if view.latest else None,
        most_mb=MOST_BYTES // MB,
        most_pages=LIMITS.pages,
    )

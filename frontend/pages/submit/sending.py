"""Handing an archive in: the page, the form as a browser without scripts sends it, and the receipt."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Response
from litestar.status_codes import HTTP_503_SERVICE_UNAVAILABLE, HTTP_507_INSUFFICIENT_STORAGE

from frontend.api.errors import status_of
from frontend.api.shapes import PREFIX
from frontend.pages.forms import Problems, done, read_form
from frontend.pages.frame import milliseconds
from frontend.pages.submit.desk import read_desk
from frontend.pages.submit.left import draw_desk
from frontend.pages.submit.multipart import read_file_form
from frontend.pages.submit.own import Boards, Own, Slug, Visitor, objects_of, read_own, show
from frontend.pages.submit.words import upload_words
from frontend.pages.visiting import AnyRequest
from hackathon import submissions
from hackathon.errors import NoSpace, Refusal, Unavailable
from hackathon.settings import Settings
from hackathon.submissions import PART_BYTES, Receipt, SubmissionUnknown, Upload, UploadState, UploadUnknown
from sandbox.limits import MB

FILE = "berkas"
"""Name of the field that holds the file."""

ARCHIVE, GIT = "arsip", "git"
"""The ways of handing in."""

Configured = NamedDependency[Settings]
Way = Annotated[str, QueryParameter(name="cara", max_length=20)]

Id = FromPath[UUID]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form for a commit."""

    repository: str = ""
    commit: str = ""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An upload that is not complete: what came of it, and who began it when. Sizes are bytes."""

    id: str
    filename: str
    author: str
    own: bool
    upload: Upload
    sent: int
    whole: bool


@get("/acara/{slug:str}/pengajuan/{track_slug:str}/kirim")
async def send_page(
    slug: Slug, track_slug: Slug, visitor: Visitor, reader: Boards, settings: Configured, way: Way = ARCHIVE
) -> Response[str]:
    """The forms, or why nothing can be handed in now."""
    return await show_send_page(await read_own(slug, track_slug, visitor, reader), settings, way=way)


@post("/acara/{slug:str}/pengajuan/{track_slug:str}/kirim", status_code=200, request_max_body_size=None)
async def send(
    slug: Slug,
    track_slug: Slug,
    request: AnyRequest,
    visitor: Visitor,
    reader: Boards,
    state: State,
    settings: Configured,
) -> Response[str] | Redirect:
    """Take the archive as it comes; without a script it counts when its last byte is here."""
    own = await read_own(slug, track_slug, visitor, reader)
    form = await read_file_form(request, visitor, FILE)

    async def take() -> Redirect:
        upload = await submissions.upload_whole(
            own.entry.id,
            filename=form.filename,
            stream=form.chunks(),
            objects=objects_of(state),
            actor=own.actor,
            announced=form.announced,
        )
        if upload.same_as is not None:
            return done(f"{own.base}/kirim/{upload.id}")
        return await _complete(own, upload.id, state)

    return await _trying(own, settings, take, form.drain)


@get("/acara/{slug:str}/pengajuan/{track_slug:str}/kirim/{upload_id:uuid}")
async def unfinished_page(
    slug: Slug, track_slug: Slug, upload_id: Id, visitor: Visitor, reader: Boards
) -> Response[str] | Redirect:
    """An upload that waits for a word: the same bytes again, or complete but not handed in."""
    own = await read_own(slug, track_slug, visitor, reader)
    upload = await _upload(own, upload_id)
    if upload.state is UploadState.COMPLETED:
        handed_in = await submissions.list_submissions(own.entry.id, actor=own.actor)
        made = next((one.id for one in handed_in if one.upload_id == upload_id), None)
        return done(f"{own.base}/tanda-terima/{made}" if made else own.base)
    if upload.state is not UploadState.REGISTERED or upload.missing:
        return done(f"{own.base}/kirim")
    desk = await read_desk(own)
    return show(own, "submit/sure.html", upload=upload, view=draw_desk(own, desk))


@post("/acara/{slug:str}/pengajuan/{track_slug:str}/kirim/{upload_id:uuid}", status_code=200)
async def finish(
    slug: Slug,
    track_slug: Slug,
    upload_id: Id,
    request: AnyRequest,
    visitor: Visitor,
    reader: Boards,
    state: State,
    settings: Configured,
) -> Response[str] | Redirect:
    """Hand in an upload whose bytes are all here, or throw it away."""
    own = await read_own(slug, track_slug, visitor, reader)
    form = await read_form(request, visitor)
    upload = await _upload(own, upload_id)

    async def act() -> Redirect:
        if form.flag("buang"):
            await submissions.cancel_upload(upload.id, objects=objects_of(state), actor=own.actor)
            return done(f"{own.base}/kirim", "unggahan-dibuang")
        return await _complete(own, upload.id, state)

    return await _trying(own, settings, act)


@get("/acara/{slug:str}/pengajuan/{track_slug:str}/tanda-terima/{submission_id:uuid}")
async def receipt_page(
    slug: Slug, track_slug: Slug, submission_id: Id, visitor: Visitor, reader: Boards
) -> Response[str]:
    """Proof that an archive was received: hash, both times, attempts left."""
    own = await read_own(slug, track_slug, visitor, reader)
    submission = await submissions.get_submission(submission_id, actor=own.actor)
    if submission.entry_id != own.entry.id:
        raise SubmissionUnknown
    desk = await read_desk(own)
    return show(
        own,
        "submit/receipt.html",
        submission=submission,
        author=desk.names.get(submission.account_id, ""),
        view=draw_desk(own, desk),
        attempts=desk.attempts,
        workers=desk.workers,
    )


async def _complete(own: Own, upload_id: UUID, state: State) -> Redirect:
    receipt: Receipt = await submissions.complete_upload(
        upload_id,
        objects=objects_of(state),
        actor=own.actor,
        catalog=state.catalog,
        packages=state.settings.packages,
    )
    return done(f"{own.base}/tanda-terima/{receipt.submission_id}", "diterima")


async def _trying(
    own: Own,
    settings: Settings,
    act: Callable[[], Awaitable[Redirect]],
    drain: Callable[[], Awaitable[None]] | None = None,
) -> Response[str] | Redirect:
    """What `act` answers, or the page again with what was refused; nothing of it costs an attempt."""
    problems = Problems()
    try:
        return await act()
    except Refusal as refusal:
        problems.add(FILE, refusal.message)
        problems.status = status_of(refusal)
    except Unavailable as failed:
        problems.add(FILE, failed.message)
        full = isinstance(failed, NoSpace)
        problems.status = HTTP_507_INSUFFICIENT_STORAGE if full else HTTP_503_SERVICE_UNAVAILABLE
    if drain is not None:
        await drain()
    return await show_send_page(own, settings, problems)


async def show_send_page(
    own: Own,
    settings: Settings,
    problems: Problems | None = None,
    *,
    way: str = ARCHIVE,
    typed: Typed | None = None,
) -> Response[str]:
    """The page with both forms, the one of `way` open; `typed` is what was sent of a commit."""
    desk = await read_desk(own)
    before = Typed() if desk.fetch is None else Typed(desk.fetch.repository, desk.fetch.revision)
    limits = own.event.rules.limits.archive
    return show(
        own,
        "submit/send.html",
        problems=problems,
        view=draw_desk(own, desk),
        desk=desk,
        unfinished=[_unfinished(own, upload, desk.names) for upload in desk.uploads],
        approved=desk.team.may_hand_in(own.event.rules),
        small=len(desk.members) < own.event.rules.team_size_min,
        opens=own.event.schedule.building_opens,
        most=limits.compressed_bytes,
        most_mb=limits.compressed_bytes // MB,
        part_bytes=PART_BYTES,
        api=f"{PREFIX}/uploads",
        words=upload_words(own.language),
        git=way == GIT,
        hosts=settings.git_hosts,
        typed=typed or before,
        task=own.track.tasks[0].slug if own.track.tasks else "",
        left=own.deadline - own.now,
        until_ms=milliseconds(own.deadline),
    )


def _unfinished(own: Own, upload: Upload, names: Mapping[UUID, str]) -> Unfinished:
    return Unfinished(
        id=str(upload.id),
        filename=upload.filename,
        author=names.get(upload.account_id, ""),
        own=upload.account_id == own.actor.account_id,
        upload=upload,
        sent=sum(part.size for part in upload.parts),
        whole=not upload.missing,
    )


async def _upload(own: Own, upload_id: UUID) -> Upload:
    upload = await submissions.upload_state(upload_id, actor=own.actor)
    if upload.entry_id != own.entry.id:
        raise UploadUnknown
    return upload

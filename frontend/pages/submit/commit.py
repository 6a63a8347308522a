"""Handing in a commit: the form, and the page on which one waits until a worker has fetched it."""

from uuid import UUID

from litestar import MediaType, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from frontend.api.errors import status_of
from frontend.pages.forms import Problems, done, read_form
from frontend.pages.frame import milliseconds
from frontend.pages.submit.desk import read_desk
from frontend.pages.submit.left import draw_desk
from frontend.pages.submit.own import Boards, Own, Slug, Visitor, read_own, show
from frontend.pages.submit.sending import GIT, Typed, show_send_page
from frontend.pages.visiting import AnyRequest
from hackathon import commits, evaluations
from hackathon.commits import CommitFetch, FetchState, FetchUnknown
from hackathon.errors import Refusal
from hackathon.settings import Settings

REPOSITORY, COMMIT = "repositori", "commit"

_FIELDS = {"repository_invalid": REPOSITORY, "commit_invalid": COMMIT}

Id = FromPath[UUID]
Configured = NamedDependency[Settings]


@post("/acara/{slug:str}/pengajuan/{track_slug:str}/kirim/commit", status_code=200)
async def ask(
    slug: Slug, track_slug: Slug, request: AnyRequest, visitor: Visitor, reader: Boards, settings: Configured
) -> Response[str] | Redirect:
    """Ask for a commit; from here the deadline is kept."""
    own = await read_own(slug, track_slug, visitor, reader)
    form = await read_form(request, visitor)
    typed = Typed(form.text(REPOSITORY), form.text(COMMIT))
    problems = Problems()
    try:
        fetch = await commits.ask_commit(
            own.entry.id,
            repository=typed.repository,
            revision=typed.commit,
            hosts=settings.git_hosts,
            actor=own.actor,
        )
    except Refusal as refusal:
        problems.add(_FIELDS.get(refusal.code, REPOSITORY), refusal.message)
        problems.status = status_of(refusal)
        return await show_send_page(own, settings, problems, way=GIT, typed=typed)
    return done(_place(own, fetch))


@get("/acara/{slug:str}/pengajuan/{track_slug:str}/kirim/commit/{fetch_id:uuid}")
async def waiting_page(
    slug: Slug, track_slug: Slug, fetch_id: Id, visitor: Visitor, reader: Boards
) -> Response[str] | Redirect:
    """How far it is: what it waits for and since when; its receipt when it was received; else what to do."""
    own = await read_own(slug, track_slug, visitor, reader)
    fetch = await _fetch(own, fetch_id)
    if fetch.submission_id is not None:
        return done(f"{own.base}/tanda-terima/{fetch.submission_id}", "diterima")
    if fetch.state is FetchState.CANCELLED:
        return done(f"{own.base}/kirim")
    return show(
        own,
        "submit/commit.html",
        fetch=fetch,
        view=draw_desk(own, await read_desk(own)),
        word=_word(fetch),
        since_ms=milliseconds(fetch.asked_at),
        workers=await evaluations.workers_there(),
    )


@get("/acara/{slug:str}/pengajuan/{track_slug:str}/kirim/commit/{fetch_id:uuid}/keadaan", media_type=MediaType.TEXT)
async def waiting_state(slug: Slug, track_slug: Slug, fetch_id: Id, visitor: Visitor, reader: Boards) -> Response[str]:
    """In a word where it stands, for the page that waits for it."""
    own = await read_own(slug, track_slug, visitor, reader)
    word = _word(await _fetch(own, fetch_id))
    return Response(word, media_type=MediaType.TEXT, headers={"Cache-Control": "no-store"})


@post("/acara/{slug:str}/pengajuan/{track_slug:str}/kirim/commit/{fetch_id:uuid}", status_code=200)
async def cancel(
    slug: Slug, track_slug: Slug, fetch_id: Id, request: AnyRequest, visitor: Visitor, reader: Boards
) -> Redirect:
    """Take the question back; too late, the page says what became of it."""
    own = await read_own(slug, track_slug, visitor, reader)
    await read_form(request, visitor)
    fetch = await _fetch(own, fetch_id)
    try:
        await commits.cancel_fetch(fetch.id, actor=own.actor)
    except commits.FetchOver:
        return done(_place(own, fetch))
    return done(f"{own.base}/kirim", "commit-dibatalkan")


async def _fetch(own: Own, fetch_id: UUID) -> CommitFetch:
    fetch = await commits.fetch_state(fetch_id, actor=own.actor)
    if fetch.entry_id != own.entry.id:
        raise FetchUnknown
    return fetch


def _place(own: Own, fetch: CommitFetch) -> str:
    return f"{own.base}/kirim/commit/{fetch.id}"


def _word(fetch: CommitFetch) -> str:
    return f"{fetch.state} {fetch.failures} {fetch.commit or '-'} {fetch.submission_id or '-'}"

"""Trying the judged prototype out, beside the scorecard: start it, put inputs to it, open its own page, stop it."""

import asyncio
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Response

from frontend.api.errors import status_of
from frontend.pages.forms import Form, Problems, done, read_form
from frontend.pages.panel.bench import shut
from frontend.pages.panel.seat import Boards, Id, Seat, Slug, Visitor, open_seat, show
from frontend.pages.panel.tryout_chat import chat_of
from frontend.pages.panel.tryout_form import read_input
from frontend.pages.panel.tryout_view import CHAT, TryoutView, tryout_view
from frontend.pages.visiting import AnyRequest
from hackathon import tryouts
from hackathon.errors import Refusal
from hackathon.evaluations import Catalog
from hackathon.settings import Settings
from judging import scorecards
from sandbox.model import Protocol, Text

Tasks = NamedDependency[Catalog]
Configured = NamedDependency[Settings]

PART = "x-bagian"
"""The header by which the script asks for the fragment alone."""

AFRESH = "percakapan-baru"
"""What the button does that begins another conversation."""

_MOST_BYTES = 4 * tryouts.INPUT_BYTES
"""Of a form: what a browser makes of the largest input. A larger one is told so by name."""


@get("/acara/{slug:str}/juri/{assignment_id:uuid}/coba")
async def tryout_page(
    slug: Slug,
    assignment_id: Id,
    request: AnyRequest,
    visitor: Visitor,
    reader: Boards,
    catalog: Tasks,
    settings: Configured,
) -> Response[str]:
    """The try-out on a page of its own, or its fragment."""
    seat = await open_seat(slug, visitor, reader)
    seat.find(assignment_id)
    try:
        card = await scorecards.open(assignment_id, actor=seat.actor, follow=False)
    except Refusal as refusal:
        return shut(seat, assignment_id, refusal)
    asked = request.query_params.get("contoh", "")
    example = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else None
    task = request.query_params.get("tugas", "")
    view = await tryout_view(seat, assignment_id, card.submission_id, catalog, settings, task=task, example=example)
    return _shown(seat, assignment_id, request, view)


@post("/acara/{slug:str}/juri/{assignment_id:uuid}/coba", status_code=200, request_max_body_size=_MOST_BYTES)
async def tryout_act(
    slug: Slug,
    assignment_id: Id,
    request: AnyRequest,
    visitor: Visitor,
    reader: Boards,
    catalog: Tasks,
    settings: Configured,
) -> Response[str] | Redirect:
    """Start it, put an input to it, stop it."""
    seat = await open_seat(slug, visitor, reader)
    seat.find(assignment_id)
    form, problems = await read_form(request, visitor, most=_MOST_BYTES), Problems()
    try:
        card = await scorecards.open(assignment_id, actor=seat.actor, follow=False)
    except Refusal as refusal:
        return shut(seat, assignment_id, refusal)
    submission_id, act, task = card.submission_id, form.text("aksi"), form.text("tugas")
    try:
        if act == "hentikan":
            found = await tryouts.latest(submission_id, actor=seat.actor)
            if found is not None:
                await tryouts.stop(found.id, actor=seat.actor)
        elif act in ("jalankan", AFRESH):
            await _run(seat, submission_id, catalog, form, problems)
        else:
            await tryouts.start(submission_id, actor=seat.actor)
    except Refusal as refusal:
        problems.refused(refusal)
        problems.status = status_of(refusal)
    if request.headers.get(PART) is None and not problems:
        return done(f"{seat.root}/{assignment_id}/coba?tugas={task}" if task else f"{seat.root}/{assignment_id}/coba")
    view = await tryout_view(
        seat,
        assignment_id,
        submission_id,
        catalog,
        settings,
        task=task,
        typed=form if problems else None,
        problems=problems,
    )
    return _shown(seat, assignment_id, request, view, problems)


async def _run(seat: Seat, submission_id: UUID, catalog: Catalog, form: Form, problems: Problems) -> None:
    slugs = {one.slug for track in seat.event.tracks for one in track.tasks}
    slug = form.text("tugas")
    tryout = await tryouts.latest(submission_id, actor=seat.actor)
    if slug not in slugs or tryout is None:
        raise tryouts.TryoutUnknown
    task = await asyncio.to_thread(catalog.get, slug)
    chat = chat_of(task, await asyncio.to_thread(catalog.public_cases, task))
    if chat is None:
        given = read_input(task, form, problems)
    else:
        text = form.text(CHAT)
        if not text:
            problems.add(CHAT, Text("Tulis pesan dulu.", "Write a message first."))
            return
        said = await tryouts.calls_of(submission_id, seat.actor.account_id)
        afresh = form.text("aksi") == AFRESH
        last = next((call for call in said if call.task_slug == slug and not call.open), None)
        turns = chat.next(None if afresh else last, text)
        if chat.most is not None and len(turns) > chat.most:
            problems.add(CHAT, _too_long(chat.most))
            return
        spoken = {chat.asked: turns}
        given = spoken if task.protocol is Protocol.OPENAI_CHAT else read_input(task, form, problems, beside=spoken)
    if not problems:
        await tryouts.call(tryout.id, slug, given, actor=seat.actor)


def _too_long(most: int) -> Text:
    return Text(
        f"Percakapan ini terlalu panjang untuk tugas ini, yang menerima {most} pesan. Kirim sebagai percakapan baru.",
        f"This conversation is too long for this task, which takes {most} messages. Send it as a new conversation.",
    )


def _shown(
    seat: Seat, assignment_id: UUID, request: AnyRequest, view: TryoutView, problems: Problems | None = None
) -> Response[str]:
    template = "tryout_page" if request.headers.get(PART) is None else "tryout"
    work = seat.find(assignment_id)
    return show(seat, template, problems=problems, tried=view, work=work, name=seat.name(work))


HANDLERS = (tryout_page, tryout_act)

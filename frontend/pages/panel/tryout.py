"""Trying the judged prototype out, beside the scorecard: start it, put inputs to it, open its own page, stop it."""

import asyncio
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Response

from frontend.api.errors import status_of
from frontend.pages.forms import Form, Problems, done, read_form
from frontend.pages.panel.bench import shut
from frontend.pages.panel.seat import Boards, Id, Seat, Slug, Visitor, open_seat, show
from frontend.pages.panel.tryout_form import read_input
from frontend.pages.panel.tryout_view import CHAT, TryoutView, asked_of, tryout_view
from frontend.pages.visiting import AnyRequest
from hackathon import tryouts
from hackathon.errors import Refusal
from hackathon.evaluations import Catalog
from hackathon.settings import Settings
from hackathon.tryouts import TryoutCall
from judging import scorecards
from sandbox.model import Protocol, Text

Tasks = NamedDependency[Catalog]
Configured = NamedDependency[Settings]

PART = "x-bagian"
"""The header by which the script asks for the fragment alone."""

_MESSAGES = 40


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


@post("/acara/{slug:str}/juri/{assignment_id:uuid}/coba", status_code=200)
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
    form, problems = await read_form(request, visitor), Problems()
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
        elif act == "jalankan":
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
    if task.protocol is Protocol.OPENAI_CHAT:
        text = form.text(CHAT)
        if not text:
            problems.add(CHAT, Text("Tulis pesan dulu.", "Write a message first."))
            return
        said = await tryouts.calls(tryout.id, actor=seat.actor)
        given: dict[str, Any] = {"messages": [*_messages(said, slug), {"role": "user", "content": text}]}
    else:
        given = read_input(task, form, problems)
    if not problems:
        await tryouts.call(tryout.id, slug, given, actor=seat.actor)


def _messages(calls: tuple[TryoutCall, ...], slug: str) -> list[dict[str, str]]:
    """The conversation until now: what was answered, with what was asked."""
    told: list[dict[str, str]] = []
    for call in calls:
        if call.task_slug == slug and isinstance(call.answer, dict) and "text" in call.answer:
            told.append({"role": "user", "content": asked_of(call)})
            told.append({"role": "assistant", "content": str(call.answer["text"])})
    return told[-_MESSAGES:]


def _shown(
    seat: Seat, assignment_id: UUID, request: AnyRequest, view: TryoutView, problems: Problems | None = None
) -> Response[str]:
    template = "tryout_page" if request.headers.get(PART) is None else "tryout"
    work = seat.find(assignment_id)
    return show(seat, template, problems=problems, tried=view, work=work, name=seat.name(work))


HANDLERS = (tryout_page, tryout_act)

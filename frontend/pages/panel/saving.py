"""What the panel's script asks: save one field, take a step back, say where the scorecard stands, show what was
measured. Answers are JSON, and refusals say in words what to do.
"""

from typing import Any, TypeVar
from uuid import UUID

import msgspec
from litestar import MediaType, get, post
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.response import Response

from frontend import keys
from frontend.api.errors import status_of
from frontend.language import pick, say
from frontend.pages.forms import FormExpired, require_key
from frontend.pages.panel.evidence import read_measured
from frontend.pages.panel.seat import Boards, Id, Seat, Slug, Visitor, open_seat
from frontend.pages.panel.sheet import draw_total, field_name, saved_at
from frontend.pages.result.reading import ResultReader
from frontend.pages.visiting import AnyRequest, SignInNeeded, Visit
from frontend.rendering import render
from hackathon.errors import Refusal
from judging import rubrics, scorecards
from judging.scorecards import CardMoved, Change, FieldMoved, Part, Saved, Value

_MOST_BYTES = 32 * 1024
_HEADERS = {"Cache-Control": "no-store"}


class Field(msgspec.Struct, forbid_unknown_fields=True):
    """One field as the script sends it."""

    part: Part
    field: str
    value: int | str | None
    version: int


class Step(msgspec.Struct, forbid_unknown_fields=True):
    """The version that the judge saw."""

    version: int


@post("/acara/{slug:str}/juri/{assignment_id:uuid}/isian", status_code=200)
async def save_field(
    slug: Slug, assignment_id: Id, request: AnyRequest, visitor: Visitor, reader: Boards
) -> Response[dict[str, Any]]:
    """Save one field."""
    try:
        seat, asked = await _asked(slug, assignment_id, request, visitor, reader, Field)
        version = max(0, min(asked.version, 10**9))
        saved = await scorecards.save(assignment_id, asked.part, asked.field, asked.value, version, actor=seat.actor)
    except _TOLD as problem:
        return _refused(problem, visitor)
    return await _saved(seat, saved, assignment_id)


@post("/acara/{slug:str}/juri/{assignment_id:uuid}/urungkan", status_code=200)
async def undo_step(
    slug: Slug, assignment_id: Id, request: AnyRequest, visitor: Visitor, reader: Boards
) -> Response[dict[str, Any]]:
    """Take the last change back."""
    try:
        seat, asked = await _asked(slug, assignment_id, request, visitor, reader, Step)
        saved = await scorecards.undo(assignment_id, asked.version, actor=seat.actor)
    except _TOLD as problem:
        return _refused(problem, visitor)
    return await _saved(seat, saved, assignment_id)


@get("/acara/{slug:str}/juri/{assignment_id:uuid}/keadaan")
async def standing(slug: Slug, assignment_id: Id, visitor: Visitor, reader: Boards) -> Response[dict[str, Any]]:
    """Whose session this is now, and the key that goes with it: for a page that outlived the one it was made in."""
    try:
        seat = await open_seat(slug, visitor, reader)
        work = seat.find(assignment_id)
    except _TOLD as problem:
        return _refused(problem, visitor)
    body = {"person": seat.actor.account_id.hex, "key": visitor.key, "version": work.version}
    return Response(body, media_type=MediaType.JSON, headers=_HEADERS)


@get("/acara/{slug:str}/juri/{assignment_id:uuid}/hasil")
async def measured_part(slug: Slug, assignment_id: Id, visitor: Visitor, reader: Boards, state: State) -> Response[str]:
    """What was measured, for a page on which it was hidden until the first rating."""
    seat = await open_seat(slug, visitor, reader)
    seat.find(assignment_id)
    card = await scorecards.open(assignment_id, actor=seat.actor, follow=False)
    results: ResultReader = state.results
    shown = None
    if card.seen_metrics or not card.rules.metrics_after_save:
        shown = await read_measured(await results.seen(card.submission_id), card.work.entry_id, seat.language)
    content = render("panel/measured.html", seat.language, measured=shown, hidden=shown is None)
    return Response(content, media_type=MediaType.HTML, headers=_HEADERS)


_Shape = TypeVar("_Shape", Field, Step)
_TOLD = (SignInNeeded, FormExpired, Refusal)


async def _asked(
    slug: str, assignment_id: UUID, request: AnyRequest, visitor: Visit, reader: Any, shape: type[_Shape]
) -> tuple[Seat, _Shape]:
    seat = await open_seat(slug, visitor, reader)
    seat.find(assignment_id)
    require_key(request, visitor, request.headers.get(keys.HEADER, ""))
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise HTTPException(status_code=413)
    try:
        return seat, msgspec.json.decode(body, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise HTTPException(status_code=400) from error


async def _saved(seat: Seat, saved: Saved, assignment_id: UUID) -> Response[dict[str, Any]]:
    work = seat.find(assignment_id)
    rubric = (await rubrics.current(work.track_id)).rubric
    body = {
        "version": saved.version,
        "at": saved_at(saved.at, seat.zone, seat.language),
        "changed": _change(saved.part, saved.field, saved.value),
        "others": [_told(change) for change in saved.others],
        "total": draw_total(rubric, saved.ratings, seat.language),
        "complete": all(key in saved.ratings for key in rubric.keys),
        "undo": saved.can_undo,
    }
    return Response(body, media_type=MediaType.JSON, headers=_HEADERS)


def _refused(problem: Exception, visitor: Visit) -> Response[dict[str, Any]]:
    language = visitor.language
    if isinstance(problem, SignInNeeded):
        said = say(language, "Sesi Anda berakhir. Masuk lagi; yang sudah Anda tulis tersimpan di peramban ini.")
        return _json(401, {"code": "sign_in", "message": said})
    if isinstance(problem, FormExpired):
        return _json(403, {"code": "key", "message": ""})
    assert isinstance(problem, Refusal)  # noqa: S101 - the last of the kinds that are caught
    body: dict[str, Any] = {"code": problem.code, "message": pick(problem.message, language)}
    if isinstance(problem, FieldMoved):
        body |= {"version": problem.version, "current": problem.current}
        body["others"] = [_told(change) for change in problem.others]
    if isinstance(problem, CardMoved):
        body["version"] = problem.version
    return _json(status_of(problem), body)


def _json(status: int, body: dict[str, Any]) -> Response[dict[str, Any]]:
    return Response(body, status_code=status, media_type=MediaType.JSON, headers=_HEADERS)


def _told(change: Change) -> dict[str, Any]:
    return _change(change.part, change.field, change.value)


def _change(part: Part, field: str, value: Value) -> dict[str, Any]:
    return {"part": part.value, "field": field, "name": field_name(part, field), "value": value}

"""Sending a scorecard, which locks it: asked once more with the total in sight; and the sheet to be signed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.response import Redirect, Response

from frontend import formats
from frontend.language import pick
from frontend.pages.forms import Problems, done, read_form
from frontend.pages.panel.bench import shut, version_of
from frontend.pages.panel.seat import Boards, Id, Seat, Slug, Visitor, open_seat, show
from frontend.pages.panel.sheet import draw_criteria, draw_total
from frontend.pages.visiting import AnyRequest
from hackathon import submissions
from hackathon.errors import Conflict, Refusal
from judging import scorecards
from judging.rubrics import RatingsIncomplete
from judging.scorecards import WHOLE, Kind, Scorecard
from sandbox.model import Text


@dataclass(frozen=True, slots=True)
class Summary:
    """How many fields of words are filled: notes that stay with the judge, feedback that the team reads."""

    notes: int
    feedback: int


@get("/acara/{slug:str}/juri/{assignment_id:uuid}/kirim")
async def send_page(slug: Slug, assignment_id: Id, visitor: Visitor, reader: Boards) -> Response[str] | Redirect:
    """Ask whether the scorecard is as it should be."""
    seat = await open_seat(slug, visitor, reader)
    seat.find(assignment_id)
    return await _ask(seat, assignment_id)


@post("/acara/{slug:str}/juri/{assignment_id:uuid}/kirim", status_code=200)
async def send_card(
    slug: Slug, assignment_id: Id, request: AnyRequest, visitor: Visitor, reader: Boards
) -> Response[str] | Redirect:
    """Send it, and go on to the next one."""
    seat = await open_seat(slug, visitor, reader)
    work = seat.find(assignment_id)
    form, problems = await read_form(request, visitor), Problems()
    try:
        await scorecards.send(assignment_id, version_of(form), actor=seat.actor)
    except Refusal as refusal:
        problems.add("", _words(refusal))
        problems.status = 409 if isinstance(refusal, Conflict) else 422
        return await _ask(seat, assignment_id, problems)
    if work.kind is Kind.CALIBRATION:
        return done(f"{seat.root}/kalibrasi", "lembar-terkirim")
    following = seat.next_open(assignment_id)
    return done(seat.root if following is None else f"{seat.root}/{following.assignment_id}", "lembar-terkirim")


@get("/acara/{slug:str}/juri/{assignment_id:uuid}/cetak")
async def print_page(slug: Slug, assignment_id: Id, visitor: Visitor, reader: Boards) -> Response[str]:
    """The scorecard on paper, with a line to be signed."""
    seat = await open_seat(slug, visitor, reader)
    work = seat.find(assignment_id)
    try:
        card = await scorecards.open(assignment_id, actor=seat.actor, follow=False)
    except Refusal as refusal:
        return shut(seat, assignment_id, refusal)
    submission = await submissions.get_submission(card.submission_id)
    return show(
        seat,
        "print",
        **_shown(seat, card),
        number=submission.number,
        sha256=submission.sha256,
        agency="" if seat.rules.blind else work.agency,
        printed=formats.moment_long(seat.now, seat.zone, seat.language),
        feedback=card.feedback,
        sent="" if work.sent_at is None else formats.moment_long(work.sent_at, seat.zone, seat.language),
    )


async def _ask(seat: Seat, assignment_id: UUID, problems: Problems | None = None) -> Response[str] | Redirect:
    try:
        card = await scorecards.open(assignment_id, actor=seat.actor, follow=False)
    except Refusal as refusal:
        return shut(seat, assignment_id, refusal)
    if card.lock is not None and problems is None:
        return done(f"{seat.root}/{assignment_id}")
    return show(
        seat,
        "send",
        problems=problems,
        **_shown(seat, card),
        summary=Summary(len(card.notes), len(card.feedback)),
        sample=card.work.kind is Kind.CALIBRATION,
    )


def _shown(seat: Seat, card: Scorecard) -> dict[str, Any]:
    names = {one.key: pick(one.title, seat.language) for one in card.rubric.rubric.criteria}
    return {
        "card": card,
        "name": seat.name(card.work),
        "here": f"{seat.root}/{card.work.assignment_id}",
        "criteria": draw_criteria(card, seat.language, {}, ()),
        "total": draw_total(card.rubric.rubric, card.ratings, seat.language),
        "left": [names[key] for key in card.missing],
        "whole": card.feedback.get(WHOLE, ""),
    }


def _words(refusal: Refusal) -> Text:
    if isinstance(refusal, RatingsIncomplete):
        count = len(refusal.missing)
        return Text(
            f"{count} kriteria belum dinilai. Kembali ke lembar dan nilai semuanya sebelum mengirim.",
            f"{count} criteria have no rating. Go back to the scorecard and rate all of them before sending.",
        )
    return refusal.message

"""The panel: evidence on the left, the scorecard on the right; and the same without scripts, as one form."""

import json
from collections.abc import Iterable, Mapping
from uuid import UUID

from litestar import get, post
from litestar.datastructures import State
from litestar.response import Redirect, Response

from frontend import formats
from frontend.language import pick, say
from frontend.pages.forms import Form, Problems, done, read_form
from frontend.pages.panel.evidence import read_evidence
from frontend.pages.panel.seat import Boards, Id, Seat, Slug, Visitor, open_seat, show
from frontend.pages.panel.sheet import (
    draw_criteria,
    draw_total,
    draw_words,
    field_name,
    fields_of,
    saved_at,
    script_words,
)
from frontend.pages.panel.tryout_view import tryout_view
from frontend.pages.visiting import AnyRequest
from hackathon.errors import Refusal
from judging import scorecards
from judging.rubrics import Rubric
from judging.scorecards import LONGEST, WHOLE, Change, DeclarationMissing, Kind, Part, Scorecard, Value
from sandbox.model import Text

_LARGEST = 10**6


@get("/acara/{slug:str}/juri/{assignment_id:uuid}")
async def bench_page(slug: Slug, assignment_id: Id, visitor: Visitor, reader: Boards, state: State) -> Response[str]:
    """A prototype and its scorecard; the first look begins it."""
    seat = await open_seat(slug, visitor, reader)
    seat.find(assignment_id)
    try:
        card = await scorecards.open(assignment_id, actor=seat.actor)
    except Refusal as refusal:
        return shut(seat, assignment_id, refusal)
    return await draw_bench(seat, card, state)


@post("/acara/{slug:str}/juri/{assignment_id:uuid}", status_code=200)
async def save_form(
    slug: Slug, assignment_id: Id, request: AnyRequest, visitor: Visitor, reader: Boards, state: State
) -> Response[str] | Redirect:
    """Save the whole form, as a browser without scripts sends it; or take a step back."""
    seat = await open_seat(slug, visitor, reader)
    seat.find(assignment_id)
    form, problems = await read_form(request, visitor), Problems()
    here = f"{seat.root}/{assignment_id}"
    typed: Mapping[tuple[Part, str], Value] = {}
    conflicts: tuple[Change, ...] = ()
    try:
        card = await scorecards.open(assignment_id, actor=seat.actor, follow=False)
        version, act = version_of(form), form.text("aksi")
        typed = _typed(form, card.rubric.rubric)
        kept = await scorecards.save_all(assignment_id, typed, version, actor=seat.actor)
        conflicts = kept.conflicts
        if not conflicts and act == "urungkan":
            await scorecards.undo(assignment_id, kept.version, actor=seat.actor)
    except Refusal as refusal:
        problems.refused(refusal)
        problems.status = 409
    if not problems and not conflicts:
        if act == "kirim":
            return done(f"{here}/kirim")
        return done(here, "lembar-tersimpan")
    for conflict in conflicts:
        problems.add(field_name(conflict.part, conflict.field), _moved(conflict))
        problems.status = 409
    try:
        card = await scorecards.open(assignment_id, actor=seat.actor)
    except Refusal as refusal:
        return shut(seat, assignment_id, refusal)
    return await draw_bench(seat, card, state, problems=problems, typed=typed, conflicts=conflicts)


def shut(seat: Seat, assignment_id: UUID, refusal: Refusal) -> Response[str]:
    """Why there is no scorecard, and where to go on."""
    work = seat.find(assignment_id)
    following = seat.next_open(assignment_id)
    return show(
        seat,
        "shut",
        status=409,
        work=work,
        name=seat.name(work),
        message=pick(refusal.message, seat.language),
        following=None if following is None else f"{seat.root}/{following.assignment_id}",
        declare=f"{seat.root}/benturan?tugas={assignment_id}" if isinstance(refusal, DeclarationMissing) else "",
    )


async def draw_bench(
    seat: Seat,
    card: Scorecard,
    state: State,
    *,
    problems: Problems | None = None,
    typed: Mapping[tuple[Part, str], Value] | None = None,
    conflicts: Iterable[Change] = (),
) -> Response[str]:
    """The page."""
    moved, language = tuple(conflicts), seat.language
    others = {(change.part, change.field): change.value for change in moved}
    work, ids = card.work, [one.assignment_id for one in seat.works]
    place = ids.index(work.assignment_id)
    measured = not card.rules.metrics_after_save or card.seen_metrics
    track = next((one.title for one in seat.event.tracks if one.id == work.track_id), Text("", ""))
    evidence = await read_evidence(seat, card, state.results, measured=measured)
    return show(
        seat,
        "bench",
        problems=problems,
        work=work,
        card=card,
        name=seat.name(work),
        agency="" if seat.rules.blind else work.agency,
        track=pick(track, language),
        evidence=evidence,
        tried=await tryout_view(seat, work.assignment_id, card.submission_id, state.catalog, state.settings),
        hidden=not measured,
        criteria=draw_criteria(card, language, typed or {}, moved),
        notes=draw_words(card, Part.NOTES, WHOLE, typed, others),
        feedback=draw_words(card, Part.FEEDBACK, WHOLE, typed, others),
        total=draw_total(card.rubric.rubric, card.ratings, language),
        complete=not card.missing,
        saved="" if card.version == 1 else saved_at(card.saved_at, seat.zone, language),
        sent="" if work.sent_at is None else formats.moment_short(work.sent_at, seat.zone, language),
        points="" if work.points is None else formats.score(work.points, language),
        here=f"{seat.root}/{work.assignment_id}",
        place=place + 1,
        count=len(ids),
        before="" if place == 0 else f"{seat.root}/{ids[place - 1]}",
        after="" if place + 1 == len(ids) else f"{seat.root}/{ids[place + 1]}",
        sample=work.kind is Kind.CALIBRATION,
        words=json.dumps(script_words(seat), ensure_ascii=False),
        draft=f"{seat.actor.account_id.hex}:{work.assignment_id.hex}",
        longest=LONGEST,
        title=say(language, "{name}: lembar penilaian", name=seat.name(work)),
    )


def version_of(form: Form) -> int:
    """The version of the scorecard that the form was made of."""
    text = form.text("versi")
    return min(int(text), _LARGEST) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _typed(form: Form, rubric: Rubric) -> dict[tuple[Part, str], Value]:
    values: dict[tuple[Part, str], Value] = {}
    for part, field in fields_of(rubric):
        text = form.text(field_name(part, field))
        if part is not Part.RATINGS:
            if form.many(field_name(part, field)):  # what a form does not hold is no change
                values[part, field] = text
        elif text:  # no choice is no change: a form can't take a rating back
            values[part, field] = int(text) if text in "12345" and len(text) == 1 else 0
    return values


def _moved(conflict: Change) -> Text:
    if conflict.part is Part.RATINGS:
        theirs = conflict.value or "-"
        return Text(
            f"Di tab lain nilai ini sudah {theirs}. Simpan lagi bila pilihan Anda di bawah yang dipakai.",
            f"In another tab this is {theirs} already. Save again to use your choice below.",
        )
    return Text(
        "Di tab lain tulisan ini sudah diubah. Bandingkan, lalu simpan lagi yang dipakai.",
        "In another tab these words were changed already. Compare both, then save what is to stay.",
    )

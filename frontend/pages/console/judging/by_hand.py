"""The judges of one entry, given and taken back by hand."""

from dataclasses import dataclass
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Response

from frontend.language import say, say_count
from frontend.pages.console.desk import Desk, open_desk
from frontend.pages.console.entries import Choice
from frontend.pages.console.judging.plan_pages import Boards, Slug, Visitor
from frontend.pages.console.judging.section import (
    KIND_NAMES,
    KINDS,
    REASON_FIELDS,
    kind_of,
    section_page,
    track_titles,
)
from frontend.pages.forms import Problems, done, read_form
from frontend.pages.visiting import AnyRequest
from hackathon.errors import Conflict, Refusal
from judging import assignment
from judging.assignment import AssignmentUnknown, AssignmentView, Candidate, Card, Field, Kind, State
from sandbox.model import Text

_NO_JUDGE = Text(id="Pilih juri yang akan menilai.", en="Choose the judge who is to judge it.")


@dataclass(frozen=True, slots=True)
class HandLine:
    """An assignment of one entry."""

    id: str
    judge: str
    kind: str
    word: str
    icon: str
    tone: str
    detail: str
    may_end: bool
    may_reopen: bool


_CARD_LOOKS = {
    Card.NONE: ("circle-dashed", "st-bare"),
    Card.BEGUN: ("pencil", "st-run"),
    Card.REOPENED: ("rotate-ccw", "st-warn"),
    Card.SENT: ("circle-check", "st-ok"),
}


@get("/konsol/{slug:str}/penilaian/peserta/{entry_id:uuid}")
async def entry_judges_page(slug: Slug, entry_id: FromPath[UUID], visitor: Visitor, reader: Boards) -> Response[str]:
    """The judges of one entry, and another by hand."""
    return await _entry(await open_desk(slug, visitor, reader), entry_id)


@post("/konsol/{slug:str}/penilaian/peserta/{entry_id:uuid}", status_code=200)
async def change_entry_judges(
    request: AnyRequest, slug: Slug, entry_id: FromPath[UUID], visitor: Visitor, reader: Boards
) -> Response[str]:
    """Give the entry a judge, or take one back."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    ending = form.text("cabut")
    try:
        if ending:
            one = await _own(desk, entry_id, ending)
            await assignment.withdraw(one.id, form.text("alasan"), actor=desk.organizer)
        else:
            await assignment.assign(
                _uuid(form.text("juri")),
                entry_id,
                reason=form.text("alasan"),
                actor=desk.organizer,
                kind=kind_of(form.text("babak")),
            )
    except _NoJudge:
        problems.add("juri", _NO_JUDGE)
    except Refusal as refusal:
        problems.refused(refusal, {**REASON_FIELDS, "assignment_barred": "juri"})
        problems.status = 409 if isinstance(refusal, Conflict) else 422
    else:
        notice = "penugasan-dicabut" if ending else "penugasan-dibuat"
        return done(f"{desk.root}/penilaian/peserta/{entry_id}", notice)
    return await _entry(desk, entry_id, form.text("alasan"), form.text("juri"), problems)


class _NoJudge(Exception):
    """No judge was chosen."""


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise _NoJudge from None


async def _own(desk: Desk, entry_id: UUID, text: str) -> AssignmentView:
    try:
        one = await assignment.get(UUID(text))
    except ValueError:
        raise AssignmentUnknown from None
    if one.event_id != desk.event.id or one.entry_id != entry_id:
        raise AssignmentUnknown
    return one


async def _entry(
    desk: Desk, entry_id: UUID, reason: str = "", judge: str = "", problems: Problems | None = None
) -> Response[str]:
    field = await assignment.field_of(desk.event, now=desk.now)
    mine = [one for one in field.assignments if one.entry_id == entry_id]
    entry = next((one for one in field.candidates if one.entry_id == entry_id), None)
    if entry is None:
        if not mine:
            raise AssignmentUnknown
        entry = Candidate(entry_id, mine[0].team_id, mine[0].track_id, mine[0].team, mine[0].agency, fixed=True)
    taken = {one.judge_id for one in mine if one.state is State.OPEN and one.kind is Kind.REVIEW}
    loads = {seat.judge_id: 0 for seat in field.seats}
    for one in field.open(Kind.REVIEW):
        loads[one.judge_id] = loads.get(one.judge_id, 0) + 1
    free = [
        seat
        for seat in sorted(field.seats, key=lambda seat: (loads[seat.judge_id], seat.name.casefold()))
        if seat.judge_id not in taken and (seat.judge_id, entry_id) not in field.conflicts
    ]
    asked = [seat.name for seat in field.seats if (seat.judge_id, entry_id) in field.asked]
    barred = [seat.name for seat in field.seats if (seat.judge_id, entry_id) in field.conflicts - field.asked]
    choices = [
        Choice("", say(desk.language, "Pilih juri")),
        *(
            Choice(
                str(seat.judge_id),
                say_count(
                    desk.language,
                    "{name}, kini menilai {n} peserta",
                    loads[seat.judge_id],
                    str(loads[seat.judge_id]),
                    name=seat.name,
                ),
            )
            for seat in free
        ),
    ]
    return section_page(
        "entry",
        desk,
        "penugasan",
        problems=problems,
        team=entry.team,
        agency=entry.agency,
        track=track_titles(desk).get(entry.track_id, ""),
        fixed=entry.fixed,
        entry_id=str(entry_id),
        lines=[_hand(one, field, desk) for one in mine],
        choices=choices,
        kinds=[Choice(KIND_NAMES[one], say(desk.language, KINDS[one])) for one in (Kind.REVIEW, Kind.FINAL)],
        barred=", ".join(barred),
        asked=", ".join(asked),
        judge=judge,
        reason=reason,
    )


def _hand(one: AssignmentView, field: Field, desk: Desk) -> HandLine:
    language = desk.language
    words = {
        Card.NONE: say(language, "Belum dibuka"),
        Card.BEGUN: say(language, "Sedang dinilai"),
        Card.REOPENED: say(language, "Dibuka kembali"),
        Card.SENT: say(language, "Terkirim"),
    }
    icon, tone = _CARD_LOOKS[one.card]
    word, detail = words[one.card], ""
    if one.state is State.OPEN and (one.judge_id, one.entry_id) in field.asked:
        detail = say(language, "Instansi keduanya mirip; belum dijawab apakah sama.")
    elif one.state is State.OPEN and (one.judge_id, one.entry_id) in field.conflicts:
        detail = say(language, "Terkena benturan kepentingan.")
    if one.state is not State.OPEN:
        icon, tone = "ban", "st-bare"
        word = say(language, "Mengundurkan diri") if one.state is State.RECUSED else say(language, "Dicabut")
        detail = one.reason
    return HandLine(
        id=str(one.id),
        judge=one.judge,
        kind=say(language, KINDS[one.kind]),
        word=word,
        icon=icon,
        tone=tone,
        detail=detail,
        may_end=one.state is State.OPEN and one.card is not Card.SENT,
        may_reopen=one.state is State.OPEN and one.card is Card.SENT,
    )

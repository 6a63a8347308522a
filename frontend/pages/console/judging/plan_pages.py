"""The pages of assignments: the coverage of the field, a plan before it is made, one entry's judges."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Response

from frontend import formats
from frontend.language import say, say_count
from frontend.pages.console.desk import Desk, open_desk
from frontend.pages.console.entries import Choice
from frontend.pages.console.judging.matrix import STATES, Wanted, draw_matrix
from frontend.pages.console.judging.section import (
    KIND_NAMES,
    KINDS,
    REASON_FIELDS,
    kind_of,
    name_of,
    section_page,
    track_titles,
)
from frontend.pages.forms import GENERAL, Problems, done, read_form
from frontend.pages.reading import Reader
from frontend.pages.visiting import AnyRequest, Visit
from hackathon.errors import Conflict, Refusal
from judging import assignment, rules
from judging.assignment import (
    AssignmentUnknown,
    AssignmentView,
    Candidate,
    Card,
    Constraint,
    Field,
    Kind,
    PlanInfeasible,
    PlanMoved,
    Proposal,
    State,
    coverage,
)
from sandbox.model import Text

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Slug = FromPath[str]
Round = Annotated[str, QueryParameter(name="babak", max_length=40)]
Track = Annotated[str, QueryParameter(name="kategori", max_length=200)]
Stage = Annotated[str, QueryParameter(name="keadaan", max_length=40)]
Judge = Annotated[str, QueryParameter(name="juri", max_length=40)]
Words = Annotated[str, QueryParameter(name="cari", max_length=400)]
Again = Annotated[str, QueryParameter(name="ratakan", max_length=10)]

NAMED = 12
"""So many names are listed where a plan cannot be."""

_NO_JUDGE = Text(id="Pilih juri yang akan menilai.", en="Choose the judge who is to judge it.")


@dataclass(frozen=True, slots=True)
class LoadLine:
    """A judge before and after a plan."""

    name: str
    before: int
    after: int
    limit: str
    teams: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as its page tells it; `problem` where there is none."""

    kind: str
    rebalance: bool
    sentence: str
    added: int
    removed: int
    notes: tuple[str, ...]
    lines: tuple[LoadLine, ...]
    seen: str
    problem: str = ""
    advice: tuple[tuple[str, str], ...] = ()
    entries: tuple[str, ...] = ()
    judges: tuple[str, ...] = ()


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


@get("/konsol/{slug:str}/penilaian")
async def coverage_page(
    slug: Slug,
    visitor: Visitor,
    reader: Boards,
    kind: Round = "",
    track: Track = "",
    stage: Stage = "",
    judge: Judge = "",
    words: Words = "",
) -> Response[str]:
    """Who judges what: entries by judges."""
    desk = await open_desk(slug, visitor, reader)
    chosen = kind_of(kind)
    field = await assignment.field_of(desk.event, now=desk.now)
    how = await rules.get_rules(desk.event.id)
    judges = {str(seat.judge_id) for seat in field.seats} | {str(one.judge_id) for one in field.assignments}
    tracks = {one.slug for one in desk.event.tracks}
    wanted = Wanted(
        track=track if track in tracks else "",
        state=stage if stage in STATES else "",
        judge=judge if judge in judges else "",
        words=" ".join(words.replace("\0", " ").split())[:100],
    )
    shown = _of_kind(field, chosen, how.samples)
    view = draw_matrix(desk, shown, shown.covered(chosen, how.reviews), chosen, how.reviews, wanted)
    kinds = [Choice(KIND_NAMES[one], say(desk.language, KINDS[one])) for one in KIND_NAMES]
    return section_page("coverage", desk, "penugasan", view=view, kind=KIND_NAMES[chosen], kinds=kinds)


@get("/konsol/{slug:str}/penilaian/rencana")
async def plan_page(slug: Slug, visitor: Visitor, reader: Boards, kind: Round = "", again: Again = "") -> Response[str]:
    """What a plan would do, before it is made."""
    return await _plan(await open_desk(slug, visitor, reader), kind_of(kind), again == "ya")


@post("/konsol/{slug:str}/penilaian/rencana", status_code=200)
async def make_plan(request: AnyRequest, slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """Make the plan that was looked at."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    kind, again = kind_of(form.text("babak")), form.text("ratakan") == "ya"
    try:
        await assignment.plan(
            desk.event.id,
            actor=desk.organizer,
            kind=kind,
            rebalance=again,
            reason=form.text("alasan"),
            seen=form.text("dilihat"),
        )
    except Refusal as refusal:
        problems.refused(refusal, REASON_FIELDS)
        problems.status = 409 if isinstance(refusal, PlanMoved) else 422
        return await _plan(desk, kind, again, form.text("alasan"), problems)
    return done(f"{desk.root}/penilaian?babak={KIND_NAMES[kind]}", "penugasan-dibagi")


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


def _of_kind(field: Field, kind: Kind, samples: Sequence[UUID]) -> Field:
    """The part of the field that a round is about."""
    if kind is Kind.REVIEW:
        return field
    judged = {one.entry_id for one in field.open(kind)} | (set(samples) if kind is Kind.CALIBRATION else set())
    kept = tuple(one for one in field.candidates if one.entry_id in judged)
    return Field(kept, field.seats, field.conflicts, field.assignments)


async def _plan(
    desk: Desk, kind: Kind, again: bool, reason: str = "", problems: Problems | None = None
) -> Response[str]:
    field = await assignment.field_of(desk.event, now=desk.now)
    try:
        found = await assignment.plan(desk.event.id, actor=desk.organizer, preview=True, kind=kind, rebalance=again)
    except PlanInfeasible as infeasible:
        view = _impossible(desk, field, infeasible, kind, again)
        problems = None if problems is None or GENERAL in problems.told(desk.language) else problems
    else:
        view = await _drawn(desk, field, found, kind, again)
    return section_page("plan", desk, "penugasan", problems=problems, view=view, reason=reason)


async def _drawn(desk: Desk, field: Field, found: Proposal, kind: Kind, again: bool) -> PlanView:
    language = desk.language
    how = await rules.get_rules(desk.event.id)
    loads = [found.loads.get(seat.judge_id, 0) for seat in field.seats]
    before = {seat.judge_id: 0 for seat in field.seats}
    for one in field.open(kind):
        before[one.judge_id] = before.get(one.judge_id, 0) + 1
    new: dict[UUID, list[str]] = {}
    teams = {one.entry_id: name_of(one, field, desk) for one in field.candidates}
    for pair in found.added:
        new.setdefault(pair.judge_id, []).append(teams.get(pair.entry_id, "?"))
    after = coverage(
        [one.entry_id for one in field.candidates] if kind is Kind.REVIEW else [a.entry_id for a in found.after],
        [seat.judge_id for seat in field.seats],
        found.after,
        k=how.reviews,
        conflicts=field.conflicts,
    )
    span = (
        say(language, "beban {low} sampai {high} per juri", low=str(min(loads)), high=str(max(loads)))
        if loads and min(loads) != max(loads)
        else say(language, "beban {load} per juri", load=str(loads[0]) if loads else "0")
    )
    parts = [
        say_count(language, "{n} penugasan baru", len(found.added), formats.whole(len(found.added), language)),
        *(
            [say_count(language, "{n} dicabut", len(found.removed), formats.whole(len(found.removed), language))]
            if found.removed
            else []
        ),
        say_count(language, "{n} tetap", len(found.kept), formats.whole(len(found.kept), language)),
        span,
    ]
    notes = []
    if after.uncovered:
        notes.append(
            say_count(language, "{n} peserta tetap tanpa juri.", len(after.uncovered), str(len(after.uncovered)))
        )
    if not after.connected:
        notes.append(
            say(
                language,
                "Peserta masih terbagi dalam bagian yang tidak punya juri bersama; kelompok juri membuatnya begitu.",
            )
        )
    return PlanView(
        kind=KIND_NAMES[kind],
        rebalance=again,
        sentence=", ".join(parts) + ".",
        added=len(found.added),
        removed=len(found.removed),
        notes=tuple(notes),
        lines=tuple(
            LoadLine(
                seat.name,
                before.get(seat.judge_id, 0),
                found.loads.get(seat.judge_id, 0),
                _limit(seat.max_load, how.max_load),
                ", ".join(sorted(new.get(seat.judge_id, []), key=str.casefold)),
            )
            for seat in field.seats
        ),
        seen=found.fingerprint,
    )


def _limit(own: int | None, rule: int | None) -> str:
    limits = [limit for limit in (own, rule) if limit is not None]
    return str(min(limits)) if limits else "–"


def _impossible(desk: Desk, field: Field, found: PlanInfeasible, kind: Kind, again: bool) -> PlanView:
    language = desk.language
    entries = {one.entry_id: name_of(one, field, desk) for one in field.candidates}
    judges = {seat.judge_id: seat.name for seat in field.seats}
    to_judges = (say(language, "Undang juri lagi"), f"{desk.root}/juri")
    to_rules = (say(language, "Ubah jumlah juri atau batas beban"), f"{desk.root}/penilaian/aturan")
    to_groups = (say(language, "Ubah kelompok juri"), f"{desk.root}/penilaian/kelompok")
    to_struck = (say(language, "Lihat yang terkena benturan"), f"{desk.root}/penilaian?keadaan=benturan")
    advice = {
        Constraint.JUDGES: (to_judges, to_rules),
        Constraint.CONFLICTS: (to_judges, to_rules),
        Constraint.LOAD: (to_rules, to_judges),
        Constraint.CONFLICTS_AND_LOAD: (to_rules, to_judges),
        Constraint.EXISTING: (to_struck,),
    }[found.cause.constraint]
    message = found.message.en if language.value == "en" else found.message.id
    return PlanView(
        kind=KIND_NAMES[kind],
        rebalance=again,
        sentence="",
        added=0,
        removed=0,
        notes=(),
        lines=(),
        seen="",
        problem=message,
        advice=(*advice, to_groups) if found.group else advice,
        entries=tuple(entries.get(id, "?") for id in found.cause.entries[:NAMED]),
        judges=tuple(judges.get(id, "?") for id in found.cause.judges[:NAMED]),
    )


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
    barred = [seat.name for seat in field.seats if (seat.judge_id, entry_id) in field.conflicts]
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
    if one.state is State.OPEN and (one.judge_id, one.entry_id) in field.conflicts:
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

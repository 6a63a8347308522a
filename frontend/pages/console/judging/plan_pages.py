"""The pages of assignments: the coverage of the field, and a plan before it is made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
)
from frontend.pages.forms import GENERAL, Problems, done, read_form
from frontend.pages.reading import Reader
from frontend.pages.visiting import AnyRequest, Visit
from hackathon.errors import Refusal
from judging import assignment, rules
from judging.assignment import (
    Constraint,
    Field,
    Kind,
    PlanInfeasible,
    PlanMoved,
    Proposal,
    coverage,
)

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


def _of_kind(field: Field, kind: Kind, samples: Sequence[UUID]) -> Field:
    """The part of the field that a round is about."""
    if kind is Kind.REVIEW:
        return field
    judged = {one.entry_id for one in field.open(kind)} | (set(samples) if kind is Kind.CALIBRATION else set())
    kept = tuple(one for one in field.candidates if one.entry_id in judged)
    return replace(field, candidates=kept)


async def _plan(
    desk: Desk, kind: Kind, again: bool, reason: str = "", problems: Problems | None = None
) -> Response[str]:
    field = await assignment.field_of(desk.event, now=desk.now)
    try:
        found = await assignment.plan(desk.event.id, actor=desk.organizer, preview=True, kind=kind, rebalance=again)
    except PlanInfeasible as infeasible:
        view = impossible(desk, field, infeasible, kind, again)
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
                load_limit(seat.max_load, how.max_load),
                ", ".join(sorted(new.get(seat.judge_id, []), key=str.casefold)),
            )
            for seat in field.seats
        ),
        seen=found.fingerprint,
    )


def load_limit(own: int | None, rule: int | None) -> str:
    """The least of what a judge and the rules allow, in words."""
    limits = [limit for limit in (own, rule) if limit is not None]
    return str(min(limits)) if limits else "–"


def impossible(desk: Desk, field: Field, found: PlanInfeasible, kind: Kind, again: bool) -> PlanView:
    """Why there is no plan, whom that is about, and what helps."""
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

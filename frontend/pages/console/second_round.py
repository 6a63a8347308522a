"""The console's final round: the size that is advised, a look at what it would do, and making it."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Response

from frontend import formats
from frontend.language import Language, pick, say
from frontend.pages.console.desk import Desk, chosen_track, desk_page, open_desk
from frontend.pages.console.judging.plan_pages import LoadLine, PlanView, impossible, load_limit
from frontend.pages.console.judging.section import REASON_FIELDS
from frontend.pages.forms import Problems, done, read_form
from frontend.pages.reading import Reader
from frontend.pages.visiting import AnyRequest, Visit
from hackathon.errors import Refusal
from hackathon.events import Track
from judging import assignment, results, rules
from judging.assignment import Kind, PlanInfeasible, PlanMoved, Proposal
from judging.composite.methods import Method
from judging.panels.rounds import Final
from judging.results import CERTAINTY, SecondRound

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Slug = FromPath[str]
Chosen = Annotated[str, QueryParameter(name="kategori", max_length=200)]
Wanted = Annotated[str, QueryParameter(name="kepastian", max_length=10)]
Teams = Annotated[str, QueryParameter(name="tim", max_length=10)]
Reviews = Annotated[str, QueryParameter(name="juri", max_length=10)]

LEAST_CERTAINTY, MOST_CERTAINTY = 50, 99

_FIELDS = {**REASON_FIELDS, "final_teams": "tim", "final_reviews": "juri"}


@dataclass(frozen=True, slots=True)
class Finalist:
    """An entry that would be in the final, in words."""

    place: str
    team: str
    agency: str
    total: str
    range: str
    standing: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What making the final would do."""

    finalists: tuple[Finalist, ...]
    lines: tuple[LoadLine, ...]
    added: int
    cards: int
    shared: bool
    missing: int
    seen: str


@get("/konsol/{slug:str}/hasil/final")
async def second_round_page(
    slug: Slug,
    visitor: Visitor,
    reader: Boards,
    chosen: Chosen = "",
    wanted: Wanted = "",
    teams: Teams = "",
    reviews: Reviews = "",
) -> Response[str]:
    """What size is advised; with `tim` and `juri` also what a final of that size would do."""
    desk = await open_desk(slug, visitor, reader)
    track = await chosen_track(desk, chosen)
    certainty = _certainty(wanted)
    found = await results.second_round(desk.event.id, track.id, certainty=certainty / 100, actor=desk.organizer)
    return await _page(desk, track, found, certainty, teams, reviews, look=bool(teams or reviews))


@post("/konsol/{slug:str}/hasil/final", status_code=200)
async def make_second_round(request: AnyRequest, slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """Make the final that was looked at."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    track = await chosen_track(desk, form.text("kategori"))
    certainty, teams, reviews = _certainty(form.text("kepastian")), form.text("tim"), form.text("juri")
    found = await results.second_round(desk.event.id, track.id, certainty=certainty / 100, actor=desk.organizer)
    try:
        await results.make_final(
            found,
            _count(teams),
            _count(reviews),
            actor=desk.organizer,
            reason=form.text("alasan"),
            seen=form.text("dilihat"),
        )
    except Refusal as refusal:
        problems.refused(refusal, _FIELDS)
        problems.status = 409 if isinstance(refusal, PlanMoved) else 422
    else:
        return done(f"{desk.root}/hasil/final?kategori={track.slug}", "babak-final")
    return await _page(
        desk, track, found, certainty, teams, reviews, look=True, reason=form.text("alasan"), problems=problems
    )


async def _page(
    desk: Desk,
    track: Track,
    found: SecondRound,
    certainty: int,
    teams: str,
    reviews: str,
    *,
    look: bool,
    reason: str = "",
    problems: Problems | None = None,
) -> Response[str]:
    problems = Problems() if problems is None else problems
    preview: Preview | None = None
    barred: PlanView | None = None
    if look:
        try:
            plan = await results.make_final(found, _count(teams), _count(reviews), actor=desk.organizer, preview=True)
            preview = await _drawn(desk, found, plan, _count(teams), _count(reviews))
        except PlanInfeasible as infeasible:
            field = await assignment.field_of(desk.event, now=desk.now)
            barred = impossible(desk, field, infeasible, Kind.FINAL, again=False)
        except Refusal as refusal:
            problems.refused(refusal, _FIELDS)
    advice = found.advice
    first = len(found.standing) or (0 if advice is None else advice.teams)
    return desk_page(
        "second_round",
        desk,
        "hasil",
        problems=problems or None,
        track=track,
        title=pick(track.title, desk.language),
        back=f"{desk.root}/hasil?kategori={track.slug}",
        certainty=certainty,
        sentences=size_sentences(found, certainty, desk.language),
        sizes=_sizes(found, certainty, desk.language),
        widths=sorted({one.reviews for one in found.options}),
        judges=found.judges,
        found=found,
        plain_method=found.panel.rules.method is not Method.ADJUSTED,
        ready=found.without is not None and len(found.ranked) >= results.LEAST_TEAMS,
        entries=len(found.ranked),
        teams=teams or (str(min(first, len(found.ranked))) if first else ""),
        reviews=reviews or str(found.reviews or (0 if advice is None else advice.reviews) or ""),
        preview=preview,
        barred=barred,
        reason=reason,
    )


async def _drawn(desk: Desk, found: SecondRound, plan: Proposal, teams: int, reviews: int) -> Preview:
    language = desk.language
    field = await assignment.field_of(desk.event, now=desk.now)
    how = await rules.get_rules(desk.event.id)
    finalists = found.finalists(teams)
    names = {row.entry_id: found.names.get(row.team_id, ("–", ""))[0] for row in finalists}
    added: dict[UUID, list[str]] = {}
    before: dict[UUID, int] = {}
    for pair in plan.added:
        added.setdefault(pair.judge_id, []).append(names.get(pair.entry_id, "?"))
    for one in field.open(Kind.FINAL):
        before[one.judge_id] = before.get(one.judge_id, 0) + 1
    return Preview(
        finalists=tuple(
            Finalist(
                place=str(row.place),
                team=names[row.entry_id],
                agency=found.names.get(row.team_id, ("–", ""))[1],
                total=formats.figure(row.score, 2, language),
                range=formats.span(formats.score(row.low, language), formats.score(row.high, language)),
                standing=row.entry_id in found.standing,
            )
            for row in finalists
        ),
        lines=tuple(
            LoadLine(
                seat.name,
                before.get(seat.judge_id, 0),
                plan.loads.get(seat.judge_id, 0),
                load_limit(seat.max_load, how.max_load),
                ", ".join(sorted(added.get(seat.judge_id, []), key=str.casefold)),
            )
            for seat in field.seats
        ),
        added=len(plan.added),
        cards=len(finalists) * reviews,
        shared=len(finalists) > teams and not found.standing,
        missing=found.missing,
        seen=plan.fingerprint,
    )


def _certainty(text: str) -> int:
    given = _count(text)
    return given if LEAST_CERTAINTY <= given <= MOST_CERTAINTY else round(CERTAINTY * 100)


def _count(text: str) -> int:
    """The number that was typed; 0, which no service takes, for anything else."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 5 else 0


def _hit(one: Final, language: Language) -> str:
    # Rounded down: what is not reached must not look as if it were.
    return formats.percent(int(one.hit * 100 + 1e-9), language)


def size_sentences(found: SecondRound, certainty: int, language: Language) -> tuple[str, ...]:
    """What one round finds, and which final finds enough; `certainty` in percent. Empty where nothing is judged yet."""
    if found.without is None or found.advice is None:
        return ()
    wanted, advice = formats.percent(certainty, language), found.advice
    told = [
        say(
            language,
            "Satu putaran ini menemukan {hit} dari tiga terbaik.",
            hit=_hit(found.without, language),
        )
    ]
    size = {"teams": str(advice.teams), "reviews": str(advice.reviews), "hit": _hit(advice, language)}
    if found.reached:
        told.append(say(language, "Final dengan {teams} tim dan {reviews} juri per tim mencapai {hit}.", **size))
    else:
        told.append(
            say(
                language,
                "Kepastian {wanted} tidak tercapai dengan {judges} juri yang aktif; yang terdekat: {teams} tim, "
                "{reviews} juri per tim, {hit}.",
                wanted=wanted,
                judges=str(found.judges),
                **size,
            )
        )
    if found.larger is not None:
        told.append(
            say(
                language,
                "Untuk {wanted} diperlukan {teams} tim dan {reviews} juri per tim: undang {more} juri lagi.",
                wanted=wanted,
                teams=str(found.larger.teams),
                reviews=str(found.larger.reviews),
                more=str(found.larger.reviews - found.judges),
            )
        )
    return tuple(told)


def _sizes(
    found: SecondRound, certainty: int, language: Language
) -> tuple[tuple[int, tuple[tuple[str, bool, bool], ...]], ...]:
    """By number of teams: what each number of reviews finds, whether that is enough, whether it is the advice."""
    lines: dict[int, list[tuple[str, bool, bool]]] = {}
    for one in sorted(found.options, key=lambda one: (one.teams, one.reviews)):
        here = (_hit(one, language), one.hit >= certainty / 100, one == found.advice)
        lines.setdefault(one.teams, []).append(here)
    return tuple((teams, tuple(cells)) for teams, cells in lines.items())


HANDLERS = (second_round_page, make_second_round)

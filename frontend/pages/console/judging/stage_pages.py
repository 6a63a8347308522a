"""The page of the pitch day: draw the order, run the clock."""

from dataclasses import dataclass
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from frontend import formats
from frontend.pages.console.desk import Desk, open_desk
from frontend.pages.console.judging.section import REASON_FIELDS, entry_picks, ids, section_page
from frontend.pages.event.stage import Standing, draw_turn
from frontend.pages.forms import GENERAL, Problems, done, read_form
from frontend.pages.reading import Reader
from frontend.pages.visiting import AnyRequest, Visit
from hackathon.errors import Conflict, Refusal
from judging import assignment, groups, stage
from judging.stage import DrawInvalid, Move, NotDrawn
from sandbox.model import Text

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Slug = FromPath[str]

MINUTES = 7
_WHOLE = Text(
    id="Tulis menit sebagai angka bulat, misalnya 7.", en="Write the minutes as a whole number, for example 7."
)


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An entry in the order."""

    id: str
    team: str
    agency: str
    on_stage: bool


@dataclass(frozen=True, slots=True)
class DrawLine:
    """A draw that was made."""

    number: int
    made: str
    seed: str
    reason: str
    size: int
    counts: bool


@get("/konsol/{slug:str}/penilaian/presentasi")
async def stage_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """The order, the clock, and a form to draw."""
    return await _stage(await open_desk(slug, visitor, reader))


@post("/konsol/{slug:str}/penilaian/presentasi", status_code=200)
async def draw_order(request: AnyRequest, slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """Draw the order."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    minutes, seen, pool = form.text("menit"), form.text("dilihat"), ids(form.many("peserta"))
    if not (minutes.isascii() and minutes.isdigit() and len(minutes) < 5):
        problems.add("menit", _WHOLE)
    else:
        try:
            await stage.draw_order(
                desk.event.id,
                pool,
                minutes=int(minutes),
                reason=form.text("alasan"),
                seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else 0,
                actor=desk.organizer,
            )
        except DrawInvalid as invalid:
            problems.add(invalid.field, invalid.message)
        except Refusal as refusal:
            problems.refused(refusal, REASON_FIELDS)
        else:
            return done(f"{desk.root}/penilaian/presentasi", "undian")
    return await _stage(desk, pool, minutes[:10], form.text("alasan"), problems)


@post("/konsol/{slug:str}/penilaian/presentasi/jam", status_code=200)
async def move_clock(request: AnyRequest, slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """Call somebody to the stage, start or stop the clock."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    move, entry = form.text("gerak"), ids([form.text("peserta")])
    try:
        if move not in tuple(Move) or not entry:
            raise NotDrawn
        await stage.move_clock(desk.event.id, entry[0], Move(move), actor=desk.organizer)
    except Conflict as refusal:
        problems.add(GENERAL, refusal.message)
        problems.status = 409
        return await _stage(desk, problems=problems)
    return done(f"{desk.root}/penilaian/presentasi", anchor="urutan")


async def _stage(
    desk: Desk,
    pool: tuple[UUID, ...] | None = None,
    minutes: str = "",
    reason: str = "",
    problems: Problems | None = None,
) -> Response[str]:
    field = await assignment.field_of(desk.event, now=desk.now)
    draws, turn = await stage.draws_of(desk.event.id), await stage.turn_of(desk.event.id)
    names = await stage.names_of(desk.event.id)
    now = draws[0] if draws else None
    if pool is None:
        finals = [group for group in await groups.list_groups(desk.event.id) if group.final]
        named = tuple(entry for group in finals for entry in group.entries)
        pool = now.pool if now else named or tuple(one.entry_id for one in field.candidates)
    order = [] if now is None else now.order
    standing: Standing | None = None if turn is None else draw_turn(turn, names, desk.now)
    return section_page(
        "stage",
        desk,
        "presentasi",
        problems=problems,
        order=[
            OrderLine(str(id), *names.get(id, ("?", "")), on_stage=turn is not None and turn.entry_id == id)
            for id in order
        ],
        turn=standing,
        draws=[
            DrawLine(
                one.number,
                formats.moment_short(one.made_at, desk.zone, desk.language),
                one.seed,
                one.reason,
                len(one.pool),
                counts=one is now,
            )
            for one in draws
        ],
        seen=str(now.number if now else 0),
        entries=entry_picks(field, pool, desk),
        minutes=minutes or str(now.minutes if now else MINUTES),
        reason=reason,
    )

"""The pages of rubrics: look at each track's, change one in two steps."""

from dataclasses import dataclass

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from frontend import formats
from frontend.language import pick
from frontend.pages.console.desk import Desk, open_desk
from frontend.pages.console.judging.rubric_form import (
    CriterionFields,
    differences,
    fields_of,
    fields_typed,
    read_rubric,
)
from frontend.pages.console.judging.section import REASON_FIELDS, section_page
from frontend.pages.forms import GENERAL, Form, Problems, done, read_form
from frontend.pages.judged import RubricView, draw_rubric
from frontend.pages.reading import Reader
from frontend.pages.visiting import AnyRequest, Visit
from hackathon import events
from hackathon.errors import Conflict, Refusal
from hackathon.events import Track
from judging import rubrics
from judging.rubrics import KeptRevision, Rubric, revise
from sandbox.model import Text

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Slug = FromPath[str]

_NOTHING = Text(id="Belum ada yang diubah pada rubrik.", en="Nothing was changed in the rubric yet.")


@dataclass(frozen=True, slots=True)
class TrackRubric:
    """A track's rubric in the list."""

    slug: str
    title: str
    number: int
    in_use: bool
    made: str
    rubric: RubricView


@dataclass(frozen=True, slots=True)
class VersionLine:
    """An older or newer version with its reason."""

    number: int
    made: str
    reason: str


@get("/konsol/{slug:str}/penilaian/rubrik")
async def rubrics_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """The rubric of each track."""
    desk = await open_desk(slug, visitor, reader)
    found = []
    for track in desk.event.tracks:
        now = await rubrics.current(track.id)
        found.append(
            TrackRubric(
                track.slug,
                pick(track.title, desk.language),
                now.number,
                await rubrics.is_in_use(track.id),
                formats.moment_short(now.made_at, desk.zone, desk.language),
                draw_rubric(now.rubric, desk.language),
            )
        )
    return section_page("rubrics", desk, "rubrik", tracks=found)


@get("/konsol/{slug:str}/penilaian/rubrik/{track_slug:str}")
async def rubric_page(slug: Slug, track_slug: FromPath[str], visitor: Visitor, reader: Boards) -> Response[str]:
    """A track's rubric as a form."""
    desk = await open_desk(slug, visitor, reader)
    return await _form(desk, await events.get_track(desk.event, track_slug))


@post("/konsol/{slug:str}/penilaian/rubrik/{track_slug:str}", status_code=200)
async def change_rubric(
    request: AnyRequest, slug: Slug, track_slug: FromPath[str], visitor: Visitor, reader: Boards
) -> Response[str]:
    """First show what the change would do, then, confirmed, do it."""
    desk = await open_desk(slug, visitor, reader)
    track = await events.get_track(desk.event, track_slug)
    form, problems = await read_form(request, visitor), Problems()
    old = await rubrics.current(track.id)
    wanted = read_rubric(form, old.rubric, problems)
    if wanted is None:
        return await _form(desk, track, form, problems)
    saving, seen = form.text("langkah") == "simpan", form.text("dilihat")
    if wanted == old.rubric and not saving:
        problems.add(GENERAL, _NOTHING)
        return await _form(desk, track, form, problems)
    if not saving:
        return await _check(desk, track, old, wanted, form, problems)
    try:
        await rubrics.change(
            track.id,
            wanted,
            form.text("alasan"),
            actor=desk.organizer,
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else 0,
        )
    except Conflict as moved:
        problems.refused(moved)
        problems.status = 409
        return await _form(desk, track, None, problems)
    except Refusal as refusal:
        problems.refused(refusal, {**REASON_FIELDS, "reason_missing": "alasan"})
        return await _check(desk, track, old, wanted, form, problems)
    return done(f"{desk.root}/penilaian/rubrik", "rubrik")


async def _form(desk: Desk, track: Track, form: Form | None = None, problems: Problems | None = None) -> Response[str]:
    now = await rubrics.current(track.id)
    versions = await rubrics.revisions(track.id)
    shown: tuple[CriterionFields, ...] = fields_of(now.rubric, desk.language) if form is None else fields_typed(form)
    return section_page(
        "rubric",
        desk,
        "rubrik",
        problems=problems,
        track=pick(track.title, desk.language),
        seen=str(now.number) if form is None else form.text("dilihat")[:10],
        criteria=shown,
        in_use=await rubrics.is_in_use(track.id),
        versions=[
            VersionLine(one.number, formats.moment_short(one.made_at, desk.zone, desk.language), one.reason)
            for one in versions
        ],
    )


async def _check(
    desk: Desk, track: Track, old: KeptRevision, wanted: Rubric, form: Form, problems: Problems
) -> Response[str]:
    in_use = await rubrics.is_in_use(track.id)
    after = revise(old, wanted, scored=in_use, reason="-")
    return section_page(
        "rubric_check",
        desk,
        "rubrik",
        problems=problems,
        slug=track.slug,
        track=pick(track.title, desk.language),
        seen=form.text("dilihat")[:10],
        criteria=fields_typed(form),
        changes=differences(old.rubric, wanted, desk.language),
        in_use=in_use,
        number=after.number,
        reopens=in_use and after.reopens,
        rubric=draw_rubric(wanted, desk.language),
        reason=form.text("alasan"),
    )

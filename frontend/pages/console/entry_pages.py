"""The pages of entries and submissions, and having one tested again."""

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Response

from frontend import formats
from frontend.language import pick
from frontend.pages.console.desk import Desk, desk_page, open_desk, page_number
from frontend.pages.console.entries import draw_entries, draw_submission
from frontend.pages.console.judged import draw_judged
from frontend.pages.forms import Form, Problems, done, read_form
from frontend.pages.reading import Reader
from frontend.pages.visiting import AnyRequest, Visit
from hackathon import evaluations, events, finals, oversight, teams
from hackathon.errors import Conflict, Refusal
from hackathon.evaluations import Catalog, EvaluationUnknown
from hackathon.events import TrackUnknown
from hackathon.oversight import EntryFilter, EntryState
from hackathon.teams import EntryUnknown, EntryView

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Tasks = NamedDependency[Catalog]
Slug = FromPath[str]
Track = Annotated[str, QueryParameter(name="kategori", max_length=200)]
Stage = Annotated[str, QueryParameter(name="keadaan", max_length=40)]
Words = Annotated[str, QueryParameter(name="cari", max_length=400)]
Page = Annotated[str, QueryParameter(name="halaman", max_length=40)]


@get("/konsol/{slug:str}/keikutsertaan")
async def entries_page(
    slug: Slug,
    visitor: Visitor,
    reader: Boards,
    track: Track = "",
    stage: Stage = "",
    words: Words = "",
    number: Page = "",
) -> Response[str]:
    """Entries by track, state and words, a page at a time. A filter that nobody offers leaves nothing out."""
    desk = await open_desk(slug, visitor, reader)
    try:
        track_id = (await events.get_track(desk.event, track)).id if track else None
    except TrackUnknown:
        track, track_id = "", None
    wanted = EntryFilter(
        track_id=track_id,
        state=EntryState(stage) if stage in tuple(EntryState) else None,
        words=words,
        page=page_number(number),
    )
    found = await oversight.list_entries(desk.event, wanted, actor=desk.organizer)
    view = draw_entries(desk.event, found, wanted, track, root=desk.root, language=desk.language)
    return desk_page("entries", desk, "keikutsertaan", view=view)


@get("/konsol/{slug:str}/keikutsertaan/{entry_id:uuid}")
async def entry_page(slug: Slug, entry_id: FromPath[UUID], visitor: Visitor, reader: Boards) -> Response[str]:
    """One entry with all its submissions."""
    desk = await open_desk(slug, visitor, reader)
    entry = await _entry(desk, entry_id)
    rows = await oversight.submissions_of(entry_id, actor=desk.organizer)
    deadline = events.deadline(desk.event.schedule, await events.list_extensions(desk.event.id), entry.standing)
    titles = {track.id: pick(track.title, desk.language) for track in desk.event.tracks}
    return desk_page(
        "entry",
        desk,
        "keikutsertaan",
        entry=entry,
        track=titles[entry.track_id],
        deadline=formats.moment_long(deadline, desk.zone, desk.language),
        extended=deadline > desk.event.schedule.building_closes,
        judged=draw_judged(await finals.entry_final(entry_id), root=desk.root, zone=desk.zone, language=desk.language),
        lines=[draw_submission(row, root=desk.root, zone=desk.zone, language=desk.language) for row in rows],
    )


@get("/konsol/{slug:str}/uji-ulang/{evaluation_id:uuid}")
async def retry_page(slug: Slug, evaluation_id: FromPath[UUID], visitor: Visitor, reader: Boards) -> Response[str]:
    """Ask why a submission shall be tested again."""
    return await _retry(await open_desk(slug, visitor, reader), evaluation_id)


@post("/konsol/{slug:str}/uji-ulang/{evaluation_id:uuid}", status_code=200)
async def retry(
    request: AnyRequest, slug: Slug, evaluation_id: FromPath[UUID], visitor: Visitor, reader: Boards, catalog: Tasks
) -> Response[str]:
    """Have it tested again."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    asked = await oversight.find_evaluation(evaluation_id, actor=desk.organizer)
    if asked is None or asked.event_id != desk.event.id:
        raise EvaluationUnknown
    try:
        await evaluations.retry(evaluation_id, form.text("alasan"), desk.organizer, catalog=catalog)
    except Refusal as refusal:
        problems.refused(refusal, {"reason_invalid": "alasan"})
        problems.status = 409 if isinstance(refusal, Conflict) else 422
        return await _retry(desk, evaluation_id, form, problems)
    return done(f"{desk.root}/keikutsertaan/{asked.entry_id}", "uji-ulang")


async def _retry(
    desk: Desk, evaluation_id: UUID, form: Form | None = None, problems: Problems | None = None
) -> Response[str]:
    asked = await oversight.find_evaluation(evaluation_id, actor=desk.organizer)
    if asked is None:
        raise EvaluationUnknown
    entry = await _entry(desk, asked.entry_id)
    return desk_page(
        "retry",
        desk,
        "keikutsertaan",
        problems=problems,
        entry=entry,
        number=asked.number,
        back=f"{desk.root}/keikutsertaan/{entry.id}",
        reason="" if form is None else form.text("alasan"),
    )


async def _entry(desk: Desk, entry_id: UUID) -> EntryView:
    entry = await teams.get_entry(entry_id)
    if entry.event_id != desk.event.id:
        raise EntryUnknown
    return entry

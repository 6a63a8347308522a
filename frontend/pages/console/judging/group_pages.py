"""The pages of judging groups and of samples."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from frontend.language import pick, say, say_count
from frontend.pages.console.desk import Desk, open_desk
from frontend.pages.console.judging.section import (
    REASON_FIELDS,
    Pick,
    entry_picks,
    ids,
    section_page,
    track_titles,
)
from frontend.pages.forms import Form, Problems, done, read_form
from frontend.pages.reading import Reader
from frontend.pages.visiting import AnyRequest, Visit
from hackathon.errors import Conflict, Refusal
from judging import assignment, groups, rules
from judging.assignment import Card, Field, Kind
from judging.groups import GroupInvalid, GroupUnknown, JudgingGroup
from judging.rules import RulesInvalid

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Slug = FromPath[str]


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in the list."""

    id: str
    name: str
    judges: str
    judged: str
    mark: str
    detail: str


@dataclass(frozen=True, slots=True)
class SampleLine:
    """A judge and how far the samples are."""

    judge: str
    given: int
    sent: int


@get("/konsol/{slug:str}/penilaian/kelompok")
async def groups_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """The groups, and a form for another."""
    desk = await open_desk(slug, visitor, reader)
    return await _groups(desk, JudgingGroup(uuid4(), desk.event.id, ""))


@post("/konsol/{slug:str}/penilaian/kelompok", status_code=200)
async def make_group(request: AnyRequest, slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """Make a group; the id comes with the form, so that one sent twice makes one."""
    desk = await open_desk(slug, visitor, reader)
    form = await read_form(request, visitor)
    (group_id,) = ids([form.text("kelompok")]) or (uuid4(),)
    return await _change(desk, group_id, form, new=True)


@get("/konsol/{slug:str}/penilaian/kelompok/{group_id:uuid}")
async def group_page(slug: Slug, group_id: FromPath[UUID], visitor: Visitor, reader: Boards) -> Response[str]:
    """One group as a form."""
    desk = await open_desk(slug, visitor, reader)
    return await _group(desk, await _own(desk, group_id))


@post("/konsol/{slug:str}/penilaian/kelompok/{group_id:uuid}", status_code=200)
async def change_group(
    request: AnyRequest, slug: Slug, group_id: FromPath[UUID], visitor: Visitor, reader: Boards
) -> Response[str]:
    """Change a group, or remove it."""
    desk = await open_desk(slug, visitor, reader)
    form = await read_form(request, visitor)
    old = await _own(desk, group_id)
    if form.text("langkah") != "hapus":
        return await _change(desk, group_id, form, new=False)
    problems = Problems()
    try:
        await groups.remove_group(group_id, form.text("alasan"), actor=desk.organizer)
    except Refusal as refusal:
        problems.refused(refusal, REASON_FIELDS)
        return await _group(desk, old, form.text("alasan"), problems)
    return done(f"{desk.root}/penilaian/kelompok", "kelompok-dihapus")


@get("/konsol/{slug:str}/penilaian/kalibrasi")
async def samples_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """The entries that all judges score first, and who has."""
    desk = await open_desk(slug, visitor, reader)
    return await _samples(desk, (await rules.get_rules(desk.event.id)).samples)


@post("/konsol/{slug:str}/penilaian/kalibrasi", status_code=200)
async def choose_samples(request: AnyRequest, slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """Choose the samples and give them to all judges."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    chosen = ids(form.many("peserta"))
    try:
        await assignment.choose_samples(desk.event.id, chosen, form.text("alasan"), actor=desk.organizer)
    except RulesInvalid as invalid:
        problems.add("peserta", invalid.message)
    except Refusal as refusal:
        problems.refused(refusal, {**REASON_FIELDS, "assignment_unknown": "peserta"})
    else:
        return done(f"{desk.root}/penilaian/kalibrasi", "kalibrasi")
    return await _samples(desk, chosen, form.text("alasan"), problems)


async def _own(desk: Desk, group_id: UUID) -> JudgingGroup:
    group = await groups.get_group(group_id)
    if group.event_id != desk.event.id:
        raise GroupUnknown
    return group


async def _change(desk: Desk, group_id: UUID, form: Form, *, new: bool) -> Response[str]:
    problems = Problems()
    wanted = JudgingGroup(
        group_id,
        desk.event.id,
        form.text("nama"),
        ids(form.many("juri")),
        ids(form.many("kategori")),
        ids(form.many("peserta")),
        everybody=form.flag("semua"),
        final=form.flag("final"),
    )
    try:
        await groups.change_group(wanted, form.text("alasan"), actor=desk.organizer)
    except GroupInvalid as invalid:
        problems.add(invalid.field, invalid.message)
    except Refusal as refusal:
        # A name and a reason are refused by the same words; what is empty is the one that is meant.
        fields = dict.fromkeys(REASON_FIELDS, "nama" if refusal.message.en.startswith("The group") else "alasan")
        problems.refused(refusal, fields)
        problems.status = 409 if isinstance(refusal, Conflict) else 422
    else:
        return done(f"{desk.root}/penilaian/kelompok", "kelompok")
    shown = await _groups(desk, wanted, form.text("alasan"), problems) if new else None
    return shown or await _group(desk, wanted, form.text("alasan"), problems)


async def _groups(
    desk: Desk, wanted: JudgingGroup, reason: str = "", problems: Problems | None = None
) -> Response[str]:
    field = await assignment.field_of(desk.event, now=desk.now)
    lines = [_line(group, field, desk) for group in await groups.list_groups(desk.event.id)]
    return section_page(
        "groups",
        desk,
        "kelompok",
        problems=problems,
        lines=lines,
        **_boxes(desk, wanted, field),
        reason=reason,
    )


async def _group(desk: Desk, wanted: JudgingGroup, reason: str = "", problems: Problems | None = None) -> Response[str]:
    field = await assignment.field_of(desk.event, now=desk.now)
    return section_page("group", desk, "kelompok", problems=problems, **_boxes(desk, wanted, field), reason=reason)


def _boxes(desk: Desk, group: JudgingGroup, field: Field) -> dict[str, object]:
    return {
        "group": group,
        "judges": [
            Pick(str(seat.judge_id), seat.name, seat.agency, seat.judge_id in group.judges) for seat in field.seats
        ],
        "tracks": [
            Pick(str(track.id), pick(track.title, desk.language), "", track.id in group.tracks)
            for track in desk.event.tracks
        ],
        "entries": entry_picks(field, group.entries, desk),
    }


def _line(group: JudgingGroup, field: Field, desk: Desk) -> GroupLine:
    language, titles = desk.language, track_titles(desk)
    names = [seat.name for seat in field.seats if seat.judge_id in group.judges]
    teams = [one.team for one in field.candidates if one.entry_id in group.entries]
    parts = [titles[track] for track in group.tracks if track in titles]
    if teams:
        parts.append(say_count(language, "{n} peserta pilihan", len(teams), str(len(teams))))
    return GroupLine(
        str(group.id),
        group.name,
        ", ".join(names),
        ", ".join(parts),
        say(language, "Panel: semua melihat semua") if group.everybody else say(language, "Dibagi"),
        say(language, "Babak final") if group.final else say(language, "Penilaian"),
    )


async def _samples(
    desk: Desk, chosen: tuple[UUID, ...], reason: str = "", problems: Problems | None = None
) -> Response[str]:
    field = await assignment.field_of(desk.event, now=desk.now)
    given = field.open(Kind.CALIBRATION)
    lines = [
        SampleLine(
            seat.name,
            sum(one.judge_id == seat.judge_id for one in given),
            sum(one.judge_id == seat.judge_id and one.card is Card.SENT for one in given),
        )
        for seat in field.seats
    ]
    return section_page(
        "samples",
        desk,
        "kalibrasi",
        problems=problems,
        entries=entry_picks(field, chosen, desk),
        lines=lines if given else [],
        reason=reason,
    )

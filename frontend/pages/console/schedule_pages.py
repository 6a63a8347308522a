"""The pages of the schedule: change it in two steps, give more time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Response

from frontend import formats
from frontend.language import pick, say
from frontend.pages.console.desk import Desk, desk_page, open_desk
from frontend.pages.console.entries import Choice
from frontend.pages.console.schedule import (
    UNREADABLE,
    change_lines,
    consequences,
    fields_of,
    fields_typed,
    local,
    read_moment,
    read_schedule,
)
from frontend.pages.forms import GENERAL, Form, Problems, done, read_form
from frontend.pages.reading import Reader
from frontend.pages.visiting import AnyRequest, Visit
from hackathon import events, oversight, schedules, teams
from hackathon.errors import Conflict, Refusal
from hackathon.events import Extension, Schedule, Scope
from hackathon.oversight import Granted
from hackathon.schedules import NotConfirmed, ScheduleMisplaced, ScheduleMoved, fingerprint, is_confirmed
from sandbox.model import Text

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Slug = FromPath[str]
Target = Annotated[str, QueryParameter(name="sasaran", max_length=200)]

_REASON = {"name_empty": "alasan", "name_too_long": "alasan", "name_unreadable": "alasan", "not_confirmed": "pasti"}
_NOTHING = Text(
    id="Belum ada waktu yang diubah. Ubah dulu salah satunya.", en="No moment was changed yet. Change one first."
)
_NO_TARGET = Text(id="Pilih untuk siapa waktunya.", en="Choose whom the time is for.")


@dataclass(frozen=True, slots=True)
class GrantLine:
    """An extension in the list."""

    whom: str
    until: str
    reason: str
    made: str


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """Choices of whom more time is for; `title` is empty for the whole event."""

    title: str
    choices: tuple[Choice, ...]


@get("/konsol/{slug:str}/jadwal")
async def schedule_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """The schedule as a form."""
    return await _form(await open_desk(slug, visitor, reader))


@post("/konsol/{slug:str}/jadwal", status_code=200)
async def change_schedule(request: AnyRequest, slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """First show what the change would do, then, confirmed, do it."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    schedule = read_schedule(form, desk.event.schedule, desk.zone, problems)
    if problems:
        return await _form(desk, form, problems)
    saving = form.text("langkah") == "simpan"
    if schedule == desk.event.schedule:
        if saving:  # the form was sent twice
            return done(f"{desk.root}/jadwal", "jadwal")
        problems.add(GENERAL, _NOTHING)
        return await _form(desk, form, problems)
    if not saving:
        return await _check(desk, schedule, form, problems)
    try:
        await schedules.reschedule(
            desk.event.slug,
            schedule,
            seen=form.text("dilihat"),
            typed=form.text("pasti"),
            reason=form.text("alasan"),
            actor=desk.organizer,
            now=desk.now,
        )
    except ScheduleMoved as moved:
        problems.refused(moved)
        problems.status = 409
        # The schedule as it is now: what was typed belongs to another one.
        return await _form(await open_desk(slug, visitor, reader), None, problems)
    except Refusal as refusal:
        problems.refused(refusal, _REASON)
        return await _check(desk, schedule, form, problems)
    return done(f"{desk.root}/jadwal", "jadwal")


@get("/konsol/{slug:str}/perpanjangan")
async def extension_page(slug: Slug, visitor: Visitor, reader: Boards, target: Target = "") -> Response[str]:
    """Whom to give more time."""
    return await _extension(await open_desk(slug, visitor, reader), target)


@post("/konsol/{slug:str}/perpanjangan", status_code=200)
async def extend(request: AnyRequest, slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """Give more time."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    whom, until = _target(form.text("sasaran")), read_moment(form.text("sampai"), desk.zone)
    if whom is None:
        problems.add("sasaran", _NO_TARGET)
    if until is None:
        problems.add("sampai", UNREADABLE)
    if whom is not None and until is not None:
        try:
            await events.extend_deadline(
                desk.event.id,
                Extension(*whom, until),
                reason=form.text("alasan"),
                actor=desk.organizer,
                now=desk.now,
            )
        except Refusal as refusal:
            problems.refused(
                refusal,
                {
                    "extension_too_early": "sampai",
                    "extension_past": "sampai",
                    "extension_target_unknown": "sasaran",
                    **_REASON,
                },
            )
            problems.status = 409 if isinstance(refusal, Conflict) else 422
        else:
            return done(f"{desk.root}/jadwal", "perpanjangan")
    return await _extension(desk, form.text("sasaran"), form, problems)


async def _form(desk: Desk, form: Form | None = None, problems: Problems | None = None) -> Response[str]:
    schedule = desk.event.schedule
    return desk_page(
        "schedule",
        desk,
        "jadwal",
        problems=problems,
        seen=fingerprint(schedule),
        fields=fields_of(schedule, desk.zone, desk.language)
        if form is None
        else fields_typed(form, schedule, desk.zone, desk.language),
        zone=formats.zone_name(desk.now, desk.zone),
        granted=await _granted(desk),
    )


async def _check(desk: Desk, schedule: Schedule, form: Form, problems: Problems) -> Response[str]:
    try:
        found = await schedules.preview(desk.event, schedule, actor=desk.organizer, now=desk.now)
    except ScheduleMisplaced as misplaced:
        wrong = Problems()
        for moment, words in misplaced.moments.items():
            wrong.add(moment.value, words)
        return await _form(desk, form, wrong)
    if problems and found.is_grave and not is_confirmed(form.text("pasti"), desk.event.slug):
        # Everything that is missing at once, not one thing a try.
        problems.refused(NotConfirmed(desk.event.slug), _REASON)
    return desk_page(
        "schedule_check",
        desk,
        "jadwal",
        problems=problems,
        seen=form.text("dilihat"),
        fields=fields_typed(form, desk.event.schedule, desk.zone, desk.language),
        changes=change_lines(found, desk.zone, desk.language),
        consequences=consequences(found, desk.language),
        grave=found.is_grave,
        reason=form.text("alasan"),
        typed=form.text("pasti"),
    )


async def _extension(
    desk: Desk, target: str, form: Form | None = None, problems: Problems | None = None
) -> Response[str]:
    closes = desk.event.schedule.building_closes
    return desk_page(
        "extend",
        desk,
        "jadwal",
        problems=problems,
        targets=await _targets(desk),
        target=target,
        until=local(closes, desk.zone) if form is None else form.text("sampai")[:40],
        reason="" if form is None else form.text("alasan"),
        zone=formats.zone_name(desk.now, desk.zone),
        closes=formats.moment_long(closes, desk.zone, desk.language),
        granted=await _granted(desk),
    )


async def _targets(desk: Desk) -> Sequence[TargetGroup]:
    event, language = desk.event, desk.language
    groups = [
        TargetGroup("", (Choice("event", say(language, "Semua tim")),)),
        TargetGroup(
            say(language, "Lokasi"),
            tuple(Choice(f"{Scope.VENUE}:{venue.id}", venue.name) for venue in event.venues),
        ),
        TargetGroup(
            say(language, "Kategori"),
            tuple(Choice(f"{Scope.TRACK}:{track.id}", pick(track.title, language)) for track in event.tracks),
        ),
        TargetGroup(
            say(language, "Tim"),
            tuple(
                Choice(f"{Scope.TEAM}:{team.id}", team.name)
                for team in sorted(await teams.list_teams(event.id), key=lambda team: team.name.casefold())
            ),
        ),
    ]
    return [group for group in groups if group.choices]


async def _granted(desk: Desk) -> Sequence[GrantLine]:
    return [_grant(grant, desk) for grant in await oversight.granted(desk.event, actor=desk.organizer)]


def _grant(grant: Granted, desk: Desk) -> GrantLine:
    kinds = {
        Scope.EVENT: say(desk.language, "Semua tim"),
        Scope.VENUE: say(desk.language, "Lokasi {name}", name=grant.name),
        Scope.TRACK: say(desk.language, "Kategori {name}", name=grant.name),
        Scope.TEAM: say(desk.language, "Tim {name}", name=grant.name),
    }
    return GrantLine(
        whom=kinds[grant.extension.scope],
        until=formats.moment_short(grant.extension.until, desk.zone, desk.language),
        reason=grant.reason,
        made=formats.moment_short(grant.created_at, desk.zone, desk.language),
    )


def _target(text: str) -> tuple[Scope, UUID | None] | None:
    scope, _, target = text.partition(":")
    if scope not in tuple(Scope):
        return None
    if Scope(scope) is Scope.EVENT:
        return None if target else (Scope.EVENT, None)
    try:
        return Scope(scope), UUID(target)
    except ValueError:
        return None

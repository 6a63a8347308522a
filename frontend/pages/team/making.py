"""Make a team, or change what it is called and where it is from."""

from collections.abc import Mapping
from dataclasses import dataclass

from litestar import get, post
from litestar.response import Response

from frontend.api.errors import status_of
from frontend.language import Language, say
from frontend.pages.account.asking import installation_key
from frontend.pages.forms import Form, Problems, done, read_form
from frontend.pages.team.own import Boards, Configured, Own, Slug, Visitor, event_page, read_own, team_page
from frontend.pages.visiting import AnyRequest, Visit
from hackathon import teams
from hackathon.errors import Refusal
from hackathon.events import Event
from hackathon.teams import Approval, Team
from sandbox.model import Text

_FIELDS: Mapping[str, str] = {
    "team_name_taken": "nama",
    "agency_fixed": "instansi",
    "venue_unknown": "lokasi",
    "venue_extended": "lokasi",
}


@dataclass(frozen=True, slots=True)
class VenueOption:
    """A venue to choose; the first stands for none yet."""

    value: str
    title: str


@get("/acara/{slug:str}/tim")
async def team_home(slug: Slug, visitor: Visitor, reader: Boards, settings: Configured) -> Response[str]:
    """The person's team, or the two ways to one."""
    own = await read_own(slug, visitor, reader)
    if own.team is None:
        return _start(own, visitor)
    return await team_page(own, own.team, visitor, settings)


@post("/acara/{slug:str}/tim", status_code=200)
async def make_team(
    slug: Slug, request: AnyRequest, visitor: Visitor, reader: Boards, settings: Configured
) -> Response[str]:
    """Make a team and its first invitation."""
    own = await read_own(slug, visitor, reader)
    form = await read_form(request, visitor)
    if own.team is not None:
        # The same form sent twice, or somebody else was quicker: here is the team.
        return done(own.base)
    problems = _problems(form, own.event)
    if not problems:
        try:
            await teams.create_team(
                own.event.id,
                form.text("nama"),
                form.text("instansi"),
                venue=form.text("lokasi") or None,
                member_ids=(own.person.account_id,),
                key=await installation_key(settings),
                actor=own.actor,
                now=own.now,
            )
        except Refusal as refusal:
            if await teams.team_of(own.event.id, own.person.account_id) is not None:
                # Sent twice at this very moment: the other one made the team.
                return done(own.base)
            _note(problems, refusal)
    return _start(own, visitor, form, problems) if problems else done(own.base, "tim-dibuat")


@get("/acara/{slug:str}/tim/ubah")
async def change_page(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """Ask for another name, agency or venue."""
    own = await read_own(slug, visitor, reader)
    if own.team is None:
        return done(own.base)
    return _change(own, own.team, visitor)


@post("/acara/{slug:str}/tim/ubah", status_code=200)
async def change_team(slug: Slug, request: AnyRequest, visitor: Visitor, reader: Boards) -> Response[str]:
    """Change name, agency or venue."""
    own = await read_own(slug, visitor, reader)
    form = await read_form(request, visitor)
    if own.team is None:
        return done(own.base)
    fixed = _agency_fixed(own.event, own.team)
    agency = own.team.agency if fixed else form.text("instansi")
    problems = _problems(form, own.event, agency=agency)
    if not problems:
        try:
            await teams.change_team(
                own.team.id,
                name=form.text("nama"),
                agency=agency,
                venue=form.text("lokasi") or None,
                actor=own.actor,
                now=own.now,
            )
        except Refusal as refusal:
            _note(problems, refusal)
    return _change(own, own.team, visitor, form, problems) if problems else done(own.base, "tersimpan")


def _problems(form: Form, event: Event, agency: str | None = None) -> Problems:
    """Everything that is wrong at once, in the order of the fields."""
    problems = Problems()
    for field, check, text in (
        ("nama", teams.clean_name, form.text("nama")),
        ("instansi", teams.clean_agency, form.text("instansi") if agency is None else agency),
    ):
        try:
            check(text)
        except Refusal as refusal:
            problems.add(field, refusal.message)
    if event.venues and not form.text("lokasi"):
        problems.add("lokasi", Text(id="Lokasi belum dipilih.", en="No venue is chosen yet."))
    return problems


def _note(problems: Problems, refusal: Refusal) -> None:
    problems.refused(refusal, _FIELDS)
    problems.status = status_of(refusal)


def _start(own: Own, visitor: Visit, form: Form | None = None, problems: Problems | None = None) -> Response[str]:
    rules = own.event.rules
    return event_page(
        "team/start.html",
        visitor,
        own.event,
        own.now,
        problems=problems,
        base=own.base,
        form=_typed(form),
        venues=_venues(own.event, visitor.language),
        agencies=teams.agencies.listed(),
        may_make=teams.members_open(own.event.schedule, own.now) or own.actor.is_organizer,
        early=own.now < own.event.schedule.registration_opens,
        opens=own.event.schedule.registration_opens,
        confirmed=own.person.confirmed_at is not None or own.actor.is_organizer,
        least=rules.team_size_min,
        most=rules.team_size_max,
        approval=rules.approval,
    )


def _change(
    own: Own, team: Team, visitor: Visit, form: Form | None = None, problems: Problems | None = None
) -> Response[str]:
    venue = next((venue.slug for venue in own.event.venues if venue.id == team.venue_id), "")
    return event_page(
        "team/change.html",
        visitor,
        own.event,
        own.now,
        problems=problems,
        base=own.base,
        team=team,
        form=_typed(form) if form else {"nama": team.name, "instansi": team.agency, "lokasi": venue},
        venues=_venues(own.event, visitor.language),
        agencies=teams.agencies.listed(),
        agency_fixed=_agency_fixed(own.event, team),
        may_change=own.captain and teams.teams_open(own.event.schedule, own.now),
    )


def _agency_fixed(event: Event, team: Team) -> bool:
    return event.rules.approval and team.approval is Approval.APPROVED


def _typed(form: Form | None) -> dict[str, str]:
    """What was typed, so that nobody types it again."""
    return {name: form.text(name) if form else "" for name in ("nama", "instansi", "lokasi")}


def _venues(event: Event, language: Language) -> tuple[VenueOption, ...]:
    options = tuple(VenueOption(venue.slug, venue.name) for venue in event.venues)
    # One venue alone is no choice.
    return options if len(options) < 2 else (VenueOption("", say(language, "Pilih lokasi")), *options)

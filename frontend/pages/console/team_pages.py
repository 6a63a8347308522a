"""The page of teams: look at them, approve and reject many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote, urlencode
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Response

from frontend import formats
from frontend.language import message, say
from frontend.pages.console.desk import Desk, desk_page, open_desk, page_number
from frontend.pages.console.entries import Choice
from frontend.pages.forms import Form, Problems, done, read_form
from frontend.pages.reading import Reader
from frontend.pages.visiting import AnyRequest, Visit
from hackathon import rosters, teams
from hackathon.errors import Conflict, Refusal
from hackathon.rosters import TeamLine, TeamPage
from hackathon.teams import Approval
from sandbox.model import Text

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Slug = FromPath[str]
Stage = Annotated[str, QueryParameter(name="keadaan", max_length=40)]
Words = Annotated[str, QueryParameter(name="cari", max_length=400)]
Page = Annotated[str, QueryParameter(name="halaman", max_length=40)]

_NONE = Text(id="Pilih paling sedikit satu tim.", en="Choose one team at least.")

_WORDS: Mapping[Approval, tuple[str, str, str, str]] = {
    Approval.PENDING: ("menunggu", message("Menunggu"), "hourglass", "st-warn"),
    Approval.APPROVED: ("disetujui", message("Disetujui"), "circle-check", "st-ok"),
    Approval.REJECTED: ("ditolak", message("Ditolak"), "ban", "st-bad"),
}
"""Name in addresses, word, icon and class."""

_BY_NAME = {words[0]: approval for approval, words in _WORDS.items()}


@dataclass(frozen=True, slots=True)
class Line:
    """A team in the list. `id` is the value of its box: the team and how it stood when it was looked at."""

    id: str
    name: str
    agency: str
    venue: str
    captain: str
    members: int
    entries: int
    word: str
    icon: str
    tone: str
    since: str
    changed: str
    reason: str
    query: str
    picked: bool


@dataclass(frozen=True, slots=True)
class TeamsView:
    """All that the page shows."""

    approval: bool
    lines: tuple[Line, ...]
    states: tuple[Choice, ...]
    state: str
    words: str
    filtered: bool
    span: str
    earlier: str
    later: str


@get("/konsol/{slug:str}/tim")
async def teams_page(
    slug: Slug, visitor: Visitor, reader: Boards, stage: Stage = "", words: Words = "", number: Page = ""
) -> Response[str]:
    """The teams, those that wait first."""
    desk = await open_desk(slug, visitor, reader)
    return await _teams(desk, stage, words, page_number(number))


@post("/konsol/{slug:str}/tim", status_code=200)
async def decide_teams(
    request: AnyRequest,
    slug: Slug,
    visitor: Visitor,
    reader: Boards,
    stage: Stage = "",
    words: Words = "",
    number: Page = "",
) -> Response[str]:
    """Approve or reject the teams that were chosen, all or none."""
    desk = await open_desk(slug, visitor, reader)
    form, problems = await read_form(request, visitor), Problems()
    seen, rejects = _seen(form.many("tim")), form.text("putusan") == "tolak"
    if not seen:
        problems.add("tim", _NONE)
    else:
        try:
            changed = await _decide(desk, seen, form.text("alasan") if rejects else None)
        except Refusal as refusal:
            reason = {"name_empty": "alasan", "name_too_long": "alasan", "name_unreadable": "alasan"}
            problems.refused(refusal, reason | {"team_unknown": "tim", "team_moved": "tim"})
            problems.status = 409 if isinstance(refusal, Conflict) else 422
        else:
            notice = ("tim-ditolak" if rejects else "tim-disetujui") if changed else "tim-tetap"
            return done(_address(desk, stage, words, page_number(number)), notice)
    return await _teams(desk, stage, words, page_number(number), form, problems)


async def _decide(desk: Desk, seen: Mapping[UUID, str], reason: str | None) -> tuple[UUID, ...]:
    """Reject with a reason, approve without."""
    ids, event_id = tuple(seen), desk.event.id
    if reason is None:
        return await teams.approve_teams(ids, actor=desk.organizer, now=desk.now, event_id=event_id, seen=seen)
    return await teams.reject_teams(ids, reason, actor=desk.organizer, now=desk.now, event_id=event_id, seen=seen)


async def _teams(
    desk: Desk, stage: str, words: str, number: int, form: Form | None = None, problems: Problems | None = None
) -> Response[str]:
    approval = _BY_NAME.get(stage)
    found = await rosters.list_teams(desk.event.id, actor=desk.organizer, words=words, approval=approval, page=number)
    picked = {value.partition(":")[0] for value in form.many("tim")} if form else set()
    return desk_page(
        "teams",
        desk,
        "tim",
        problems=problems,
        view=_view(desk, found, approval, words, picked),
        reason=form.text("alasan") if form else "",
    )


def _view(desk: Desk, found: TeamPage, approval: Approval | None, words: str, picked: set[str]) -> TeamsView:
    language, venues = desk.language, {venue.id: venue.name for venue in desk.event.venues}
    state = _WORDS[approval][0] if approval else ""

    def beside(number: int) -> str:
        return _address(desk, state, words, number) if 1 <= number <= found.pages else ""

    everything = formats.whole(sum(found.counts.values()), language)
    return TeamsView(
        approval=desk.event.rules.approval,
        lines=tuple(_line(desk, row, venues, picked) for row in found.rows),
        states=(
            Choice("", say(language, "Semua tim ({count})", count=everything)),
            *(
                Choice(name, f"{say(language, word)} ({formats.whole(found.counts.get(known, 0), language)})")
                for known, (name, word, _, _) in _WORDS.items()
            ),
        ),
        state=state,
        words=words,
        filtered=bool(state or words),
        span=say(language, "Halaman {page} dari {pages}", page=found.page, pages=found.pages)
        if found.pages > 1
        else "",
        earlier=beside(found.page - 1),
        later=beside(found.page + 1),
    )


def _line(desk: Desk, row: TeamLine, venues: Mapping[UUID, str], picked: set[str]) -> Line:
    _, word, icon, tone = _WORDS[row.approval]
    since = formats.moment_short(row.approval_at, desk.zone, desk.language)
    return Line(
        id=f"{row.id}:{teams.version_of(row.approval_at, row.members_at)}",
        name=row.name,
        agency=row.agency,
        venue=venues.get(row.venue_id, "") if row.venue_id else "",
        captain=row.captain,
        members=row.members,
        entries=row.entries,
        word=say(desk.language, word),
        icon=icon,
        tone=tone,
        since=say(desk.language, "sejak {when}", when=since),
        changed=_changed(desk, row),
        reason=row.approval_reason or "",
        query=quote(row.name),
        picked=str(row.id) in picked,
    )


def _changed(desk: Desk, row: TeamLine) -> str:
    """Since when a team has other members than were approved; empty where it has the same."""
    if not teams.members_changed(row.approval, row.approval_at, row.members_at, desk.event.rules):
        return ""
    when = formats.moment_short(row.members_at, desk.zone, desk.language)
    return say(desk.language, "{when}. Periksa, lalu putuskan lagi.", when=when)


def _address(desk: Desk, state: str, words: str, number: int) -> str:
    query = {"keadaan": state, "cari": words, "halaman": str(number) if number > 1 else ""}
    kept = urlencode({key: value for key, value in query.items() if value})
    return f"{desk.root}/tim" + (f"?{kept}" if kept else "")


def _seen(values: Sequence[str]) -> dict[UUID, str]:
    """The teams that were chosen, each with how it stood when it was looked at; what is no team is left out."""
    found = {}
    for value in values:
        team, _, version = value.partition(":")
        try:
            found[UUID(team)] = version
        except ValueError:
            continue
    return found

"""A person's entries in an event, and what is left to do for one of them."""

from dataclasses import dataclass

from litestar import get
from litestar.response import Redirect, Response
from litestar.status_codes import HTTP_303_SEE_OTHER

from frontend.pages.frame import EventFrame, make_frame, milliseconds, page, zone_of
from frontend.pages.schedule import stage
from frontend.pages.submit.desk import read_desk
from frontend.pages.submit.left import Line, draw_desk
from frontend.pages.submit.own import Boards, Slug, Visitor, read_own, show
from hackathon import events, teams
from sandbox.model import Text


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry among the others."""

    slug: str
    title: Text
    attempts: str
    lines: tuple[Line, ...]


@get("/acara/{slug:str}/pengajuan")
async def own_entries(slug: Slug, visitor: Visitor, reader: Boards) -> Response[str] | Redirect:
    """The entries of the visitor's team; a single one at once."""
    person = visitor.signed_in()
    event = await events.get_event(slug)
    entries = [one for one in await teams.entries_of(person.principal) if one.event_id == event.id]
    if len(entries) == 1:
        notice = f"?kabar={visitor.notice}" if visitor.notice.isidentifier() else ""
        return Redirect(f"/acara/{slug}/pengajuan/{entries[0].track_slug}{notice}", status_code=HTTP_303_SEE_OTHER)
    listed = []
    for entry in entries:
        own = await read_own(slug, entry.track_slug, visitor, reader)
        view = draw_desk(own, await read_desk(own))
        listed.append(Listed(entry.track_slug, own.track.title, view.attempts, view.lines))
    now, team = await reader.now(), await teams.team_of(event.id, person.account_id)
    frame = make_frame(
        visitor,
        now,
        event=EventFrame.of(event, visitor),
        stage=stage(event.schedule, now, zone_of(visitor, event), visitor.language),
        here="submit",
    )
    return page("submit/entries.html", visitor, frame, entries=listed, team=team.name if team else "")


@get("/acara/{slug:str}/pengajuan/{track_slug:str}")
async def own_entry(slug: Slug, track_slug: Slug, visitor: Visitor, reader: Boards) -> Response[str]:
    """What is left to do for an entry, its versions, its attempts, its deadline."""
    own = await read_own(slug, track_slug, visitor, reader)
    return show(
        own,
        "submit/desk.html",
        view=draw_desk(own, await read_desk(own)),
        left=own.deadline - own.now,
        until_ms=milliseconds(own.deadline),
    )

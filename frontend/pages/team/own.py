"""What the pages of a team share: the person, their team at an event, and the page that shows it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from frontend.api.errors import status_of
from frontend.pages.account.asking import installation_key
from frontend.pages.forms import Form, Problems, done, read_form
from frontend.pages.frame import EventFrame, make_frame, page, zone_of
from frontend.pages.reading import Reader
from frontend.pages.schedule import stage
from frontend.pages.team.view import draw_team
from frontend.pages.visiting import AnyRequest, Visit
from frontend.qr import qr_code
from hackathon import events, teams
from hackathon.errors import Refusal
from hackathon.events import Event
from hackathon.model import Principal
from hackathon.sessions import Session
from hackathon.settings import Settings
from hackathon.teams import Member, Team
from judging import publications

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Configured = NamedDependency[Settings]
Slug = FromPath[str]


@dataclass(frozen=True, slots=True)
class Own:
    """A person at an event: `team` is None until they are in one."""

    event: Event
    person: Session
    now: datetime
    team: Team | None
    members: tuple[Member, ...]

    @property
    def actor(self) -> Principal:
        return self.person.principal

    @property
    def base(self) -> str:
        """The address of the team's page."""
        return f"/acara/{self.event.slug}/tim"

    @property
    def captain(self) -> bool:
        """Whether the person is the team's captain."""
        return any(one.captain and one.account_id == self.person.account_id for one in self.members)


Verb = Callable[[Own, Team, Form], Awaitable[object]]
"""Something that a form asks of the person's team."""


async def read_own(slug: str, visitor: Visit, reader: Reader) -> Own:
    """The person's team at an event. Raises EventUnknown, SignInNeeded."""
    event = await events.get_event(slug)
    person = visitor.signed_in()
    team = await teams.team_of(event.id, person.account_id)
    members = () if team is None else await teams.list_members(team.id)
    return Own(event, person, await reader.now(), team, members)


def event_page(
    template: str, visitor: Visit, event: Event, now: datetime, *, problems: Problems | None = None, **context: Any
) -> Response[str]:
    """A page within an event's frame; with `problems` it says so by its status too."""
    frame = make_frame(
        visitor,
        now,
        event=EventFrame.of(event, visitor),
        stage=stage(event.schedule, now, zone_of(visitor, event), visitor.language),
        here="team",
    )
    return page(
        template,
        visitor,
        frame,
        status=problems.status if problems else 200,
        problems=problems.told(visitor.language) if problems else None,
        event=frame.event,
        **context,
    )


async def team_page(
    own: Own, team: Team, visitor: Visit, settings: Settings, problems: Problems | None = None
) -> Response[str]:
    """The page of a team as one of its members sees it."""
    invitation = None
    if own.captain and teams.members_open(own.event.schedule, own.now):
        key = await installation_key(settings)
        invitation = await teams.read_invitation(team.id, key=key, actor=own.actor)
    link = "" if invitation is None else f"{settings.public_url}/undangan/{invitation.secret}"
    view = draw_team(
        own.event,
        team,
        own.members,
        await teams.list_entries(team.id),
        person=own.person.account_id,
        invited=invitation is not None,
        now=own.now,
        zone=zone_of(visitor, own.event),
        language=visitor.language,
        out=await publications.results_out(own.event, own.now),
    )
    return event_page(
        "team/team.html",
        visitor,
        own.event,
        own.now,
        problems=problems,
        team=view,
        link=link,
        code=qr_code(link) if link else None,
    )


async def carry_out(
    verb: Verb,
    slug: str,
    request: AnyRequest,
    visitor: Visit,
    reader: Reader,
    settings: Settings,
    *,
    notice: str,
    anchor: str = "",
) -> Response[str]:
    """Do one thing with the person's team and show its page again: with a notice, or with what was refused on top."""
    own = await read_own(slug, visitor, reader)
    form = await read_form(request, visitor)
    if own.team is None:
        return done(own.base)
    try:
        await verb(own, own.team, form)
    except Refusal as refusal:
        problems = Problems()
        problems.refused(refusal)
        problems.status = status_of(refusal)
        return await team_page(own, own.team, visitor, settings, problems)
    return done(own.base, notice, anchor=anchor)


def ask(
    own: Own, visitor: Visit, *, title: str, words: list[str], action: str, button: str, danger: bool = True
) -> Response[str]:
    """A page that asks before something is done: what it means, and the button that does it (a POST to `action`)."""
    return event_page(
        "team/confirm.html",
        visitor,
        own.event,
        own.now,
        base=own.base,
        title=title,
        words=words,
        action=action,
        button=button,
        danger=danger,
    )

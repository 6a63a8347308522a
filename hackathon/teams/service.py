"""Teams: make them, change what they are called and where they are from, read them."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from hackathon import accounts, events, outbox, store
from hackathon.errors import Refusal
from hackathon.model import Principal
from hackathon.names import clean_line
from hackathon.teams import store as rows
from hackathon.teams.agencies import official
from hackathon.teams.errors import AgencyFixed, TeamFull, TeamUnknown
from hackathon.teams.invitations import issuing
from hackathon.teams.model import LONGEST_AGENCY, LONGEST_NAME, Approval, Member, Team
from hackathon.teams.permits import (
    require_captain,
    require_confirmed,
    require_members_open,
    require_no_more_time,
    require_open,
    venue_id,
)
from sandbox.model import Text


async def create_team(
    event_id: UUID,
    name: str,
    agency: str,
    *,
    actor: Principal,
    now: datetime,
    member_ids: Sequence[UUID] = (),
    venue: str | None = None,
    key: bytes | None = None,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    new_id: Callable[[], UUID] = uuid4,
) -> Team:
    """Make a team. A person makes their own and is its captain; an organizer names the members, the captain first.

    `venue` is a slug. With `key` (see `hackathon.keys`) the team has an invitation from the start. Persons may do it
    from registration until teams are fixed, organizers always; where the event asks for approval, a person's team waits
    for it. Raises PhaseClosed, NotConfirmed, TeamNameTaken, AlreadyInTeam, TeamFull, EventUnknown, VenueUnknown,
    AccountUnknown, Refusal.
    """
    event = await events.get_event_by_id(event_id)
    require_members_open(event, actor, now)
    await require_confirmed(actor)
    members = list(dict.fromkeys(member_ids)) if actor.is_organizer else [actor.account_id]
    if not members:
        raise Refusal(
            Text(id="Sebutkan paling sedikit satu anggota tim.", en="Name at least one member of the team."),
            "team_empty",
        )
    if len(members) > event.rules.team_size_max:
        raise TeamFull(event.rules.team_size_max)
    waits = event.rules.approval and not actor.is_organizer
    team = Team(
        id=new_id(),
        event_id=event_id,
        name=clean_name(name),
        agency=clean_agency(agency),
        venue_id=venue_id(event, venue),
        created_at=now,
        approval=Approval.PENDING if waits else Approval.APPROVED,
        approval_at=now,
        members_at=now,
    )
    async with store.transaction():
        await rows.insert_team(team)
        for account_id in members:
            await accounts.get_account(account_id)
            await rows.insert_member(team, account_id, captain=account_id == members[0], now=now)
        await outbox.append("team.created", {"team": team.id, "event": event_id}, actor=actor)
        if key is not None:
            await issuing.issue(team.id, key=key, actor=actor, now=now, random_bytes=random_bytes, new_id=new_id)
    return team


async def change_team(
    team_id: UUID, *, name: str, agency: str, venue: str | None, actor: Principal, now: datetime
) -> Team:
    """Give a team another name, agency or venue (a slug); what is as before changes nothing.

    Its captain may during registration and building, the venue only until teams are fixed, and once building has begun
    to none that was given more time. Organizers may always. Raises TeamUnknown, NotTheCaptain, PhaseClosed,
    TeamNameTaken, AgencyFixed, VenueUnknown, VenueExtended, Refusal.
    """
    async with store.transaction():
        team = await rows.lock_team(team_id)
        if team is None:
            raise TeamUnknown
        require_captain(await rows.read_members(team_id), actor)
        event = await events.get_event_by_id(team.event_id)
        require_open(event, actor, now)
        wanted = replace(team, name=clean_name(name), agency=clean_agency(agency), venue_id=venue_id(event, venue))
        if wanted.venue_id != team.venue_id:
            require_members_open(event, actor, now)
            await require_no_more_time(event, wanted.venue_id, actor, now)
        approved = event.rules.approval and team.approval is Approval.APPROVED
        if wanted.agency != team.agency and approved and not actor.is_organizer:
            raise AgencyFixed
        if wanted != team:
            await rows.write_team(wanted)
            await outbox.append("team.changed", {"team": team_id, "event": team.event_id}, actor=actor)
    return wanted


async def get_team(team_id: UUID) -> Team:
    """The team with this id. Raises TeamUnknown."""
    team = await rows.read_team(team_id)
    if team is None:
        raise TeamUnknown
    return team


async def team_of(event_id: UUID, account_id: UUID) -> Team | None:
    """The team in which a person is at an event."""
    return await rows.read_team_of(event_id, account_id)


async def list_teams(event_id: UUID) -> tuple[Team, ...]:
    """The teams of an event, oldest first."""
    return await rows.read_teams(event_id)


async def list_members(team_id: UUID) -> tuple[Member, ...]:
    """The members of a team, the captain first."""
    return await rows.read_members(team_id)


def clean_name(name: str) -> str:
    """The name as it is kept. Raises Refusal for one that cannot be."""
    return clean_line(name, what=Text(id="Nama tim", en="The team's name"), longest=LONGEST_NAME)


def clean_agency(agency: str) -> str:
    """The agency's name as it is kept, listed ones as the list has them. Raises Refusal for one that cannot be."""
    return official(clean_line(agency, what=Text(id="Nama instansi", en="The agency's name"), longest=LONGEST_AGENCY))

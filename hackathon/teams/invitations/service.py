"""Invitations: a link by which anybody who has it joins a team, until teams are fixed or the team is full."""

import secrets
from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

import structlog

from hackathon import events, outbox, store
from hackathon.errors import Unavailable
from hackathon.keys import unseal
from hackathon.model import Principal
from hackathon.sessions.model import hash_secret, looks_like_secret
from hackathon.teams import store as teams
from hackathon.teams.errors import (
    AlreadyInTeam,
    InOtherTeam,
    InvitationRevoked,
    InvitationUnknown,
    TeamFull,
    TeamUnknown,
)
from hackathon.teams.invitations import issuing
from hackathon.teams.invitations import store as rows
from hackathon.teams.model import Invitation, InvitationView, Obstacle, Team, obstacle
from hackathon.teams.permits import require_captain, require_confirmed, require_members_open

_log = structlog.get_logger(__name__)


async def read_invitation(team_id: UUID, *, key: bytes, actor: Principal) -> Invitation | None:
    """The living invitation of a team, for its captain and organizers; None where there is none to show.

    Raises TeamUnknown, NotTheCaptain.
    """
    if await teams.read_team(team_id) is None:
        raise TeamUnknown
    require_captain(await teams.read_members(team_id), actor)
    kept = await rows.read_living(team_id)
    if kept is None:
        return None
    try:
        secret = unseal(key, kept.sealed, issuing.context(kept.id)).decode()
    except Unavailable:
        # It still works for those who have it; the captain can make another.
        _log.warning("teams.invitation_sealed_with_another_key", invitation=str(kept.id))
        return None
    return Invitation(kept.id, team_id, kept.made_at, secret)


async def new_invitation(
    team_id: UUID,
    *,
    key: bytes,
    actor: Principal,
    now: datetime,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    new_id: Callable[[], UUID] = uuid4,
) -> Invitation:
    """Make a team's invitation; the one before, if any, ends. By its captain until teams are fixed, by organizers
    always.

    Raises TeamUnknown, NotTheCaptain, PhaseClosed.
    """
    async with store.transaction():
        await _held(team_id, actor, now)
        return await issuing.issue(team_id, key=key, actor=actor, now=now, random_bytes=random_bytes, new_id=new_id)


async def revoke_invitation(team_id: UUID, *, actor: Principal, now: datetime) -> None:
    """End a team's invitation; where there is none, nothing happens. As for `new_invitation`."""
    async with store.transaction():
        await _held(team_id, actor, now)
        await issuing.revoke(team_id, actor=actor, now=now)


async def look_at_invitation(secret: str, *, visitor: Principal | None, now: datetime) -> InvitationView:
    """What an invitation shows, and what keeps `visitor` (None: not signed in) from following it.

    Raises InvitationUnknown.
    """
    kept = await rows.read_by_hash(hash_secret(secret)) if looks_like_secret(secret) else None
    team = None if kept is None else await teams.read_team(kept.team_id)
    if kept is None or team is None:
        raise InvitationUnknown
    event = await events.get_event_by_id(team.event_id)
    members = await teams.read_members(team.id)
    own = None if visitor is None else await teams.read_team_of(event.id, visitor.account_id)
    return InvitationView(
        event=event,
        team=team,
        captain=next((member.name for member in members if member.captain), team.name),
        members=len(members),
        own=own,
        obstacle=obstacle(event, team, len(members), own=own, revoked=kept.revoked_at is not None, now=now),
    )


async def join_by_invitation(secret: str, *, actor: Principal, now: datetime) -> Team:
    """Join the team of an invitation; who is in it already is fine. Twenty who race for the last place: one gets it.

    Raises InvitationUnknown, NotConfirmed, InOtherTeam, InvitationRevoked, PhaseClosed, TeamFull.
    """
    kept = await rows.read_by_hash(hash_secret(secret)) if looks_like_secret(secret) else None
    if kept is None:
        raise InvitationUnknown
    try:
        async with store.transaction():
            return await _join(kept.team_id, secret, actor, now)
    except AlreadyInTeam as error:
        # Joined elsewhere at this very moment.
        team = await teams.read_team(kept.team_id)
        own = None if team is None else await teams.read_team_of(team.event_id, actor.account_id)
        if own is None:
            raise
        raise InOtherTeam(own.name) from error


async def _join(team_id: UUID, secret: str, actor: Principal, now: datetime) -> Team:
    team = await teams.lock_team(team_id)
    # Read again under the lock: it may have been revoked, or the team dissolved.
    kept = await rows.read_by_hash(hash_secret(secret))
    if team is None or kept is None:
        raise InvitationUnknown
    await require_confirmed(actor)
    event = await events.get_event_by_id(team.event_id)
    members = await teams.read_members(team_id)
    own = await teams.read_team_of(event.id, actor.account_id)
    match obstacle(event, team, len(members), own=own, revoked=kept.revoked_at is not None, now=now):
        case Obstacle.SAME_TEAM:
            return team
        case Obstacle.OTHER_TEAM:
            raise InOtherTeam("" if own is None else own.name)
        case Obstacle.REVOKED:
            raise InvitationRevoked
        case Obstacle.FULL:
            raise TeamFull(event.rules.team_size_max)
        case Obstacle.NOT_OPEN | Obstacle.LOCKED:
            # Also for organizers: here they act as a person.
            require_members_open(event, Principal(actor.account_id, actor.name, frozenset()), now)
    await teams.insert_member(team, actor.account_id, captain=not members, now=now)
    await outbox.append("team.joined", {"team": team_id, "account": actor.account_id}, actor=actor)
    return team


async def _held(team_id: UUID, actor: Principal, now: datetime) -> None:
    team = await teams.lock_team(team_id)
    if team is None:
        raise TeamUnknown
    require_captain(await teams.read_members(team_id), actor)
    require_members_open(await events.get_event_by_id(team.event_id), actor, now)

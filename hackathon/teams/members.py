"""Who is in a team: join, leave, hand over."""

from datetime import datetime
from uuid import UUID

from hackathon import accounts, events, outbox, store
from hackathon.model import Principal
from hackathon.teams import store as rows
from hackathon.teams.errors import MemberUnknown, NotConfirmed, NotTheCaptain, TeamFull, TeamUnknown
from hackathon.teams.invitations import issuing
from hackathon.teams.model import Team
from hackathon.teams.permits import require_captain, require_members_open, require_open


async def add_member(team_id: UUID, account_id: UUID, *, actor: Principal, now: datetime) -> None:
    """Put a person into a team: by its captain until teams are fixed, by organizers always.

    Raises TeamUnknown, NotTheCaptain, PhaseClosed, NotConfirmed, TeamFull, AlreadyInTeam, AccountUnknown.
    """
    async with store.transaction():
        team = await rows.lock_team(team_id)
        if team is None:
            raise TeamUnknown
        members = await rows.read_members(team_id)
        require_captain(members, actor)
        event = await events.get_event_by_id(team.event_id)
        require_members_open(event, actor, now)
        await accounts.get_account(account_id)
        if not actor.is_organizer and not await rows.is_confirmed(account_id):
            raise NotConfirmed
        if len(members) >= event.rules.team_size_max:
            raise TeamFull(event.rules.team_size_max)
        await rows.insert_member(team, account_id, captain=not members, now=now)
        await outbox.append("team.joined", {"team": team_id, "account": account_id}, actor=actor)


async def remove_member(team_id: UUID, account_id: UUID, *, actor: Principal, now: datetime) -> None:
    """Take a person out of a team: oneself, by the captain, or by organizers; who is not in it already is fine.

    When a captain leaves, the member of longest standing becomes captain. Who is removed knows the invitation, so it is
    revoked. A team whose last member leaves is dissolved, unless it handed something in: then it stays without members.
    The same time as for `add_member`. Raises TeamUnknown, NotTheCaptain, PhaseClosed.
    """
    async with store.transaction():
        team = await rows.lock_team(team_id)
        if team is None:
            raise TeamUnknown
        members = await rows.read_members(team_id)
        captains = [member.account_id for member in members if member.captain]
        if not actor.is_organizer and actor.account_id not in [account_id, *captains]:
            raise NotTheCaptain
        require_members_open(await events.get_event_by_id(team.event_id), actor, now)
        if account_id not in [member.account_id for member in members]:
            return
        await rows.delete_member(team_id, account_id, now=now)
        left = [member.account_id for member in members if member.account_id != account_id]
        if account_id in captains and left:
            await rows.write_captain(team_id, left[0])
        await outbox.append("team.left", {"team": team_id, "account": account_id}, actor=actor)
        if actor.account_id != account_id or not left:
            await issuing.revoke(team_id, actor=actor, now=now)
        if not left:
            await _dissolve(team, actor)


async def make_captain(team_id: UUID, account_id: UUID, *, actor: Principal, now: datetime) -> None:
    """Hand the team over to another member; who is its captain already is fine.

    Its captain may during registration and building, organizers always. Raises TeamUnknown, NotTheCaptain,
    MemberUnknown, PhaseClosed.
    """
    async with store.transaction():
        team = await rows.lock_team(team_id)
        if team is None:
            raise TeamUnknown
        members = await rows.read_members(team_id)
        require_captain(members, actor)
        require_open(await events.get_event_by_id(team.event_id), actor, now)
        wanted = next((member for member in members if member.account_id == account_id), None)
        if wanted is None:
            raise MemberUnknown
        if not wanted.captain:
            await rows.write_captain(team_id, account_id)
            await outbox.append("team.captain_changed", {"team": team_id, "account": account_id}, actor=actor)


async def _dissolve(team: Team, actor: Principal) -> None:
    if await rows.lock_entries(team.id):
        return
    await rows.delete_team(team.id)
    await outbox.append("team.dissolved", {"team": team.id, "event": team.event_id}, actor=actor)

"""The organizers' word on who may take part, where an event asks for it. An unapproved team cannot hand in.

Many teams are decided at once or none; a team that stands so already is passed over. Who decides names the event whose
teams they look at, and how each stood (`Team.version`): of two who decide otherwise at once the later one is told.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from hackathon import events, outbox, store
from hackathon.model import Principal
from hackathon.names import clean_line
from hackathon.permissions import require_organizer
from hackathon.teams import store as rows
from hackathon.teams.errors import TeamMoved, TeamUnknown
from hackathon.teams.model import LONGEST_REASON, Approval
from hackathon.teams.permits import require_captain, require_open
from sandbox.model import Text


async def approve_teams(
    team_ids: Sequence[UUID],
    *,
    actor: Principal,
    now: datetime,
    event_id: UUID | None = None,
    seen: Mapping[UUID, str] | None = None,
) -> tuple[UUID, ...]:
    """Let teams take part; returns those that were not approved before, with the people who are in them now.

    Organizers only. Raises TeamUnknown (also for a team of another event), TeamMoved.
    """
    return await _decide(team_ids, Approval.APPROVED, None, event_id, seen, actor=actor, now=now)


async def reject_teams(
    team_ids: Sequence[UUID],
    reason: str,
    *,
    actor: Principal,
    now: datetime,
    event_id: UUID | None = None,
    seen: Mapping[UUID, str] | None = None,
) -> tuple[UUID, ...]:
    """Keep teams from handing in, for a reason that they read; returns those whose state or reason changed.

    What they handed in already stays. Organizers only. Raises TeamUnknown (also for a team of another event),
    TeamMoved, Refusal for a reason that is missing.
    """
    words = clean_line(reason, what=Text(id="Alasan", en="The reason"), longest=LONGEST_REASON)
    return await _decide(team_ids, Approval.REJECTED, words, event_id, seen, actor=actor, now=now)


async def ask_approval(team_id: UUID, *, actor: Principal, now: datetime) -> None:
    """Ask the organizers to look at a rejected team again: by its captain, during registration and building.

    For a team that is not rejected nothing happens. Raises TeamUnknown, NotTheCaptain, PhaseClosed.
    """
    async with store.transaction():
        team = await rows.lock_team(team_id)
        if team is None:
            raise TeamUnknown
        require_captain(await rows.read_members(team_id), actor)
        require_open(await events.get_event_by_id(team.event_id), actor, now)
        if team.approval is Approval.REJECTED:
            await rows.write_approval(team_id, Approval.PENDING, None, now)
            await outbox.append("team.approval_asked", {"team": team_id, "event": team.event_id}, actor=actor)


async def _decide(
    team_ids: Sequence[UUID],
    approval: Approval,
    reason: str | None,
    event_id: UUID | None,
    seen: Mapping[UUID, str] | None,
    *,
    actor: Principal,
    now: datetime,
) -> tuple[UUID, ...]:
    require_organizer(actor)
    async with store.transaction():
        teams = await rows.lock_teams(team_ids)
        if len(teams) < len(set(team_ids)) or any(event_id not in (None, team.event_id) for team in teams):
            raise TeamUnknown
        rules = {one: (await events.get_event_by_id(one)).rules for one in {team.event_id for team in teams}}
        changed = tuple(team for team in teams if not team.stands(approval, reason, rules[team.event_id]))
        moved = [team.name for team in changed if seen is not None and seen.get(team.id) != team.version]
        if moved:
            raise TeamMoved(moved)
        for team in changed:
            await rows.write_approval(team.id, approval, reason, now)
            subject = {"team": team.id, "event": team.event_id}
            await outbox.append(f"team.{approval}", subject, actor=actor, reason=reason)
    return tuple(team.id for team in changed)

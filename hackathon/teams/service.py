"""Teams: make them, fill them, enter them in tracks."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from hackathon import accounts, events, outbox, store
from hackathon.errors import Refusal
from hackathon.events import Event, Phase, TrackUnknown, VenueUnknown
from hackathon.model import Principal
from hackathon.names import clean_line
from hackathon.teams import store as rows
from hackathon.teams.errors import (
    EntryUnknown,
    NotAMember,
    NotTheCaptain,
    PhaseClosed,
    TeamFull,
    TeamTooSmall,
    TeamUnknown,
)
from hackathon.teams.model import Entry, EntryView, Member, Team
from sandbox.model import Text

_OPEN_PHASES = (Phase.REGISTRATION, Phase.BUILDING)


async def create_team(
    event_id: UUID,
    name: str,
    agency: str,
    *,
    actor: Principal,
    now: datetime,
    member_ids: Sequence[UUID] = (),
    venue: str | None = None,
    new_id: Callable[[], UUID] = uuid4,
) -> Team:
    """Make a team. A person makes their own and is its captain; an organizer names the members, the captain first.

    `venue` is a slug. Persons may do it during registration and building, organizers always. Raises PhaseClosed,
    TeamNameTaken, AlreadyInTeam, TeamFull, EventUnknown, VenueUnknown, AccountUnknown, Refusal.
    """
    event = await events.get_event_by_id(event_id)
    _require_open(event, actor, now)
    members = list(dict.fromkeys(member_ids)) if actor.is_organizer else [actor.account_id]
    if not members:
        raise Refusal(
            Text(id="Sebutkan paling sedikit satu anggota tim.", en="Name at least one member of the team."),
            "team_empty",
        )
    if len(members) > event.rules.team_size_max:
        raise TeamFull(event.rules.team_size_max)
    team = Team(
        id=new_id(),
        event_id=event_id,
        name=clean_line(name, what=Text(id="Nama tim", en="The team's name"), longest=80),
        agency=clean_line(agency, what=Text(id="Nama instansi", en="The agency's name"), longest=200),
        venue_id=_venue_id(event, venue),
        created_at=now,
    )
    async with store.transaction():
        await rows.insert_team(team)
        for account_id in members:
            await accounts.get_account(account_id)
            await rows.insert_member(team, account_id, captain=account_id == members[0], now=now)
        await outbox.append("team.created", {"team": team.id, "event": event_id}, actor=actor)
    return team


async def add_member(team_id: UUID, account_id: UUID, *, actor: Principal, now: datetime) -> None:
    """Put a person into a team: by its captain during registration and building, by organizers always.

    Raises TeamUnknown, NotTheCaptain, PhaseClosed, TeamFull, AlreadyInTeam, AccountUnknown.
    """
    async with store.transaction():
        team = await rows.lock_team(team_id)
        if team is None:
            raise TeamUnknown
        members = await rows.read_members(team_id)
        if not actor.is_organizer and actor.account_id not in [
            member.account_id for member in members if member.captain
        ]:
            raise NotTheCaptain
        event = await events.get_event_by_id(team.event_id)
        _require_open(event, actor, now)
        await accounts.get_account(account_id)
        if len(members) >= event.rules.team_size_max:
            raise TeamFull(event.rules.team_size_max)
        await rows.insert_member(team, account_id, captain=not members, now=now)
        await outbox.append("team.joined", {"team": team_id, "account": account_id}, actor=actor)


async def remove_member(team_id: UUID, account_id: UUID, *, actor: Principal, now: datetime) -> None:
    """Take a person out of a team: oneself, by the captain, or by organizers; who is not in it already is fine.

    When a captain leaves, the member of longest standing becomes captain. The same phases as for `add_member`. Raises
    TeamUnknown, NotTheCaptain, PhaseClosed.
    """
    async with store.transaction():
        team = await rows.lock_team(team_id)
        if team is None:
            raise TeamUnknown
        members = await rows.read_members(team_id)
        captains = [member.account_id for member in members if member.captain]
        if not actor.is_organizer and actor.account_id not in [account_id, *captains]:
            raise NotTheCaptain
        _require_open(await events.get_event_by_id(team.event_id), actor, now)
        if account_id not in [member.account_id for member in members]:
            return
        await rows.delete_member(team_id, account_id)
        left = [member.account_id for member in members if member.account_id != account_id]
        if account_id in captains and left:
            await rows.make_captain(team_id, left[0])
        await outbox.append("team.left", {"team": team_id, "account": account_id}, actor=actor)


async def enter_track(
    team_id: UUID, track_id: UUID, *, actor: Principal, now: datetime, new_id: Callable[[], UUID] = uuid4
) -> Entry:
    """Enter a team in a track of its event; where it is in already, that entry.

    Raises TeamUnknown, NotAMember, PhaseClosed, TrackUnknown, TeamTooSmall.
    """
    async with store.transaction():
        team = await rows.lock_team(team_id)
        if team is None:
            raise TeamUnknown
        members = await rows.read_members(team_id)
        if not actor.is_organizer and actor.account_id not in [member.account_id for member in members]:
            raise NotAMember
        event = await events.get_event_by_id(team.event_id)
        _require_open(event, actor, now)
        if track_id not in [track.id for track in event.tracks]:
            raise TrackUnknown(str(track_id))
        if len(members) < event.rules.team_size_min:
            raise TeamTooSmall(len(members), event.rules.team_size_min)
        wanted = Entry(new_id(), team.event_id, team_id, track_id, chosen_submission_id=None, created_at=now)
        entry = await rows.insert_entry(wanted)
        if entry.id == wanted.id:
            await outbox.append("entry.created", {"entry": entry.id, "team": team_id, "track": track_id}, actor=actor)
    return entry


async def get_team(team_id: UUID) -> Team:
    """The team with this id. Raises TeamUnknown."""
    team = await rows.read_team(team_id)
    if team is None:
        raise TeamUnknown
    return team


async def list_teams(event_id: UUID) -> tuple[Team, ...]:
    """The teams of an event, oldest first."""
    return await rows.read_teams(event_id)


async def list_members(team_id: UUID) -> tuple[Member, ...]:
    """The members of a team, the captain first."""
    return await rows.read_members(team_id)


async def entries_of(principal: Principal) -> tuple[EntryView, ...]:
    """The entries of a person's teams, newest event first."""
    return await rows.read_views(principal.account_id)


async def get_entry(entry_id: UUID, *, actor: Principal | None = None) -> EntryView:
    """The entry with this id; with `actor`, only for its team and organizers. Raises EntryUnknown, NotAMember."""
    entry = await rows.read_view(entry_id)
    if entry is None:
        raise EntryUnknown
    if actor is not None and not actor.is_organizer and not await rows.is_member(entry.team_id, actor.account_id):
        raise NotAMember
    return entry


def _require_open(event: Event, actor: Principal, now: datetime) -> None:
    if actor.is_organizer or events.phase(event.schedule, now) in _OPEN_PHASES:
        return
    raise PhaseClosed(
        Text(
            id="Tim hanya dapat diatur selama pendaftaran dan pengerjaan. Hubungi panitia bila ada yang keliru.",
            en="Teams can be changed during registration and building only. Ask the organizers if something is wrong.",
        )
    )


def _venue_id(event: Event, slug: str | None) -> UUID | None:
    if slug is None:
        return None
    for venue in event.venues:
        if venue.slug == slug:
            return venue.id
    raise VenueUnknown(slug)

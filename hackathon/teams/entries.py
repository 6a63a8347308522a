"""Entries: a team in a track."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from hackathon import events, outbox, store
from hackathon.events import TrackUnknown
from hackathon.model import Principal
from hackathon.teams import store as rows
from hackathon.teams.errors import EntryInUse, EntryUnknown, NotAMember, TeamTooSmall, TeamUnknown
from hackathon.teams.model import Entry, EntryView, TeamEntry
from hackathon.teams.permits import require_member, require_open


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
        require_member(members, actor)
        event = await events.get_event_by_id(team.event_id)
        require_open(event, actor, now)
        if track_id not in [track.id for track in event.tracks]:
            raise TrackUnknown(str(track_id))
        if len(members) < event.rules.team_size_min:
            raise TeamTooSmall(len(members), event.rules.team_size_min)
        wanted = Entry(new_id(), team.event_id, team_id, track_id, chosen_submission_id=None, created_at=now)
        entry = await rows.insert_entry(wanted)
        if entry.id == wanted.id:
            await outbox.append("entry.created", {"entry": entry.id, "team": team_id, "track": track_id}, actor=actor)
    return entry


async def withdraw_entry(entry_id: UUID, *, actor: Principal, now: datetime) -> None:
    """Take a team out of a track to which it has handed in nothing: by its members, in the same phases as entering.

    Raises EntryUnknown, NotAMember, PhaseClosed, EntryInUse (also while bytes are on their way).
    """
    async with store.transaction():
        entry = await rows.read_view(entry_id)
        # The team before the entry, as all who hold both.
        team = None if entry is None else await rows.lock_team(entry.team_id)
        if entry is None or team is None or await rows.read_view(entry_id) is None:
            raise EntryUnknown
        require_member(await rows.read_members(team.id), actor)
        require_open(await events.get_event_by_id(team.event_id), actor, now)
        if await rows.lock_entries(team.id, entry_id):
            raise EntryInUse
        await rows.delete_entry(entry_id)
        subject = {"entry": entry_id, "team": team.id, "track": entry.track_id}
        await outbox.append("entry.withdrawn", subject, actor=actor)


async def list_entries(team_id: UUID) -> tuple[TeamEntry, ...]:
    """The entries of a team in the order of their tracks."""
    return await rows.read_team_entries(team_id)


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

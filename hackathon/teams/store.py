"""Reading and writing of teams, members and entries."""

from datetime import datetime
from uuid import UUID, uuid4

import asyncpg

from hackathon import store
from hackathon.teams import tables
from hackathon.teams.errors import AlreadyInTeam, TeamNameTaken
from hackathon.teams.model import Entry, EntryView, Member, Team

_TEAM = "SELECT id, event_id, name, agency, venue_id, created_at FROM team"
_ENTRY = "SELECT id, event_id, team_id, track_id, chosen_submission_id, created_at FROM entry"
_VIEW = """
SELECT entry.id, entry.event_id, event.slug AS event_slug, entry.track_id, track.slug AS track_slug, entry.team_id,
    team.name AS team_name, team.venue_id, entry.chosen_submission_id, entry.created_at
FROM entry JOIN event ON event.id = entry.event_id JOIN track ON track.id = entry.track_id
    JOIN team ON team.id = entry.team_id
"""


async def insert_team(team: Team) -> None:
    """Raises TeamNameTaken."""
    try:
        await tables.Team(
            id=team.id,
            event_id=team.event_id,
            name=team.name,
            agency=team.agency,
            venue_id=team.venue_id,
            created_at=team.created_at,
        ).save()
    except asyncpg.UniqueViolationError as error:
        if error.constraint_name != "team_name_unique":
            raise
        raise TeamNameTaken(team.name) from error


async def insert_member(team: Team, account_id: UUID, *, captain: bool, now: datetime) -> None:
    """Raises AlreadyInTeam."""
    try:
        await tables.Member(
            id=uuid4(),
            team_id=team.id,
            event_id=team.event_id,
            account_id=account_id,
            captain=captain,
            joined_at=now,
        ).save()
    except asyncpg.UniqueViolationError as error:
        if error.constraint_name != "member_one_team":
            raise
        raise AlreadyInTeam from error


async def delete_member(team_id: UUID, account_id: UUID) -> None:
    """Take a person out of a team."""
    await store.execute("DELETE FROM member WHERE team_id = $1 AND account_id = $2", team_id, account_id)


async def make_captain(team_id: UUID, account_id: UUID) -> None:
    """Make a member captain of a team that has none."""
    await store.execute("UPDATE member SET captain = true WHERE team_id = $1 AND account_id = $2", team_id, account_id)


async def lock_team(team_id: UUID) -> Team | None:
    """The team, held against other changes of its members until the transaction ends."""
    row = await store.fetch_one(f"{_TEAM} WHERE id = $1 FOR NO KEY UPDATE", team_id)
    return None if row is None else Team(**dict(row))


async def read_team(team_id: UUID) -> Team | None:
    """The team with this id."""
    row = await store.fetch_one(f"{_TEAM} WHERE id = $1", team_id)
    return None if row is None else Team(**dict(row))


async def read_teams(event_id: UUID) -> tuple[Team, ...]:
    """The teams of an event, oldest first."""
    rows = await store.fetch(f"{_TEAM} WHERE event_id = $1 ORDER BY created_at, id", event_id)
    return tuple(Team(**dict(row)) for row in rows)


async def read_members(team_id: UUID) -> tuple[Member, ...]:
    """The members of a team, the captain first."""
    rows = await store.fetch(
        "SELECT member.team_id, member.account_id, account.name, member.captain, member.joined_at"
        " FROM member JOIN account ON account.id = member.account_id"
        " WHERE member.team_id = $1 ORDER BY member.captain DESC, member.joined_at, account.name",
        team_id,
    )
    return tuple(Member(**dict(row)) for row in rows)


async def insert_entry(entry: Entry) -> Entry:
    """Enter the team; where it is in the track already, that entry."""
    await store.execute(
        "INSERT INTO entry (id, event_id, team_id, track_id, created_at) VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (team_id, track_id) DO NOTHING",
        entry.id,
        entry.event_id,
        entry.team_id,
        entry.track_id,
        entry.created_at,
    )
    row = await store.fetch_one(f"{_ENTRY} WHERE team_id = $1 AND track_id = $2", entry.team_id, entry.track_id)
    if row is None:
        raise RuntimeError("an entry just written is not there")
    return Entry(**dict(row))


async def read_view(entry_id: UUID) -> EntryView | None:
    """The entry with this id."""
    row = await store.fetch_one(f"{_VIEW} WHERE entry.id = $1", entry_id)
    return None if row is None else _view(row)


async def read_views(account_id: UUID) -> tuple[EntryView, ...]:
    """The entries of a person's teams, newest event first."""
    rows = await store.fetch(
        f"{_VIEW} JOIN member ON member.team_id = entry.team_id AND member.account_id = $1"
        " ORDER BY event.schedule ->> 'registration_opens' DESC, track.position",
        account_id,
    )
    return tuple(_view(row) for row in rows)


async def is_member(team_id: UUID, account_id: UUID) -> bool:
    """Whether the person is in the team."""
    found = await store.fetch_value("SELECT 1 FROM member WHERE team_id = $1 AND account_id = $2", team_id, account_id)
    return found is not None


def _view(row: store.Row) -> EntryView:
    return EntryView(
        id=row["id"],
        event_id=row["event_id"],
        event_slug=row["event_slug"],
        track_id=row["track_id"],
        track_slug=row["track_slug"],
        team_id=row["team_id"],
        team_name=row["team_name"],
        venue_id=row["venue_id"],
        chosen_submission_id=row["chosen_submission_id"],
        created_at=row["created_at"],
    )

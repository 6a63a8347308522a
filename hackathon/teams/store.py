"""Reading and writing of teams, members and entries."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID, uuid4

import asyncpg

from hackathon import store
from hackathon.mail import Recipient
from hackathon.teams import tables
from hackathon.teams.errors import AlreadyInTeam, TeamNameTaken
from hackathon.teams.model import Approval, Entry, EntryView, Member, Team, TeamEntry

_TEAM = (
    "SELECT team.id, team.event_id, team.name, team.agency, team.venue_id, team.created_at, team.approval,"
    " team.approval_at, team.approval_reason, team.members_at FROM team"
)
_ENTRY = "SELECT id, event_id, team_id, track_id, chosen_submission_id, created_at FROM entry"
_VIEW = """
SELECT entry.id, entry.event_id, event.slug AS event_slug, entry.track_id, track.slug AS track_slug, entry.team_id,
    team.name AS team_name, team.venue_id, entry.chosen_submission_id, entry.created_at
FROM entry JOIN event ON event.id = entry.event_id JOIN track ON track.id = entry.track_id
    JOIN team ON team.id = entry.team_id
"""


async def insert_team(team: Team) -> None:
    """Raises TeamNameTaken."""
    with _names_kept(team.name):
        await tables.Team(
            id=team.id,
            event_id=team.event_id,
            name=team.name,
            agency=team.agency,
            venue_id=team.venue_id,
            created_at=team.created_at,
            approval=team.approval.value,
            approval_at=team.approval_at,
            approval_reason=team.approval_reason,
            members_at=team.members_at,
        ).save()


async def write_team(team: Team) -> None:
    """Write name, agency and venue of a team that is there. Raises TeamNameTaken."""
    with _names_kept(team.name):
        await store.execute(
            "UPDATE team SET name = $2, agency = $3, venue_id = $4 WHERE id = $1",
            team.id,
            team.name,
            team.agency,
            team.venue_id,
        )


async def write_approval(team_id: UUID, approval: Approval, reason: str | None, now: datetime) -> None:
    """Write what the organizers say of a team."""
    await store.execute(
        "UPDATE team SET approval = $2, approval_reason = $3, approval_at = $4 WHERE id = $1",
        team_id,
        approval.value,
        reason,
        now,
    )


async def delete_team(team_id: UUID) -> None:
    """Remove a team with its entries and invitations."""
    await store.execute("DELETE FROM team WHERE id = $1", team_id)


async def insert_member(team: Team, account_id: UUID, *, captain: bool, now: datetime) -> None:
    """Raises AlreadyInTeam. The database itself refuses who is too many; services ask before."""
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
    await _members_changed(team.id, now)


async def delete_member(team_id: UUID, account_id: UUID, *, now: datetime) -> None:
    """Take a person out of a team."""
    await store.execute("DELETE FROM member WHERE team_id = $1 AND account_id = $2", team_id, account_id)
    await _members_changed(team_id, now)


async def _members_changed(team_id: UUID, now: datetime) -> None:
    await store.execute("UPDATE team SET members_at = greatest(members_at, $2) WHERE id = $1", team_id, now)


async def write_captain(team_id: UUID, account_id: UUID) -> None:
    """Make a member the one captain of a team."""
    # The one before goes first: there are never two, not even within a statement.
    await store.execute("UPDATE member SET captain = false WHERE team_id = $1 AND captain", team_id)
    await store.execute("UPDATE member SET captain = true WHERE team_id = $1 AND account_id = $2", team_id, account_id)


async def lock_team(team_id: UUID) -> Team | None:
    """The team, held against other changes of its members until the transaction ends."""
    row = await store.fetch_one(f"{_TEAM} WHERE id = $1 FOR NO KEY UPDATE", team_id)
    return None if row is None else _team(row)


async def lock_teams(team_ids: Sequence[UUID]) -> tuple[Team, ...]:
    """Those of the teams that are there, held likewise, always in the same order."""
    rows = await store.fetch(f"{_TEAM} WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE", list(team_ids))
    return tuple(_team(row) for row in rows)


async def read_team(team_id: UUID) -> Team | None:
    """The team with this id."""
    row = await store.fetch_one(f"{_TEAM} WHERE id = $1", team_id)
    return None if row is None else _team(row)


async def read_team_of(event_id: UUID, account_id: UUID) -> Team | None:
    """The team in which a person is at an event."""
    row = await store.fetch_one(
        f"{_TEAM} JOIN member ON member.team_id = team.id WHERE member.event_id = $1 AND member.account_id = $2",
        event_id,
        account_id,
    )
    return None if row is None else _team(row)


async def read_teams(event_id: UUID) -> tuple[Team, ...]:
    """The teams of an event, oldest first."""
    rows = await store.fetch(f"{_TEAM} WHERE event_id = $1 ORDER BY created_at, id", event_id)
    return tuple(_team(row) for row in rows)


async def read_members(team_id: UUID) -> tuple[Member, ...]:
    """The members of a team, the captain first."""
    rows = await store.fetch(
        "SELECT member.team_id, member.account_id, account.name, member.captain, member.joined_at"
        " FROM member JOIN account ON account.id = member.account_id"
        " WHERE member.team_id = $1 ORDER BY member.captain DESC, member.joined_at, account.name",
        team_id,
    )
    return tuple(Member(**dict(row)) for row in rows)


async def read_recipients(account_ids: Sequence[UUID]) -> tuple[Recipient, ...]:
    """Those of the people who have shown that an e-mail address is theirs."""
    rows = await store.fetch(
        "SELECT id, email, name, language, zone FROM account WHERE id = ANY($1) AND email IS NOT NULL"
        " AND confirmed_at IS NOT NULL ORDER BY id",
        list(account_ids),
    )
    return tuple(Recipient(row["id"], row["email"], row["name"], row["language"], row["zone"]) for row in rows)


async def is_confirmed(account_id: UUID) -> bool:
    """Whether the person has shown that the e-mail address is theirs, or has used a code."""
    found = await store.fetch_value("SELECT 1 FROM account WHERE id = $1 AND confirmed_at IS NOT NULL", account_id)
    return found is not None


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


async def read_team_entries(team_id: UUID) -> tuple[TeamEntry, ...]:
    """The entries of a team in the order of their tracks."""
    rows = await store.fetch(
        "SELECT entry.id, entry.track_id, entry.created_at, count(submission.id) AS submissions"
        " FROM entry JOIN track ON track.id = entry.track_id LEFT JOIN submission ON submission.entry_id = entry.id"
        " WHERE entry.team_id = $1 GROUP BY entry.id, track.position ORDER BY track.position",
        team_id,
    )
    return tuple(TeamEntry(**dict(row)) for row in rows)


async def lock_entries(team_id: UUID, entry_id: UUID | None = None) -> frozenset[UUID]:
    """Hold the entries of a team (or the one named) until the transaction ends; returns those that are in use: with
    a submission, or bytes of one on their way.
    """
    rows = await store.fetch(
        "SELECT id FROM entry WHERE team_id = $1 AND ($2::uuid IS NULL OR id = $2) ORDER BY id FOR UPDATE",
        team_id,
        entry_id,
    )
    # A statement of its own: one that waited for a lock would still see what was there before it waited.
    used = await store.fetch(
        "SELECT id FROM entry WHERE id = ANY($1) AND (EXISTS (SELECT 1 FROM submission WHERE entry_id = entry.id)"
        " OR EXISTS (SELECT 1 FROM upload LEFT JOIN upload_part ON upload_part.upload_id = upload.id"
        " WHERE upload.entry_id = entry.id AND (upload.state = 'registered' OR upload_part.id IS NOT NULL)))",
        [row["id"] for row in rows],
    )
    return frozenset(row["id"] for row in used)


async def delete_entry(entry_id: UUID) -> None:
    """Remove an entry that is not in use."""
    await store.execute("DELETE FROM entry WHERE id = $1", entry_id)


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


def _team(row: store.Row) -> Team:
    return Team(**dict(row) | {"approval": Approval(row["approval"])})


@contextmanager
def _names_kept(name: str) -> Iterator[None]:
    try:
        yield
    except asyncpg.UniqueViolationError as error:
        if error.constraint_name != "team_name_unique":
            raise
        raise TeamNameTaken(name) from error

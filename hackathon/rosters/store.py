"""Reading of teams and people for organizers."""

from collections.abc import Mapping
from uuid import UUID

from hackathon import store
from hackathon.rosters.model import LINES_A_PAGE, PersonLine, TeamLine
from hackathon.teams.model import Approval


async def count_teams(event_id: UUID, words: str) -> Mapping[Approval, int]:
    """How many teams of an event stand how, of those that fit the words."""
    rows = await store.fetch(
        "SELECT approval, count(*) AS teams FROM team WHERE event_id = $1"
        " AND ($2 = '' OR strpos(lower(name), lower($2)) > 0 OR strpos(lower(agency), lower($2)) > 0)"
        " GROUP BY approval",
        event_id,
        words,
    )
    return {Approval(row["approval"]): row["teams"] for row in rows}


async def read_teams(event_id: UUID, words: str, approval: Approval | None, page: int) -> tuple[TeamLine, ...]:
    """A page of teams: those that wait first, the longest waiting on top; then, where the event asks for approval,
    those whose members have changed since; then by name.
    """
    rows = await store.fetch(
        "SELECT id, name, agency, venue_id, approval, approval_at, approval_reason, members_at,"
        " coalesce((SELECT account.name FROM member JOIN account ON account.id = account_id"
        "   WHERE team_id = team.id AND captain), '') AS captain,"
        " (SELECT count(*) FROM member WHERE team_id = team.id) AS members,"
        " (SELECT count(*) FROM entry WHERE team_id = team.id) AS entries"
        " FROM team WHERE event_id = $1 AND ($2::text IS NULL OR approval = $2)"
        " AND ($3 = '' OR strpos(lower(name), lower($3)) > 0 OR strpos(lower(agency), lower($3)) > 0)"
        " ORDER BY approval <> 'pending', CASE WHEN approval = 'pending' THEN approval_at END,"
        " NOT (approval = 'approved' AND members_at > approval_at"
        "   AND (SELECT (rules ->> 'approval')::boolean FROM event WHERE id = $1)), lower(name), id"
        " LIMIT $4 OFFSET $5",
        event_id,
        None if approval is None else str(approval),
        words,
        LINES_A_PAGE,
        (page - 1) * LINES_A_PAGE,
    )
    return tuple(TeamLine(**{**row, "approval": Approval(row["approval"])}) for row in rows)


async def count_people(words: str) -> tuple[int, int]:
    """How many people fit the words, and how many of them nobody confirmed."""
    row = await store.fetch_one(
        "SELECT count(*) AS people, count(*) FILTER (WHERE confirmed_at IS NULL) AS unconfirmed FROM account"
        " WHERE $1 = '' OR strpos(lower(name), lower($1)) > 0 OR strpos(lower(coalesce(email, '')), lower($1)) > 0",
        words,
    )
    return (0, 0) if row is None else (row["people"], row["unconfirmed"])


async def read_people(event_id: UUID, words: str, *, unconfirmed: bool, page: int) -> tuple[PersonLine, ...]:
    """A page of people by name; with `unconfirmed` only those whom nobody confirmed."""
    rows = await store.fetch(
        "SELECT account.id, account.name, email, confirmed_at, account.created_at, coalesce(team.name, '') AS team"
        " FROM account LEFT JOIN member ON member.account_id = account.id AND member.event_id = $1"
        " LEFT JOIN team ON team.id = member.team_id WHERE (NOT $2 OR confirmed_at IS NULL)"
        " AND ($3 = '' OR strpos(lower(account.name), lower($3)) > 0"
        "   OR strpos(lower(coalesce(email, '')), lower($3)) > 0)"
        " ORDER BY lower(account.name), account.id LIMIT $4 OFFSET $5",
        event_id,
        unconfirmed,
        words,
        LINES_A_PAGE,
        (page - 1) * LINES_A_PAGE,
    )
    return tuple(PersonLine(**row) for row in rows)

"""Where a person stands in an event: their team, its entries, what came of them. Read at once for one page."""

from dataclasses import dataclass
from uuid import UUID

from hackathon import store
from hackathon.events.model import Standing
from hackathon.teams.model import Approval


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """An entry of the person's team. `result` is the submission whose result came last, None before the first."""

    id: UUID
    track_id: UUID
    track_slug: str
    submissions: int
    result: UUID | None


@dataclass(frozen=True, slots=True)
class Participation:
    """The team of a person and its entries, in the order of the tracks."""

    team_id: UUID
    team: str
    approval: Approval
    venue_id: UUID | None
    entries: tuple[OwnEntry, ...]

    def standing(self, entry: OwnEntry) -> Standing:
        """What extensions of the deadline are matched against."""
        return Standing(team_id=self.team_id, track_id=entry.track_id, venue_id=self.venue_id)


async def participation(event_id: UUID, account_id: UUID) -> Participation | None:
    """Where a person stands in an event; None for who is in no team of it."""
    rows = await store.fetch(
        "SELECT team.id AS team_id, team.name, team.approval, team.venue_id, entry.id AS entry_id, entry.track_id,"
        " track.slug AS track, (SELECT count(*) FROM submission WHERE submission.entry_id = entry.id) AS submissions,"
        " (SELECT submission_id FROM evaluation WHERE evaluation.entry_id = entry.id AND state = 'finished'"
        " AND case_set = 'board' ORDER BY finished_at DESC LIMIT 1) AS result"
        " FROM member JOIN team ON team.id = member.team_id LEFT JOIN entry ON entry.team_id = team.id"
        " LEFT JOIN track ON track.id = entry.track_id WHERE team.event_id = $1 AND member.account_id = $2"
        " ORDER BY track.position",
        event_id,
        account_id,
    )
    if not rows:
        return None
    return Participation(
        team_id=rows[0]["team_id"],
        team=rows[0]["name"],
        approval=Approval(rows[0]["approval"]),
        venue_id=rows[0]["venue_id"],
        entries=tuple(
            OwnEntry(row["entry_id"], row["track_id"], row["track"], row["submissions"], row["result"])
            for row in rows
            if row["entry_id"] is not None
        ),
    )

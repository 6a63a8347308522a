"""What anybody may see of an event's teams: names, tracks, who has handed in. No score is read here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hackathon import store
from hackathon.teams.agencies import compared


@dataclass(frozen=True, slots=True)
class TeamOverview:
    """A team. `handed_in_at` is when its latest submission was received, None before the first."""

    id: UUID
    name: str
    agency: str
    tracks: frozenset[UUID]
    handed_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The teams of an event in the order in which they were made, and how many submissions they handed in."""

    teams: tuple[TeamOverview, ...]
    submissions: int

    @property
    def agencies(self) -> int:
        """How many agencies the teams come from."""
        return len({compared(team.agency) for team in self.teams})

    @property
    def latest(self) -> TeamOverview | None:
        """The team that handed in last."""
        return max(
            (team for team in self.teams if team.handed_in_at is not None),
            key=lambda team: (team.handed_in_at, team.id),
            default=None,
        )

    def entries(self, track_id: UUID) -> int:
        """How many teams are in a track."""
        return sum(track_id in team.tracks for team in self.teams)


async def overview(event_id: UUID) -> Overview:
    """The teams of an event; an empty one for an event that is not there."""
    rows = await store.fetch(
        "SELECT team.id, team.name, team.agency, max(received_at) AS handed_in_at, count(submission.id) AS submissions,"
        " array_agg(DISTINCT entry.track_id) FILTER (WHERE entry.track_id IS NOT NULL) AS tracks"
        " FROM team LEFT JOIN entry ON entry.team_id = team.id LEFT JOIN submission ON submission.entry_id = entry.id"
        " WHERE team.event_id = $1 GROUP BY team.id ORDER BY team.created_at, team.id",
        event_id,
    )
    return Overview(
        teams=tuple(
            TeamOverview(row["id"], row["name"], row["agency"], frozenset(row["tracks"] or ()), row["handed_in_at"])
            for row in rows
        ),
        submissions=sum(row["submissions"] for row in rows),
    )


async def team_names(team_ids: Iterable[UUID]) -> Mapping[UUID, tuple[str, str]]:
    """Name and agency of teams by id; teams that are gone are left out."""
    rows = await store.fetch("SELECT id, name, agency FROM team WHERE id = ANY($1)", list(team_ids))
    return {row["id"]: (row["name"], row["agency"]) for row in rows}


async def entry_counts(event_id: UUID) -> Mapping[UUID, int]:
    """How many teams are in each track of an event; a track without any is left out."""
    rows = await store.fetch(
        "SELECT track_id, count(*) AS entries FROM entry WHERE event_id = $1 GROUP BY track_id", event_id
    )
    return {row["track_id"]: row["entries"] for row in rows}


async def team_counts() -> Mapping[UUID, int]:
    """How many teams each event has; an event without any is left out."""
    rows = await store.fetch("SELECT event_id, count(*) AS teams FROM team GROUP BY event_id")
    return {row["event_id"]: row["teams"] for row in rows}

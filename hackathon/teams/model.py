"""Teams, members and entries as values."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hackathon.events.model import Standing


@dataclass(frozen=True, slots=True)
class Team:
    """A team of an event."""

    id: UUID
    event_id: UUID
    name: str
    agency: str
    venue_id: UUID | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a team."""

    team_id: UUID
    account_id: UUID
    name: str
    captain: bool
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A team in a track."""

    id: UUID
    event_id: UUID
    team_id: UUID
    track_id: UUID
    chosen_submission_id: UUID | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry with the names that people know it by."""

    id: UUID
    event_id: UUID
    event_slug: str
    track_id: UUID
    track_slug: str
    team_id: UUID
    team_name: str
    venue_id: UUID | None
    chosen_submission_id: UUID | None
    created_at: datetime

    @property
    def standing(self) -> Standing:
        """What extensions of the deadline are matched against."""
        return Standing(team_id=self.team_id, track_id=self.track_id, venue_id=self.venue_id)

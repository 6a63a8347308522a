"""Teams, members and entries as values; who may change them when."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hackathon.events.model import Event, Rules, Schedule, Standing, teams_lock

LONGEST_NAME = 80
LONGEST_AGENCY = 200
LONGEST_REASON = 1000


class Approval(StrEnum):
    """What the organizers say of a team's right to take part. Without a rule that asks for it, all are approved."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Team:
    """A team of an event. `approval_at` is since when it stands as it does; a rejection has its `approval_reason`.
    `members_at` is when somebody last came or went.
    """

    id: UUID
    event_id: UUID
    name: str
    agency: str
    venue_id: UUID | None
    created_at: datetime
    approval: Approval
    approval_at: datetime
    members_at: datetime
    approval_reason: str | None = None

    @property
    def version(self) -> str:
        """See `version_of`."""
        return version_of(self.approval_at, self.members_at)

    def stands(self, approval: Approval, reason: str | None, rules: Rules) -> bool:
        """Whether the organizers have said this of it already, and of the people who are in it now."""
        same = self.approval is approval and self.approval_reason == reason
        return same and not members_changed(self.approval, self.approval_at, self.members_at, rules)

    def may_hand_in(self, rules: Rules) -> bool:
        """Whether the team's approval stands in the way of handing in."""
        return self.approval is Approval.APPROVED or (self.approval is Approval.PENDING and not rules.approval)


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
class TeamEntry:
    """An entry as its team's page lists it: `submissions` counts what was handed in."""

    id: UUID
    track_id: UUID
    submissions: int
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


@dataclass(frozen=True, slots=True)
class Invitation:
    """A team's living invitation. Whoever has `secret` may join until teams are fixed or the team is full."""

    id: UUID
    team_id: UUID
    made_at: datetime
    secret: str = field(repr=False)


class Obstacle(StrEnum):
    """Why an invitation cannot be followed now."""

    REVOKED = "revoked"
    NOT_OPEN = "not_open"
    LOCKED = "locked"
    FULL = "full"
    OTHER_TEAM = "other_team"
    SAME_TEAM = "same_team"


@dataclass(frozen=True, slots=True)
class InvitationView:
    """What an invitation shows to whoever follows it. `captain` is who invites; `own` is the visitor's team of the
    event where there is one; `obstacle` is what stands in the way.
    """

    event: Event
    team: Team
    captain: str
    members: int
    own: Team | None
    obstacle: Obstacle | None

    @property
    def seats(self) -> int:
        """How many more people fit in."""
        return max(0, self.event.rules.team_size_max - self.members)


def version_of(approval_at: datetime, members_at: datetime) -> str:
    """Another word after each decision on a team and each change of its members: who decides sends back the one they
    saw.
    """
    return max(approval_at, members_at).isoformat()


def members_changed(approval: Approval, approval_at: datetime, members_at: datetime, rules: Rules) -> bool:
    """Whether a team was approved with other members than it has now. Its approval stands all the same: what it hands
    in must not be lost because a colleague fell ill; the organizers see it and can decide again.
    """
    return rules.approval and approval is Approval.APPROVED and members_at > approval_at


def members_open(schedule: Schedule, now: datetime) -> bool:
    """Whether teams themselves may change who is in them."""
    return schedule.registration_opens <= now < teams_lock(schedule)


def teams_open(schedule: Schedule, now: datetime) -> bool:
    """Whether teams themselves may change their name and tracks: during registration and building."""
    return schedule.registration_opens <= now < schedule.building_closes


def obstacle(
    event: Event, team: Team, members: int, *, own: Team | None, revoked: bool, now: datetime
) -> Obstacle | None:
    """What keeps somebody whose team of the event is `own` from following an invitation; None: nothing.

    The first reason that the person can do something about stands before those that pass with time.
    """
    if own is not None:
        return Obstacle.SAME_TEAM if own.id == team.id else Obstacle.OTHER_TEAM
    if revoked:
        return Obstacle.REVOKED
    if now < event.schedule.registration_opens:
        return Obstacle.NOT_OPEN
    if now >= teams_lock(event.schedule):
        return Obstacle.LOCKED
    return Obstacle.FULL if members >= event.rules.team_size_max else None

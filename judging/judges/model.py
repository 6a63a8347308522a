"""Judges, their invitations and conflicts as values."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from hackathon.mail import Fate
from hackathon.teams.agencies import compared, official

LIFE = timedelta(days=14)
"""How long a link may be used."""

AGAIN = timedelta(minutes=1)
"""So soon after a link was mailed it is not mailed again: somebody pressed twice."""


class State(StrEnum):
    """Where a judge stands."""

    INVITED = "invited"
    ACTIVE = "active"
    LEFT = "left"


class Source(StrEnum):
    """Who said that a judge must not judge a team."""

    DECLARED = "declared"
    ORGANIZER = "organizer"
    RECUSAL = "recusal"


@dataclass(frozen=True, slots=True)
class Judge:
    """A judge of an event. `account_id` is None until the invitation was accepted; `max_load` None: no limit;
    `declared_at` None until the judge has said which teams they must not judge, if any. `language` is that
    of the invitation.
    """

    id: UUID
    event_id: UUID
    account_id: UUID | None
    name: str
    email: str | None
    agency: str
    expertise: tuple[str, ...]
    max_load: int | None
    state: State
    declared_at: datetime | None = None
    language: str = "id"


@dataclass(frozen=True, slots=True)
class JudgeLine:
    """A judge in the organizers' list: open work, scorecards sent, until when a link works, conflicts. `letter` is what
    became of the letter with that link, None where the link was not mailed.
    """

    judge: Judge
    work: int
    sent: int
    link_until: datetime | None
    conflicts: int
    letter: Fate | None = None


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link just made: `secret` is shown once and kept nowhere."""

    judge: Judge
    until: datetime
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it is kept, with the judge it is for. `mailed`: it stood in a letter to the judge's address and nowhere
    else.
    """

    id: UUID
    judge: Judge
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    mailed: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """That a judge must not judge a team."""

    team_id: UUID
    team: str
    source: Source
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Departure:
    """A judge who left by their own wish."""

    judge_id: UUID
    name: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TeamName:
    """A team of the event, as judges see it."""

    id: UUID
    name: str
    agency: str


def same_agency(one: str, other: str) -> bool:
    """Whether two names mean one agency, however they are spelled; an empty name means none."""
    first, second = compared(official(one)), compared(official(other))
    return bool(first) and first == second

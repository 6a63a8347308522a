"""Teams and people as organizers list them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hackathon.teams.model import Approval

LINES_A_PAGE = 50
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team in the list. `approval_at` is since when it stands as it does, `members_at` when somebody last came or
    went; `captain` is empty for a team of nobody.
    """

    id: UUID
    name: str
    agency: str
    venue_id: UUID | None
    approval: Approval
    approval_at: datetime
    approval_reason: str | None
    members_at: datetime
    captain: str
    members: int
    entries: int


@dataclass(frozen=True, slots=True)
class TeamPage:
    """A page of teams, those that wait first. `counts` are those of each approval under the other filters."""

    rows: tuple[TeamLine, ...]
    counts: Mapping[Approval, int]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in the list. `team` is that of the event, empty for somebody in none."""

    id: UUID
    name: str
    email: str | None
    confirmed_at: datetime | None
    team: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of people; `unconfirmed` counts those whom nobody confirmed, of all that fit the search."""

    rows: tuple[PersonLine, ...]
    unconfirmed: int
    total: int
    page: int
    pages: int


def searched(words: str) -> str:
    """What is looked for, without what no name holds."""
    return " ".join(words.replace("\0", " ").split())[:LONGEST_SEARCH]


def page_of(total: int, wanted: int) -> tuple[int, int]:
    """The page that is shown (one past the last gives the last), and how many there are; both from 1."""
    pages = max(1, -(-total // LINES_A_PAGE))
    return min(max(wanted, 1), pages), pages

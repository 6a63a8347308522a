"""Assignments as values: the pair of the arithmetic, and what is kept of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Assignment:
    """This judge judges this entry."""

    judge_id: UUID
    entry_id: UUID


class Kind(StrEnum):
    """What an assignment is for: a sample that all judges score first, the first round, the final one."""

    CALIBRATION = "calibration"
    REVIEW = "review"
    FINAL = "final"


class State(StrEnum):
    """How an assignment stands: `RECUSED` by its judge, `WITHDRAWN` by an organizer or a conflict of interest."""

    OPEN = "open"
    RECUSED = "recused"
    WITHDRAWN = "withdrawn"


class Card(StrEnum):
    """How far its scorecard is. `BEGUN`: something was written; `REOPENED`: it was sent before."""

    NONE = "none"
    BEGUN = "begun"
    SENT = "sent"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """An assignment with what is around it. `reason` says why it ended; `position` is its place in the judge's list.

    `account_id` is the judge's, None while the invitation was not accepted.
    """

    id: UUID
    event_id: UUID
    judge_id: UUID
    account_id: UUID | None
    judge: str
    entry_id: UUID
    team_id: UUID
    track_id: UUID
    team: str
    agency: str
    kind: Kind
    position: int
    state: State
    reason: str
    made_at: datetime
    ended_at: datetime | None
    card: Card

    @property
    def pair(self) -> Assignment:
        """Who judges what."""
        return Assignment(self.judge_id, self.entry_id)

    @property
    def begun(self) -> bool:
        """Whether the judge has worked on it."""
        return self.card is not Card.NONE


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that judges are to see. `fixed`: which submission they score is settled."""

    entry_id: UUID
    team_id: UUID
    track_id: UUID
    team: str
    agency: str
    fixed: bool

    def as_fixed(self) -> "Candidate":
        """The same, fixed."""
        return replace(self, fixed=True)


@dataclass(frozen=True, slots=True)
class Seat:
    """A judge who takes work, as planning sees one. `max_load` None: as the rules say."""

    judge_id: UUID
    name: str
    agency: str
    max_load: int | None

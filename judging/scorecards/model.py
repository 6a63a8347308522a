"""Scorecards as values: what a judge wrote, what may still be done with it, and how a step is taken back. Pure."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from judging.composite.decimals import weighted_mean
from judging.rubrics import KeptRevision, Rubric, missing, rating_points
from judging.rubrics.model import HIGHEST, LOWEST
from judging.rules import JudgingRules

WHOLE = ""
"""The field of notes and feedback that are about no single criterion."""

LONGEST = 4000
"""Letters of a note, or of what is said to the team."""

_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
_JOINERS = ("\u200c", "\u200d")


class Part(StrEnum):
    """What a judge writes: a rating by criterion, notes that only the judge reads, feedback that the team reads."""

    RATINGS = "ratings"
    NOTES = "notes"
    FEEDBACK = "feedback"


class Kind(StrEnum):
    """What an assignment is for: a sample that all judges score first, the first round, the final one."""

    CALIBRATION = "calibration"
    REVIEW = "review"
    FINAL = "final"


class State(StrEnum):
    """Whether a scorecard is the judge's still, or sent."""

    DRAFT = "draft"
    SENT = "sent"


class Lock(StrEnum):
    """Why a scorecard can't be changed. `SENT` by the judge, `CLOSED` with judging, `ENDED` with the assignment,
    `LIFTED` while its team has time again.
    """

    SENT = "sent"
    CLOSED = "closed"
    ENDED = "ended"
    LIFTED = "lifted"


Value = int | str | None
"""A rating from 1 to 5, or words; None: nothing there."""


@dataclass(frozen=True, slots=True)
class Change:
    """One saved field. `undoes` is the version of the change that this one took back."""

    version: int
    part: Part
    field: str
    value: Value
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """An assignment with everything that its pages say around it, and where its scorecard stands.

    `version` 0: not begun; `rated` of the criteria have a rating. `ended`: the judge withdrew, or somebody took it
    back. `submission_id` is None before there is a scorecard.
    """

    assignment_id: UUID
    judge_id: UUID
    account_id: UUID | None
    active: bool
    declared: bool
    event_id: UUID
    entry_id: UUID
    team_id: UUID
    track_id: UUID
    team: str
    agency: str
    kind: Kind
    position: int
    ended: bool
    version: int
    state: State
    rated: int
    submission_id: UUID | None
    points: float | None
    saved_at: datetime | None
    sent_at: datetime | None
    reopened_at: datetime | None

    @property
    def sent(self) -> bool:
        """Whether it is done."""
        return self.state is State.SENT

    @property
    def code(self) -> str:
        """What a blind judge calls the entry. Ids of entries stand in the public board, so it is made of another."""
        return self.assignment_id.hex[:6].upper()


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A judge's scorecard. `lock` None: it may be changed. `moved`: what was fixed changed since it was begun, so it is
    for another version now. `reopened` is the organizers' reason, where they gave it back.
    """

    id: UUID
    work: Work
    rules: JudgingRules
    rubric: KeptRevision
    submission_id: UUID
    version: int
    ratings: Mapping[str, int]
    notes: Mapping[str, str]
    feedback: Mapping[str, str]
    lock: Lock | None
    can_undo: bool
    seen_metrics: bool
    started_at: datetime
    saved_at: datetime
    moved: bool = False
    newer_rubric: bool = False
    reopened: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Criteria without a rating."""
        return missing(self.rubric.rubric, self.ratings)

    @property
    def so_far(self) -> float | None:
        """Points of what is rated already, 0 to 100; None before the first rating."""
        return points_so_far(self.rubric.rubric, self.ratings)


@dataclass(frozen=True, slots=True)
class Saved:
    """A field is kept. `others` are fields that changed elsewhere since the version that the judge saw."""

    version: int
    at: datetime
    part: Part
    field: str
    value: Value
    ratings: Mapping[str, int]
    can_undo: bool
    others: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedAll:
    """A whole form is kept, but for fields that changed elsewhere: `conflicts` say what stands there."""

    version: int
    conflicts: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class SentCard:
    """A scorecard that was sent. `standing`: its assignment did not end afterwards (by recusal, say)."""

    assignment_id: UUID
    judge_id: UUID
    entry_id: UUID
    track_id: UUID
    kind: Kind
    points: float
    ratings: Mapping[str, int]
    rubric_id: UUID
    submission_id: UUID
    sent_at: datetime
    feedback: Mapping[str, str] = field(default_factory=dict)
    standing: bool = True


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a judge is, over assignments that did not end. `begun` of them are drafts; `last_at` is the last save."""

    judge_id: UUID
    assigned: int
    begun: int
    sent: int
    last_at: datetime | None

    @property
    def left(self) -> int:
        """What is still to be sent."""
        return self.assigned - self.sent


def points_so_far(rubric: Rubric, ratings: Mapping[str, int]) -> float | None:
    """Points of what is rated, by the weights of just those criteria: 0 to 100, or None where nothing is."""
    rated = [(one.weight, rating_points(ratings[one.key])) for one in rubric.criteria if one.key in ratings]
    return weighted_mean(rated) if rated else None


def tidy(text: str) -> str:
    """Words as they are kept: NFC, lines end in `\\n`, no signs that do not show, nothing at the ends."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = (sign for sign in plain if sign in "\n\t" or sign in _JOINERS or unicodedata.category(sign) not in _UNSEEN)
    return "".join(kept).strip()


def is_rating(value: object) -> bool:
    """Whether a value is a rating."""
    return isinstance(value, int) and not isinstance(value, bool) and LOWEST <= value <= HIGHEST


def stack(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The steps that can be taken back, the last one on top. `changes` in their order."""
    steps: list[Change] = []
    for change in changes:
        if change.undoes is None:
            steps.append(change)
        else:
            steps = [step for step in steps if step.version != change.undoes]
    return tuple(steps)


def value_at(changes: Iterable[Change], part: Part, field: str, version: int) -> Value:
    """What a field held in a version. `changes` in their order."""
    held: Value = None
    for change in changes:
        if change.version > version:
            break
        if (change.part, change.field) == (part, field):
            held = change.value
    return held


def changed_since(changes: Sequence[Change], version: int) -> dict[tuple[Part, str], Change]:
    """The last change of each field after a version."""
    return {(change.part, change.field): change for change in changes if change.version > version}


def with_value(values: Mapping[str, int] | Mapping[str, str], name: str, value: Value) -> dict[str, int | str]:
    """The same values with one set, or left out for None."""
    kept: dict[str, int | str] = {key: old for key, old in values.items() if key != name}
    if value is not None:
        kept[name] = value
    return kept

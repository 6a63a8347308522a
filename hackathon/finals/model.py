"""Which submission of an entry is judged, and from when on: values and pure rules.

An entry is fixed once its own deadline has passed and nothing that counts can change any more:

- What the team chose itself is fixed at once: bytes that still arrive cannot change a choice.
- Else it is the latest evaluated version, so everything that was announced in time has to be here (or its 30 minutes
  over), and every newer version tested.

A later deadline (an extension, another schedule) takes the fixing back until then: a revision stands only while the
entry's deadline is not later than the one it was made by.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hackathon.evaluations import State, Version, counting
from hackathon.events import Standing
from hackathon.submissions.model import may_arrive
from sandbox.model import Status
from sandbox.qualities import Productivity


class Stage(StrEnum):
    """How far the fixing of an entry is.

    `OPEN`: its deadline is not over. `ARRIVING`: bytes announced in time may still come. `TESTING`: a version that may
    count is being tested. `NOTHING`: it has no version that counts. `DUE`: it can be fixed now.
    """

    OPEN = "open"
    ARRIVING = "arriving"
    TESTING = "testing"
    NOTHING = "nothing"
    DUE = "due"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Revision:
    """What was written down last of an entry. `submission_id` None: it was lifted."""

    number: int
    submission_id: UUID | None
    deadline: datetime
    made_at: datetime

    def stands(self, deadline: datetime) -> bool:
        """Whether it fixes a submission under the entry's deadline as it is now."""
        return self.submission_id is not None and deadline <= self.deadline


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """An entry, as far as fixing looks at it. `announced` are the moments at which uploads and commits that are still
    on their way were announced; `versions` are the newest first.
    """

    entry_id: UUID
    standing: Standing
    chosen: UUID | None
    revision: Revision | None
    announced: tuple[datetime, ...] = ()
    submissions: int = 0
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done with an entry. `submission` is the one to be fixed (`DUE`); `lift`: what was fixed no longer
    stands, because its team has time again.
    """

    stage: Stage
    submission: Version | None = None
    lift: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """The submission of an entry that judges score, fixed at `fixed_at`.

    `image` (the engine's id) is what its `final` evaluation ran, before that what the board's did; None while nobody
    knows one. `revision` counts how often it was written down, liftings too.
    """

    entry_id: UUID
    team_id: UUID
    track_id: UUID
    submission_id: UUID
    number: int
    fixed_at: datetime
    deadline: datetime
    revision: int
    image: str | None


@dataclass(frozen=True, slots=True)
class FinalEvaluation:
    """Where the `final` evaluation of a submission is: its latest round. Score and status once it has finished."""

    id: UUID
    submission_id: UUID
    state: State
    round: int
    queued_at: datetime
    finished_at: datetime | None
    status: Status | None
    score: float | None
    low: float | None
    high: float | None
    failures: int
    reason: str | None
    failed_on: str | None
    productivity: Productivity | None = None


@dataclass(frozen=True, slots=True)
class EntryFinal:
    """What organizers see of an entry: how far it is, what is judged, how that does on the final cases, and all
    revisions, the newest first.
    """

    stage: Stage
    deadline: datetime
    judged: Judged | None
    evaluation: FinalEvaluation | None
    history: tuple[tuple[Revision, int | None], ...]


@dataclass(frozen=True, slots=True)
class Overdue:
    """Entries of an event whose deadline is over, that organizers should know of.

    `unfixed` wait for what `Stage.TESTING` or `ARRIVING` waits for, `since` is the earliest of their deadlines.
    `without` handed something in and have nothing that counts. `unplanned` are fixed, and no final evaluation is
    planned, since `unplanned_since`.
    """

    unfixed: int = 0
    since: datetime | None = None
    without: int = 0
    unplanned: int = 0
    unplanned_since: datetime | None = None


def decide(facts: EntryFacts, deadline: datetime, now: datetime) -> Decision:
    """What is to be done with an entry at `now`."""
    revision = facts.revision
    if now < deadline:
        return Decision(Stage.OPEN, lift=revision is not None and revision.submission_id is not None)
    if revision is not None and revision.stands(deadline):
        return Decision(Stage.FIXED)
    if facts.chosen is not None:
        chosen = counting(facts.versions, facts.chosen)
        if chosen is not None and chosen.submission_id == facts.chosen:
            return Decision(Stage.DUE, chosen)
    if any(may_arrive(moment, deadline, now) for moment in facts.announced):
        return Decision(Stage.ARRIVING)
    return _latest(facts.versions)


def _latest(versions: Sequence[Version]) -> Decision:
    """The latest evaluated version, unless it or a newer one is being tested."""
    counted = counting(versions, None)
    if any(v.state is not State.FINISHED and (counted is None or v.number >= counted.number) for v in versions):
        return Decision(Stage.TESTING)
    return Decision(Stage.NOTHING) if counted is None else Decision(Stage.DUE, counted)

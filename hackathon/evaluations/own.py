"""What one entry knows of itself: its latest score, also while the board stands still, and what is under way."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hackathon import store as database
from hackathon.evaluations.model import State
from sandbox.model import Status


@dataclass(frozen=True, slots=True)
class OwnScore:
    """An entry's latest submission that counts. `score`, `low` and `high` are 0 to 100."""

    submission_id: UUID
    number: int
    status: Status
    score: float
    low: float
    high: float
    finished_at: datetime


@dataclass(frozen=True, slots=True)
class OwnWork:
    """An entry's latest submission that is not finished."""

    submission_id: UUID
    number: int
    state: State


async def own_score(entry_id: UUID) -> OwnScore | None:
    """The score that the entry's board row is made from, read for this entry alone; None before the first."""
    row = await database.fetch_one(
        "SELECT submission.id AS submission_id, number, status, score, low, high, finished_at"
        " FROM submission JOIN evaluation ON evaluation.submission_id = submission.id"
        " WHERE submission.entry_id = $1 AND charged AND state = 'finished' AND case_set = 'board'"
        " ORDER BY number DESC, round DESC LIMIT 1",
        entry_id,
    )
    return None if row is None else OwnScore(**{**row, "status": Status(row["status"])})


async def own_work(entry_id: UUID) -> OwnWork | None:
    """The entry's newest submission that waits or is worked on; None where all are finished."""
    row = await database.fetch_one(
        "SELECT submission.id AS submission_id, number, state"
        " FROM submission JOIN evaluation ON evaluation.submission_id = submission.id"
        " WHERE submission.entry_id = $1 AND state <> 'finished' AND case_set = 'board' ORDER BY number DESC LIMIT 1",
        entry_id,
    )
    return None if row is None else OwnWork(**{**row, "state": State(row["state"])})

"""The submissions of an entry with how each was evaluated, and which of them counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hackathon import store as database
from hackathon.evaluations.model import State
from sandbox.model import Status


@dataclass(frozen=True, slots=True)
class Version:
    """One submission of an entry.

    `state` is where its evaluation on the board's cases is now; `status`, `score`, `low`, `high` (0 to 100) and
    `finished_at` are of the last round that has finished, None before the first. `failures` counts those of our side.
    """

    submission_id: UUID
    number: int
    filename: str
    received_at: datetime
    charged: bool
    state: State
    round: int
    failures: int
    status: Status | None
    score: float | None
    low: float | None
    high: float | None
    finished_at: datetime | None

    @property
    def evaluated(self) -> bool:
        """Whether it can count: all cases done, or a failure that is charged to the team."""
        return self.status is not None and self.charged


async def versions_of(entry_id: UUID) -> tuple[Version, ...]:
    """The submissions of an entry, newest first."""
    rows = await database.fetch(
        "SELECT submission.id AS submission_id, number, filename, received_at, charged, latest.state, latest.round,"
        " latest.failures, ended.status, ended.score, ended.low, ended.high, ended.finished_at"
        " FROM submission"
        " JOIN LATERAL (SELECT state, round, failures FROM evaluation WHERE submission_id = submission.id"
        "   AND case_set = 'board' ORDER BY round DESC LIMIT 1) AS latest ON true"
        " LEFT JOIN LATERAL (SELECT status, score, low, high, finished_at FROM evaluation"
        "   WHERE submission_id = submission.id AND case_set = 'board' AND state = 'finished'"
        "   ORDER BY round DESC LIMIT 1) AS ended ON true"
        " WHERE submission.entry_id = $1 ORDER BY number DESC",
        entry_id,
    )
    return tuple(
        Version(
            **{
                **row,
                "state": State(row["state"]),
                "status": None if row["status"] is None else Status(row["status"]),
            }
        )
        for row in rows
    )


def counting(versions: Iterable[Version], chosen: UUID | None) -> Version | None:
    """Which version counts in the result: the chosen one, else the latest evaluated one; None where there is none."""
    known = tuple(versions)
    for version in known:
        if version.submission_id == chosen:
            return version
    return max((version for version in known if version.evaluated), key=lambda version: version.number, default=None)

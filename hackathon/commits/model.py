"""A commit on its way, as a value."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sandbox.model import Text

ASKS, ASKS_SPAN = 20, timedelta(hours=1)
"""So many commits of an entry may be asked for within any hour."""


class FetchState(StrEnum):
    """Where it stands. `WAITING` and `FETCHING` are work for a worker; `RECEIVED` has become a submission."""

    WAITING = "waiting"
    FETCHING = "fetching"
    RECEIVED = "received"
    REFUSED = "refused"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class CommitFetch:
    """A commit that was asked for. `revision` is what was asked, `commit` what it is, as soon as that is known.

    `message` says why it was refused, or what was wrong with the last try; `failures` counts tries that came to
    nothing. `submission_id` is what became of it. The time of asking is the one that counts for the deadline.
    """

    id: UUID
    entry_id: UUID
    account_id: UUID
    author: str
    repository: str
    revision: str
    commit: str | None
    state: FetchState
    asked_at: datetime
    finished_at: datetime | None
    failures: int
    message: Text | None
    submission_id: UUID | None

    @property
    def under_way(self) -> bool:
        """Whether a worker has still to fetch it."""
        return self.state in (FetchState.WAITING, FetchState.FETCHING)

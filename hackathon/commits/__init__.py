"""A commit that a team names instead of sending an archive: asked for, fetched by a worker, handed in like any archive.

`Fetcher` stands in `hackathon.commits.fetching`: only the worker process needs it.
"""

from hackathon.commits.errors import (
    AddressInvalid,
    FetchBusy,
    FetchOver,
    FetchUnknown,
    GitOff,
    RevisionInvalid,
    TooManyFetches,
)
from hackathon.commits.model import CommitFetch, FetchState
from hackathon.commits.service import ask_commit, cancel_fetch, fetch_state, latest_fetch

__all__ = [
    "AddressInvalid",
    "CommitFetch",
    "FetchBusy",
    "FetchOver",
    "FetchState",
    "FetchUnknown",
    "GitOff",
    "RevisionInvalid",
    "TooManyFetches",
    "ask_commit",
    "cancel_fetch",
    "fetch_state",
    "latest_fetch",
]

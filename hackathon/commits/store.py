"""Reading and writing of commits that were asked for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from hackathon import store
from hackathon.commits import tables
from hackathon.commits.model import CommitFetch, FetchState
from sandbox.model import Text

_FETCH = """
SELECT git_fetch.id, git_fetch.entry_id, git_fetch.account_id, account.name AS author, git_fetch.repository, revision,
    git_fetch.commit, state, asked_at, finished_at, failures, message, submission.id AS submission_id
FROM git_fetch JOIN account ON account.id = git_fetch.account_id
    LEFT JOIN submission ON submission.upload_id = git_fetch.id
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """A commit in a worker's hands; later writes must name its attempt."""

    fetch_id: UUID
    entry_id: UUID
    account_id: UUID
    repository: str
    revision: str
    commit: str | None
    asked_at: datetime
    attempt: int
    failures: int


async def insert(fetch: CommitFetch) -> None:
    """Keep what was asked for; it is wanted at once."""
    await tables.GitFetch(
        id=fetch.id,
        entry_id=fetch.entry_id,
        account_id=fetch.account_id,
        repository=fetch.repository,
        revision=fetch.revision,
        state=str(fetch.state),
        asked_at=fetch.asked_at,
        attempt=0,
        due_at=await store.clock(),
        failures=0,
    ).save()


async def read(fetch_id: UUID, *, lock: bool = False) -> CommitFetch | None:
    """The one with this id; with `lock` held until the transaction ends."""
    held = " FOR UPDATE OF git_fetch" if lock else ""
    row = await store.fetch_one(f"{_FETCH} WHERE git_fetch.id = $1{held}", fetch_id)
    return None if row is None else _fetch(row)


async def read_latest(entry_id: UUID) -> CommitFetch | None:
    """What was asked for last."""
    row = await store.fetch_one(
        f"{_FETCH} WHERE git_fetch.entry_id = $1 ORDER BY asked_at DESC, git_fetch.id LIMIT 1", entry_id
    )
    return None if row is None else _fetch(row)


async def read_under_way(entry_id: UUID) -> CommitFetch | None:
    """The one that a worker has still to fetch."""
    row = await store.fetch_one(
        f"{_FETCH} WHERE git_fetch.entry_id = $1 AND state IN ('waiting', 'fetching') LIMIT 1", entry_id
    )
    return None if row is None else _fetch(row)


async def nth_newest_ask(entry_id: UUID, number: int) -> datetime | None:
    """When the entry's commit was asked for that is `number`th from the newest; None without one."""
    moment: datetime | None = await store.fetch_value(
        "SELECT asked_at FROM git_fetch WHERE entry_id = $1 ORDER BY asked_at DESC OFFSET $2 LIMIT 1",
        entry_id,
        number - 1,
    )
    return moment


async def cancel(fetch_id: UUID, now: datetime) -> bool:
    """Nobody wants it any more; False where it has come to its end, or is being handed in."""
    touched = await store.execute(
        "UPDATE git_fetch SET state = 'cancelled', lease_until = NULL, finished_at = $2"
        " WHERE id = $1 AND state IN ('waiting', 'fetching')"
        " AND NOT EXISTS (SELECT 1 FROM upload WHERE upload.id = git_fetch.id)",
        fetch_id,
        now,
    )
    return touched > 0


async def claim(lease: timedelta) -> Claim | None:
    """Take one that waits, or one whose holder was not heard of in time: first of the entry that asked least within the
    hour, then the one that has waited longest.
    """
    row = await store.fetch_one(
        "UPDATE git_fetch SET state = 'fetching', attempt = attempt + 1, lease_until = clock_timestamp() + $1,"
        " failures = failures + CASE state WHEN 'fetching' THEN 1 ELSE 0 END"
        " WHERE id = (SELECT id FROM git_fetch WHERE (state = 'waiting' AND due_at <= clock_timestamp())"
        " OR (state = 'fetching' AND lease_until < clock_timestamp())"
        " ORDER BY (SELECT count(*) FROM git_fetch AS other WHERE other.entry_id = git_fetch.entry_id"
        " AND other.asked_at > clock_timestamp() - interval '1 hour'), due_at LIMIT 1 FOR UPDATE SKIP LOCKED)"
        " RETURNING id AS fetch_id, entry_id, account_id, repository, revision, commit, asked_at, attempt, failures",
        lease,
    )
    return None if row is None else Claim(**row)


async def keep_lease(claim: Claim, lease: timedelta) -> bool:
    """Hold it longer; False where it is not ours any more."""
    return await _touch(claim, "lease_until = clock_timestamp() + $3", lease)


async def hold(claim: Claim) -> bool:
    """Keep everybody else from it until the transaction ends; False where it is not ours any more."""
    return await _touch(claim, "attempt = attempt")


async def name_commit(claim: Claim, commit: str) -> bool:
    """What was asked for is this commit, also for the next try; False where it is not ours any more."""
    return await _touch(claim, "commit = $3", commit)


async def give_back(claim: Claim, *, pause: timedelta, failed: bool, message: Text | None = None) -> bool:
    """Let somebody try again after a pause. `message` is what was wrong."""
    return await _touch(
        claim,
        "state = 'waiting', lease_until = NULL, due_at = clock_timestamp() + $3, failures = failures + $4,"
        " message = $5::jsonb",
        pause,
        int(failed),
        None if message is None else msgspec.json.encode(message).decode(),
    )


async def finish(claim: Claim, state: FetchState, message: Text | None, now: datetime) -> bool:
    """Note what became of it; False where it is not ours any more."""
    return await _touch(
        claim,
        "state = $3, lease_until = NULL, finished_at = $4, message = $5::jsonb",
        str(state),
        now,
        None if message is None else msgspec.json.encode(message).decode(),
    )


async def _touch(claim: Claim, change: str, *values: object) -> bool:
    touched = await store.execute(
        f"UPDATE git_fetch SET {change} WHERE id = $1 AND attempt = $2 AND state = 'fetching'",  # noqa: S608 - our own words
        claim.fetch_id,
        claim.attempt,
        *values,
    )
    return touched > 0


def _fetch(row: store.Row) -> CommitFetch:
    values = dict(row)
    message = values.pop("message")
    return CommitFetch(
        **{
            **values,
            "state": FetchState(values["state"]),
            "message": None if message is None else msgspec.json.decode(message, type=Text),
        }
    )

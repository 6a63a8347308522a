"""Reading and writing of try-outs. Every write of a worker names the claim's attempt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from hackathon import store
from hackathon.evaluations.encoding import as_json
from hackathon.tryouts import tables
from hackathon.tryouts.model import ANSWER_LETTERS, CallState, Tryout, TryoutCall, TryoutState
from sandbox.model import Failure, Text
from sandbox.tryout import Tried

CHANGED = "tryout"
"""The kind of notice by which workers hear of new work, and web processes of news."""

_TRYOUT = """
SELECT tryout.id, tryout.submission_id, tryout.account_id, tryout.state, asked_at, ready_at, ready_seconds, ends_at,
    ended_at, reason, note, address, submission.manifest #>> '{ui,path}' AS page
FROM tryout JOIN submission ON submission.id = tryout.submission_id
"""

_CALL = """
SELECT tryout_call.id, tryout_id, number, task_slug, input, tryout_call.asked_at, tryout_call.state, answer, clipped,
    failure, message, seconds
FROM tryout_call
"""

_END = "state = 'ended', ended_at = clock_timestamp(), lease_until = NULL, reason = $1, note = NULL"

_IMAGE = """
SELECT image FROM (
    SELECT image, 0 AS rank, round, finished_at FROM evaluation
        WHERE submission_id = $1 AND state = 'finished' AND image IS NOT NULL
    UNION ALL SELECT image, 1, 0, finished_at FROM build
        WHERE submission_id = $1 AND status = 'ok' AND image IS NOT NULL
) AS found ORDER BY rank, round DESC, finished_at DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """A try-out in a worker's hands; later writes must name its attempt. `image` is what the submission was last run
    from.
    """

    tryout_id: UUID
    submission_id: UUID
    attempt: int
    asked_at: datetime
    image: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A try-out that no worker has."""

    tryout_id: UUID
    image: str | None
    waited: timedelta


async def insert(tryout_id: UUID, submission_id: UUID, account_id: UUID, now: datetime) -> None:
    """A new one that is wanted."""
    await tables.TryoutRow(
        id=tryout_id,
        submission_id=submission_id,
        account_id=account_id,
        state=str(TryoutState.WANTED),
        attempt=0,
        asked_at=now,
    ).save()
    await store.notify(CHANGED, tryout_id)


async def read(tryout_id: UUID, *, lock: bool = False) -> Tryout | None:
    """The one with this id; with `lock` held until the transaction ends."""
    held = " FOR UPDATE OF tryout" if lock else ""
    row = await store.fetch_one(f"{_TRYOUT} WHERE tryout.id = $1{held}", tryout_id)
    return None if row is None else _tryout(row)


async def read_live(account_id: UUID) -> Tryout | None:
    """The one that a person has now."""
    row = await store.fetch_one(f"{_TRYOUT} WHERE tryout.account_id = $1 AND state <> 'ended'", account_id)
    return None if row is None else _tryout(row)


async def read_latest(submission_id: UUID, account_id: UUID) -> Tryout | None:
    """The last one that a person had of a submission."""
    row = await store.fetch_one(
        f"{_TRYOUT} WHERE tryout.submission_id = $1 AND tryout.account_id = $2 ORDER BY asked_at DESC LIMIT 1",
        submission_id,
        account_id,
    )
    return None if row is None else _tryout(row)


async def lock_person(account_id: UUID) -> None:
    """Let one request of a person at a time start something, until the transaction ends."""
    await store.execute("SELECT pg_advisory_xact_lock(hashtextextended('tryout' || $1::text, 0))", str(account_id))


async def nth_newest(account_id: UUID, number: int) -> datetime | None:
    """When the person's try-out was asked for that is `number`th from the newest; None without one."""
    moment: datetime | None = await store.fetch_value(
        "SELECT asked_at FROM tryout WHERE account_id = $1 ORDER BY asked_at DESC OFFSET $2 LIMIT 1",
        account_id,
        number - 1,
    )
    return moment


async def image_of(submission_id: UUID) -> str | None:
    """The image that a submission was last run from, else the one it was built to."""
    image: str | None = await store.fetch_value(_IMAGE, submission_id)
    return image


async def end(tryout_id: UUID, reason: Text, *, attempt: int | None = None) -> bool:
    """It runs no more; with `attempt` only where it is still that claim's. Inputs without an answer get none."""
    store.require_transaction()
    which = "id = $2 AND state <> 'ended' AND attempt = coalesce($3, attempt)"
    sql = f"UPDATE tryout SET {_END} WHERE {which} RETURNING id"  # noqa: S608 - our own words
    ended = await store.fetch(sql, as_json(reason), tryout_id, attempt)
    await _drop_calls([row["id"] for row in ended], reason)
    return bool(ended)


async def end_lost(reason: Text) -> int:
    """End those whose worker was not heard of in time; returns how many."""
    return await _end_all("state IN ('starting', 'ready') AND lease_until < clock_timestamp()", reason)


async def end_unclaimed(patience: timedelta, reason: Text) -> int:
    """End those that nobody took for so long; returns how many."""
    return await _end_all("state = 'wanted' AND asked_at < clock_timestamp() - $2::interval", reason, patience)


async def read_wanted() -> tuple[Wanted, ...]:
    """Those that no worker has, the one that has waited longest first."""
    rows = await store.fetch(
        "SELECT id, submission_id, clock_timestamp() - asked_at AS waited FROM tryout WHERE state = 'wanted'"
        " ORDER BY asked_at LIMIT 20"
    )
    return tuple([Wanted(row["id"], await image_of(row["submission_id"]), row["waited"]) for row in rows])


async def claim(tryout_id: UUID, worker_id: UUID, lease: timedelta) -> Claim | None:
    """Take one that is wanted; None where somebody else has it, or it is not wanted any more."""
    row = await store.fetch_one(
        "UPDATE tryout SET state = 'starting', attempt = attempt + 1, worker_id = $2,"
        " lease_until = clock_timestamp() + $3 WHERE id = $1 AND state = 'wanted'"
        " RETURNING submission_id, attempt, asked_at",
        tryout_id,
        worker_id,
        lease,
    )
    if row is None:
        return None
    image = await image_of(row["submission_id"])
    return Claim(tryout_id, row["submission_id"], row["attempt"], row["asked_at"], image)


async def keep_lease(claim: Claim, lease: timedelta) -> bool:
    """Hold it longer; False where it is not ours any more."""
    return await _touch(claim, "lease_until = clock_timestamp() + $3", lease)


async def note(claim: Claim, words: Text | None) -> bool:
    """Tell what takes long; False where it is not ours any more."""
    return await _touch(claim, "note = $3::jsonb", None if words is None else as_json(words))


async def begin(claim: Claim, *, lasting: timedelta, address: str | None) -> bool:
    """It is ready; False where it is not ours any more."""
    return await _touch(
        claim,
        "state = 'ready', ready_at = clock_timestamp(), note = NULL, ends_at = clock_timestamp() + $3, address = $4,"
        " ready_seconds = greatest(0, extract(epoch FROM clock_timestamp() - asked_at))",
        lasting,
        address,
    )


async def ours(claim: Claim) -> bool:
    """Whether it is still this claim's."""
    found: bool = await store.fetch_value(
        "SELECT EXISTS (SELECT 1 FROM tryout WHERE id = $1 AND attempt = $2 AND state IN ('starting', 'ready'))",
        claim.tryout_id,
        claim.attempt,
    )
    return found


async def give_back(claim: Claim) -> bool:
    """Let another worker take it."""
    return await _touch(claim, "state = 'wanted', lease_until = NULL, worker_id = NULL, note = NULL")


async def ask(call: TryoutCall) -> None:
    """Put an input into the row that the worker looks at."""
    await tables.TryoutCallRow(
        id=call.id,
        tryout_id=call.tryout_id,
        number=call.number,
        task_slug=call.task_slug,
        input=as_json(call.input),
        asked_at=call.asked_at,
        state=str(CallState.ASKED),
        clipped=False,
    ).save()
    await store.notify(CHANGED, call.tryout_id)


async def next_call(claim: Claim) -> TryoutCall | None:
    """The input that waits, now in this worker's hands."""
    row = await store.fetch_one(
        "UPDATE tryout_call SET state = 'answering' FROM tryout"
        " WHERE tryout.id = $1 AND tryout.attempt = $2 AND tryout.state = 'ready' AND tryout_id = tryout.id"
        " AND tryout_call.state = 'asked' RETURNING tryout_call.*",
        claim.tryout_id,
        claim.attempt,
    )
    return None if row is None else _call(row)


async def answer(call: TryoutCall, tried: Tried) -> bool:
    """Note what came back; False where it was given up meanwhile."""
    text, clipped = (None, False) if tried.failure is not None else _shortened(tried.output)
    touched = await store.execute(
        "UPDATE tryout_call SET state = 'answered', answer = $2, clipped = $3, failure = $4, message = $5, seconds = $6"
        " WHERE id = $1 AND state = 'answering'",
        call.id,
        text,
        clipped,
        None if tried.failure is None else str(tried.failure),
        None if tried.failure is None else as_json(tried.message or Text("Tidak ada jawaban.", "No answer.")),
        tried.seconds,
    )
    await store.notify(CHANGED, call.tryout_id)
    return touched > 0


async def count_calls(tryout_id: UUID) -> tuple[int, bool]:
    """How many inputs were put to it, and whether one still waits for its answer."""
    row = await store.fetch_one(
        "SELECT count(*) AS asked, coalesce(bool_or(state <> 'answered'), false) AS answering"
        " FROM tryout_call WHERE tryout_id = $1",
        tryout_id,
    )
    return (0, False) if row is None else (row["asked"], row["answering"])


async def read_calls(tryout_id: UUID) -> tuple[TryoutCall, ...]:
    """What was put to it, in order."""
    rows = await store.fetch(f"{_CALL} WHERE tryout_id = $1 ORDER BY number", tryout_id)
    return tuple(_call(row) for row in rows)


async def read_calls_of(submission_id: UUID, account_id: UUID, most: int) -> tuple[TryoutCall, ...]:
    """What a person put to a submission, the last one first."""
    rows = await store.fetch(
        f"{_CALL} JOIN tryout ON tryout.id = tryout_id WHERE submission_id = $1 AND account_id = $2"
        " ORDER BY tryout_call.asked_at DESC, number DESC LIMIT $3",
        submission_id,
        account_id,
        most,
    )
    return tuple(_call(row) for row in rows)


async def _end_all(which: str, reason: Text, *values: Any) -> int:
    sql = f"UPDATE tryout SET {_END} WHERE {which} RETURNING id"  # noqa: S608 - our own words
    async with store.transaction():
        ended = await store.fetch(sql, as_json(reason), *values)
        await _drop_calls([row["id"] for row in ended], reason)
    return len(ended)


async def _drop_calls(ended: Sequence[UUID], reason: Text) -> None:
    if not ended:
        return
    await store.execute(
        "UPDATE tryout_call SET state = 'answered', failure = $2, message = $3,"
        " seconds = greatest(0, extract(epoch FROM clock_timestamp() - asked_at))"
        " WHERE tryout_id = ANY($1) AND state <> 'answered'",
        list(ended),
        str(Failure.NO_CONNECTION),
        as_json(reason),
    )
    for one in ended:
        await store.notify(CHANGED, one)


async def _touch(claim: Claim, change: str, *values: object) -> bool:
    touched = await store.execute(
        f"UPDATE tryout SET {change} WHERE id = $1 AND attempt = $2"  # noqa: S608 - our own words
        " AND state IN ('starting', 'ready')",
        claim.tryout_id,
        claim.attempt,
        *values,
    )
    return touched > 0


def _shortened(output: Any) -> tuple[str, bool]:
    text = as_json(output)
    if len(text) <= ANSWER_LETTERS:
        return text, False
    return as_json(text[:ANSWER_LETTERS]), True


def _tryout(row: store.Row) -> Tryout:
    values = dict(row)
    for name in ("reason", "note"):
        values[name] = _text(values[name])
    return Tryout(**{**values, "state": TryoutState(values["state"])})


def _call(row: store.Row) -> TryoutCall:
    values = dict(row)
    failure, answered = values.pop("failure"), values.pop("answer")
    return TryoutCall(
        **{
            **values,
            "input": msgspec.json.decode(values["input"]),
            "state": CallState(values["state"]),
            "answer": None if answered is None else msgspec.json.decode(answered),
            "failure": None if failure is None else Failure(failure),
            "message": _text(values["message"]),
        }
    )


def _text(value: str | None) -> Text | None:
    return None if value is None else msgspec.json.decode(value, type=Text)

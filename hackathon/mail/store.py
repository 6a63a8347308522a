"""Reading and writing of letters. Times are the database's unless `now` is given."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from hackathon import store
from hackathon.mail.model import Fate, Kind, Standing, State


async def insert_mail(
    mail_id: UUID,
    account_id: UUID | None,
    kind: Kind,
    sealed: bytes,
    *,
    now: datetime,
    due_at: datetime,
    good_until: datetime,
) -> None:
    """Keep a letter; one with this id that is kept already stays as it is."""
    await store.execute(
        "INSERT INTO mail (id, account_id, kind, sealed, created_at, due_at, good_until)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING",
        mail_id,
        account_id,
        kind.value,
        sealed,
        now,
        due_at,
        good_until,
    )


async def claim_mail(lease: timedelta, now: datetime | None) -> store.Row | None:
    """Take the letter that is due longest; nobody else gets it for the time of the `lease`. None: nothing is due."""
    return await store.fetch_one(
        "UPDATE mail SET claim = claim + 1, due_at = coalesce($1, clock_timestamp()) + $2,"
        " first_tried_at = coalesce(first_tried_at, $1, clock_timestamp())"
        " WHERE id = (SELECT id FROM mail WHERE state = 'waiting' AND due_at <= coalesce($1, clock_timestamp())"
        " ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING *",
        now,
        lease,
    )


async def end_mail(mail_id: UUID, claim: int, state: State, *, error: str | None, now: datetime | None) -> bool:
    """Say what became of a claimed letter, and erase its content; False where the claim is no longer ours."""
    touched = await store.execute(
        "UPDATE mail SET state = $4, sealed = NULL, last_error = $5, ended_at = coalesce($1, clock_timestamp())"
        " WHERE id = $2 AND claim = $3 AND state = 'waiting'",
        now,
        mail_id,
        claim,
        state.value,
        error,
    )
    return touched == 1


async def put_off(
    mail_id: UUID, claim: int, *, refusals: int, pause: timedelta, error: str, now: datetime | None
) -> bool:
    """Give a claimed letter back, to be tried after the pause; False where the claim is no longer ours."""
    touched = await store.execute(
        "UPDATE mail SET due_at = coalesce($1, clock_timestamp()) + $4, refusals = $5, last_error = $6"
        " WHERE id = $2 AND claim = $3 AND state = 'waiting'",
        now,
        mail_id,
        claim,
        pause,
        refusals,
        error[:500],
    )
    return touched == 1


async def delete_untried(mail_ids: Collection[UUID]) -> frozenset[UUID]:
    """Delete letters that nobody claimed yet."""
    sql = "DELETE FROM mail WHERE id = ANY($1) AND state = 'waiting' AND first_tried_at IS NULL RETURNING id"
    return frozenset(row["id"] for row in await store.fetch(sql, list(mail_ids)))


async def delete_waiting(mail_ids: Collection[UUID]) -> None:
    """Delete letters that wait."""
    await store.execute("DELETE FROM mail WHERE id = ANY($1) AND state = 'waiting'", list(mail_ids))


async def read_fates(mail_ids: Collection[UUID]) -> dict[UUID, Fate]:
    """What became of letters."""
    sql = "SELECT id, state, coalesce(ended_at, created_at) AS at FROM mail WHERE id = ANY($1)"
    return {row["id"]: Fate(State(row["state"]), row["at"]) for row in await store.fetch(sql, list(mail_ids))}


async def forget_ended(before: datetime) -> int:
    """Forget letters that ended before then."""
    return await store.execute("DELETE FROM mail WHERE ended_at < $1", before)


async def read_standing(now: datetime) -> Standing:
    """How the mail stands."""
    row = await store.fetch_one(
        "SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting,"
        " min(created_at) FILTER (WHERE state = 'waiting') AS oldest_at,"
        " (array_agg(last_error ORDER BY due_at DESC) FILTER (WHERE state = 'waiting' AND last_error IS NOT NULL))[1]"
        " AS last_error,"
        " count(*) FILTER (WHERE state = 'refused' AND ended_at > $1::timestamptz - interval '24 hours') AS refused,"
        " count(*) FILTER (WHERE state = 'expired' AND ended_at > $1::timestamptz - interval '24 hours') AS expired"
        " FROM mail",
        now,
    )
    assert row is not None  # noqa: S101 - an aggregate without GROUP BY has one row
    return Standing(**dict(row))

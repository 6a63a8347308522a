"""Reading and writing of what makes an account confirmed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hackathon import store


@dataclass(frozen=True, slots=True)
class Holder:
    """What confirmation needs of an account. `claims` is an address that belongs to another account."""

    account_id: UUID
    name: str
    email: str | None
    claims: str | None
    confirmed_at: datetime | None
    language: str
    zone: str


_HOLDER = "SELECT id AS account_id, name, email, claims, confirmed_at, language, zone FROM account"


async def read_holder(account_id: UUID) -> Holder | None:
    """The account, as far as it matters here."""
    row = await store.fetch_one(f"{_HOLDER} WHERE id = $1", account_id)
    return None if row is None else Holder(**dict(row))


async def read_owner(email: str) -> Holder | None:
    """The account to which an address belongs."""
    row = await store.fetch_one(f"{_HOLDER} WHERE lower(email) = lower($1)", email)
    return None if row is None else Holder(**dict(row))


async def mark_confirmed(account_id: UUID, now: datetime) -> bool:
    """Confirm an account; False where it was, or where there is none."""
    touched = await store.execute(
        "UPDATE account SET confirmed_at = $2 WHERE id = $1 AND confirmed_at IS NULL", account_id, now
    )
    return touched == 1

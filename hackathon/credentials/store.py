"""Reading and writing of password hashes, and of registrations of an address that has an account."""

from dataclasses import dataclass
from uuid import UUID

from hackathon import store


@dataclass(frozen=True, slots=True)
class Kept:
    """An account somebody may sign in to."""

    account_id: UUID
    password_hash: str | None


async def read_by_address(email: str) -> tuple[Kept | None, Kept | None]:
    """The account that owns an address, and the one that was registered with it since."""
    found = await store.fetch(
        "SELECT id, password_hash, email IS NOT NULL AS owns FROM account"
        " WHERE lower(email) = lower($1) OR lower(claims) = lower($1)",
        email,
    )
    kept = {row["owns"]: Kept(row["id"], row["password_hash"]) for row in found}
    return kept.get(True), kept.get(False)


async def read_hash(account_id: UUID) -> str | None:
    """An account's hash; None where it has none or is not there."""
    kept: str | None = await store.fetch_value("SELECT password_hash FROM account WHERE id = $1", account_id)
    return kept


async def write_hash(account_id: UUID, password_hash: str) -> int:
    """Give an account a password; returns how many accounts that were."""
    return await store.execute("UPDATE account SET password_hash = $2 WHERE id = $1", account_id, password_hash)


async def replace_hash(account_id: UUID, old: str, new: str) -> int:
    """Put `new` where `old` is still kept; returns 0 where it is not."""
    return await store.execute(
        "UPDATE account SET password_hash = $3 WHERE id = $1 AND password_hash = $2", account_id, old, new
    )


async def drop_claim(email: str) -> None:
    """Make room for another registration of an address that has an owner: the one before goes, for nobody has ever
    confirmed it.
    """
    await store.execute(
        "DELETE FROM account a WHERE lower(a.claims) = lower($1) AND a.confirmed_at IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM member m WHERE m.account_id = a.id)",
        email,
    )
    await store.execute("UPDATE account SET claims = NULL WHERE lower(claims) = lower($1)", email)

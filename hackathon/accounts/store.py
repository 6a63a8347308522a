"""Reading and writing of accounts and tokens."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from hackathon import store
from hackathon.accounts import tables
from hackathon.accounts.errors import EmailTaken, TokenShown
from hackathon.accounts.model import Account, Consent, Token
from hackathon.model import Principal, Role

_ACCOUNT = "SELECT id, name, email, roles, created_at, confirmed_at, zone, language, claims FROM account"

_TOKEN = "SELECT id, account_id, label, created_at, expires_at, revoked_at, last_used_at FROM api_token"  # noqa: S105


async def insert_account(account: Account, password_hash: str | None = None) -> None:
    """Keep a new account. Raises EmailTaken."""
    try:
        await tables.Account(
            id=account.id,
            name=account.name,
            email=account.email,
            roles=sorted(account.roles),
            created_at=account.created_at,
            password_hash=password_hash,
            confirmed_at=account.confirmed_at,
            zone=account.zone,
            language=account.language,
            claims=account.claims,
        ).save()
    except asyncpg.UniqueViolationError as error:
        if error.constraint_name not in ("account_email_unique", "account_claims_unique"):
            raise
        raise EmailTaken from error


async def read_account(account_id: UUID) -> Account | None:
    """The account with this id."""
    row = await store.fetch_one(f"{_ACCOUNT} WHERE id = $1", account_id)
    return None if row is None else _account(row)


async def read_account_by_email(email: str) -> Account | None:
    """The account with this address, whatever its case."""
    row = await store.fetch_one(f"{_ACCOUNT} WHERE lower(email) = lower($1)", email)
    return None if row is None else _account(row)


async def read_accounts() -> tuple[Account, ...]:
    """All accounts, oldest first."""
    return tuple(_account(row) for row in await store.fetch(f"{_ACCOUNT} ORDER BY created_at, id"))


async def update_profile(account_id: UUID, name: str, zone: str, language: str) -> int:
    """Change what a person says of themselves; returns how many accounts that were (0: there is none)."""
    return await store.execute(
        "UPDATE account SET name = $2, zone = $3, language = $4 WHERE id = $1", account_id, name, zone, language
    )


async def update_roles(account_id: UUID, roles: frozenset[Role]) -> int:
    """Change what an account may do; returns how many accounts that were."""
    return await store.execute("UPDATE account SET roles = $2 WHERE id = $1", account_id, sorted(roles))


async def insert_consent(consent_id: UUID, account_id: UUID, consent: Consent) -> None:
    """Keep that a person agreed; a version twice counts once."""
    await store.execute(
        "INSERT INTO consent (id, account_id, version, at) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT ON CONSTRAINT consent_once DO NOTHING",
        consent_id,
        account_id,
        consent.version,
        consent.at,
    )


async def read_consents(account_id: UUID) -> tuple[Consent, ...]:
    """What a person agreed to, oldest first."""
    found = await store.fetch("SELECT version, at FROM consent WHERE account_id = $1 ORDER BY at", account_id)
    return tuple(Consent(**dict(row)) for row in found)


async def lock_account(account_id: UUID) -> bool:
    """Hold the account's row until the transaction ends; whether there is one."""
    return await store.fetch_value("SELECT true FROM account WHERE id = $1 FOR UPDATE", account_id) is True


async def read_key(account_id: UUID) -> bytes | None:
    """The person's key as it is sealed."""
    sealed: bytes | None = await store.fetch_value("SELECT sealed FROM account_key WHERE account_id = $1", account_id)
    return sealed


async def insert_key(account_id: UUID, sealed: bytes, now: datetime) -> None:
    """Keep a person's key."""
    await tables.AccountKey(account_id=account_id, sealed=sealed, created_at=now).save()


async def read_nip(account_id: UUID) -> tuple[bytes, bytes] | None:
    """The person's sealed key and the NIP that lies under it."""
    row = await store.fetch_one(
        "SELECT k.sealed, s.nip FROM account_secret s JOIN account_key k USING (account_id) WHERE account_id = $1",
        account_id,
    )
    return None if row is None else (row["sealed"], row["nip"])


async def write_nip(account_id: UUID, nip: bytes, now: datetime) -> None:
    """Keep or replace the sealed NIP."""
    await store.execute(
        "INSERT INTO account_secret (account_id, nip, updated_at) VALUES ($1, $2, $3)"
        " ON CONFLICT (account_id) DO UPDATE SET nip = excluded.nip, updated_at = excluded.updated_at",
        account_id,
        nip,
        now,
    )


async def delete_nip(account_id: UUID) -> int:
    """Forget the NIP; returns how many there were."""
    return await store.execute("DELETE FROM account_secret WHERE account_id = $1", account_id)


async def insert_token(token: Token, secret_hash: bytes) -> None:
    """Keep a token by its hash. Raises TokenShown where there is one with this id."""
    row = tables.ApiToken(
        id=token.id,
        account_id=token.account_id,
        hash=secret_hash,
        label=token.label,
        created_at=token.created_at,
        expires_at=token.expires_at,
    )
    try:
        await row.save()
    except asyncpg.UniqueViolationError as error:
        raise TokenShown from error


async def read_token(token_id: UUID) -> Token | None:
    """The token with this id."""
    row = await store.fetch_one(f"{_TOKEN} WHERE id = $1", token_id)
    return None if row is None else _token(row)


async def read_tokens(account_id: UUID) -> tuple[Token, ...]:
    """The tokens of an account, oldest first."""
    return tuple(
        _token(row) for row in await store.fetch(f"{_TOKEN} WHERE account_id = $1 ORDER BY created_at", account_id)
    )


async def revoke(token_id: UUID, now: datetime) -> bool:
    """End a token; False for one that ended already, which stays as it is."""
    sql = "UPDATE api_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL"
    return await store.execute(sql, token_id, now) > 0


async def revoke_all(account_id: UUID, now: datetime) -> tuple[UUID, ...]:
    """End every token of an account; returns those that had not ended."""
    rows = await store.fetch(
        "UPDATE api_token SET revoked_at = $2 WHERE account_id = $1 AND revoked_at IS NULL RETURNING id",
        account_id,
        now,
    )
    return tuple(row["id"] for row in rows)


async def read_bearer(secret_hash: bytes, now: datetime | None) -> Principal | None:
    """Who holds the token with this hash, if it is good at `now` (None: the database's clock); notes the use."""
    row = await store.fetch_one(
        "SELECT t.id, t.account_id, a.name, a.roles, t.last_used_at, coalesce($2, clock_timestamp()) AS now"
        " FROM api_token t JOIN account a ON a.id = t.account_id"
        " WHERE t.hash = $1 AND t.revoked_at IS NULL"
        " AND (t.expires_at IS NULL OR t.expires_at > coalesce($2, clock_timestamp()))",
        secret_hash,
        now,
    )
    if row is None:
        return None
    # Once a minute is enough to see which tokens are alive; each request would be a write.
    if row["last_used_at"] is None or (row["now"] - row["last_used_at"]).total_seconds() > 60:
        await store.execute("UPDATE api_token SET last_used_at = $2 WHERE id = $1", row["id"], row["now"])
    return Principal(row["account_id"], row["name"], frozenset(Role(role) for role in row["roles"]))


def _account(row: store.Row) -> Account:
    values: dict[str, Any] = dict(row) | {"roles": frozenset(Role(role) for role in row["roles"])}
    return Account(**values)


def _token(row: store.Row) -> Token:
    return Token(**dict(row))

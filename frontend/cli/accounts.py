"""`gelanggang user` and `gelanggang token`: accounts and their API tokens."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

import click

from frontend.cli.database import using_database
from frontend.cli.frame import Console, Exit, Failure, command
from frontend.cli.wording import table
from hackathon import accounts, credentials, erasure, store
from hackathon.accounts import Account, NewToken, Token
from hackathon.model import SYSTEM, Role
from hackathon.settings import Settings

T = TypeVar("T")

LONGEST_DAYS = 3650

_ROLES = click.option(
    "--role", "roles", multiple=True, type=click.Choice([role.value for role in Role]), help="May be repeated."
)
_PASSWORD = click.option("--password-stdin", is_flag=True, help="Read a password from standard input.")


@click.group("user")
def user() -> None:
    """Create, list and change accounts."""


@click.group("token")
def token() -> None:
    """Create, list and revoke API tokens."""


@command("create", short_help="Make an account.")
@click.argument("name")
@click.option("--email", help="Address of the person; no two accounts have the same.")
@_ROLES
@_PASSWORD
@click.option("--unconfirmed", is_flag=True, help="The person has to confirm the address before joining a team.")
def create_user(
    console: Console, name: str, email: str | None, roles: tuple[str, ...], password_stdin: bool, unconfirmed: bool
) -> None:
    """Make an account for NAME, confirmed.

    With --email and --password-stdin it can sign in on the pages; without a password the person makes one through
    "Lupa kata sandi", which needs a mail server.
    """
    if password_stdin and email is None:
        raise click.UsageError("--password-stdin needs --email: people sign in with their address.")
    password = _read_password() if password_stdin else None

    async def make(now: datetime) -> Account:
        kept = None if password is None else await credentials.checked_hash(password, name=name, email=email or "")
        return await accounts.create_account(
            name,
            email=email,
            roles=[Role(role) for role in roles],
            confirmed=not unconfirmed,
            password_hash=kept,
            actor=SYSTEM,
            now=now,
        )

    made = _with_database(make)
    console.say(str(made.id))
    console.result(_account(made))


@command("list", short_help="The accounts.")
def list_users(console: Console) -> None:
    """All accounts, the oldest first."""

    async def read(now: datetime) -> tuple[Account, ...]:
        return await accounts.list_accounts(actor=SYSTEM)

    found = _with_database(read)
    rows = [
        (one.id, one.name, _address(one), ", ".join(sorted(one.roles)) or "-", _day(one.confirmed_at)) for one in found
    ]
    console.say(
        table(("id", "name", "e-mail", "roles", "confirmed"), rows) or "No account yet: `gelanggang user create NAME`."
    )
    console.result({"accounts": [_account(one) for one in found]})


@command("password", short_help="Give an account another password.")
@click.argument("account")
@_PASSWORD
def set_password(console: Console, account: str, password_stdin: bool) -> None:
    """Give ACCOUNT (an id or e-mail address) another password. Its sessions and tokens end."""
    if not password_stdin:
        raise click.UsageError("Give --password-stdin: a password among the arguments would be seen by others.")
    password = _read_password()

    async def change(now: datetime) -> Account:
        found = await _find(account)
        await credentials.set_password(found.id, password)
        return found

    changed = _with_database(change)
    console.say(str(changed.id))
    console.result(_account(changed))


@command("roles", short_help="Say what an account may do.")
@click.argument("account")
@_ROLES
def set_roles(console: Console, account: str, roles: tuple[str, ...]) -> None:
    """Give ACCOUNT (an id or e-mail address) these roles in place of those it has; without --role it has none."""

    async def change(now: datetime) -> Account:
        found = await _find(account)
        return await accounts.set_roles(found.id, [Role(role) for role in roles], actor=SYSTEM)

    changed = _with_database(change)
    console.say(", ".join(sorted(changed.roles)) or "no role")
    console.result(_account(changed))


@command("forget", short_help="Erase who an account belonged to.")
@click.argument("account")
@click.option("--yes", is_flag=True, help="Do it; without, nothing happens.")
def forget_user(console: Console, account: str, yes: bool) -> None:
    """Forget the person of ACCOUNT (an id or e-mail address), because they asked for it. It cannot be undone.

    Name, address, NIP, password, sessions, tokens and letters go; they leave their teams. What a team handed in and
    what was published stays, under a name that says nothing.
    """
    if not yes:
        raise click.UsageError("This cannot be undone. Say --yes if the person asked for it from their own address.")

    async def change(now: datetime) -> Account:
        found = await _find(account)
        await erasure.forget(found, actor=SYSTEM, now=now)
        return await accounts.get_account(found.id)

    forgotten = _with_database(change)
    console.say(f"Forgotten. The results of teams stay under {forgotten.name!r}.")
    console.result(_account(forgotten))


@command("create", short_help="Make a token for an account.")
@click.argument("account")
@click.option("--label", default="command line", show_default=True, help="What the token is for.")
@click.option("--days", type=click.IntRange(1, LONGEST_DAYS), help="How long it holds (without: until it is revoked).")
def create_token(console: Console, account: str, label: str, days: int | None) -> None:
    """Make an API token for ACCOUNT (an id or e-mail address). Its secret is shown once and kept nowhere."""

    async def make(now: datetime) -> NewToken:
        holder = await _find(account)
        expires = None if days is None else now + timedelta(days=days)
        return await accounts.create_token(holder.id, label=label, actor=SYSTEM, now=now, expires_at=expires)

    made = _with_database(make)
    console.say(made.secret)
    console.note("Keep it now: it cannot be shown again.")
    console.result({"id": str(made.id), "token": made.secret})


@command("list", short_help="The tokens of an account.")
@click.argument("account")
def list_tokens(console: Console, account: str) -> None:
    """The tokens of ACCOUNT (an id or e-mail address), without their secrets."""

    async def read(now: datetime) -> tuple[tuple[Token, ...], datetime]:
        return await accounts.list_tokens((await _find(account)).id, actor=SYSTEM), now

    found, now = _with_database(read)
    rows = [(one.id, one.label, _day(one.created_at), _day(one.last_used_at), token_state(one, now)) for one in found]
    console.say(table(("id", "label", "made", "last used", "state"), rows) or "No token yet.")
    console.result(
        {
            "tokens": [
                {
                    "id": str(one.id),
                    "label": one.label,
                    "created_at": one.created_at.isoformat(),
                    "expires_at": None if one.expires_at is None else one.expires_at.isoformat(),
                    "revoked_at": None if one.revoked_at is None else one.revoked_at.isoformat(),
                    "last_used_at": None if one.last_used_at is None else one.last_used_at.isoformat(),
                }
                for one in found
            ]
        }
    )


@command("revoke", short_help="End a token.")
@click.argument("token_id", type=click.UUID)
def revoke_token(console: Console, token_id: UUID) -> None:
    """End the token with this id (`gelanggang token list`); twice is fine."""

    async def end(now: datetime) -> None:
        await accounts.revoke_token(token_id, actor=SYSTEM, now=now)

    _with_database(end)
    console.say("revoked")
    console.result({"id": str(token_id), "revoked": True})


def _with_database(work: Callable[[datetime], Awaitable[T]]) -> T:
    settings = Settings.from_environment(os.environ)

    async def run() -> T:
        async with using_database(settings):
            return await work(await store.clock())

    return asyncio.run(run())


async def _find(account: str) -> Account:
    try:
        return await accounts.get_account(UUID(account))
    except ValueError:
        found = await accounts.find_account(account)
    if found is None:
        sentence = f"There is no account {account!r}: `gelanggang user list` shows all."
        raise Failure(sentence, code="account_unknown", status=Exit.USAGE)
    return found


def _read_password() -> str:
    """One line of standard input; asked for twice, without being shown, where that is a terminal."""
    if sys.stdin.isatty():
        typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return typed
    return sys.stdin.readline().rstrip("\r\n")


def _address(account: Account) -> str:
    return account.email or (f"({account.claims})" if account.claims else "-")


def _account(account: Account) -> dict[str, object]:
    return {
        "id": str(account.id),
        "name": account.name,
        "email": account.email,
        "roles": sorted(role.value for role in account.roles),
        "created_at": account.created_at.isoformat(),
        "confirmed_at": None if account.confirmed_at is None else account.confirmed_at.isoformat(),
    }


def _day(moment: datetime | None) -> str:
    return "-" if moment is None else moment.strftime("%Y-%m-%d")


def token_state(token: Token, now: datetime) -> str:
    """Whether a token holds at `now`, and until when."""
    if token.revoked_at is not None:
        return "revoked"
    if token.expires_at is not None and token.expires_at <= now:
        return "expired"
    return "valid" if token.expires_at is None else f"until {_day(token.expires_at)}"


user.add_command(create_user)
user.add_command(list_users)
user.add_command(set_password)
user.add_command(set_roles)
user.add_command(forget_user)
token.add_command(create_token)
token.add_command(list_tokens)
token.add_command(revoke_token)

"""Letters about what happened to an account, posted in the transaction in which it happens."""

from datetime import datetime
from uuid import UUID

from hackathon import accounts, mail, store
from hackathon.accounts import Account
from hackathon.mail import Recipient, letters


async def tell_password_changed(account_id: UUID, *, key: bytes, now: datetime) -> None:
    """Tell the owner of an account that its password was reset and its tokens ended; nothing where it has no address of
    its own.
    """
    store.require_transaction()
    to = recipient(await accounts.get_account(account_id))
    if to is not None:
        await mail.post(letters.password_changed(to, now, tokens_ended=True), key=key, now=now)


def recipient(account: Account) -> Recipient | None:
    """Whom a letter to an account goes to. The name is left out until the address is confirmed: it could be what a
    stranger typed.
    """
    if account.email is None:
        return None
    name = account.name if account.confirmed_at is not None else ""
    return Recipient(account.id, account.email, name, account.language, account.zone)

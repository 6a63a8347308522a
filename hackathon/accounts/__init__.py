"""People and programs that act: accounts, roles, API tokens."""

from hackathon.accounts.errors import AccountUnknown, EmailTaken, TokenUnknown
from hackathon.accounts.model import Account, NewToken, Token
from hackathon.accounts.service import (
    authenticate,
    create_account,
    create_token,
    find_account,
    get_account,
    list_accounts,
    list_tokens,
    revoke_token,
)

__all__ = [
    "Account",
    "AccountUnknown",
    "EmailTaken",
    "NewToken",
    "Token",
    "TokenUnknown",
    "authenticate",
    "create_account",
    "create_token",
    "find_account",
    "get_account",
    "list_accounts",
    "list_tokens",
    "revoke_token",
]

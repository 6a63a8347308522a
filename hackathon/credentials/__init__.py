"""How somebody shows who they are: registration, signing in, passwords."""

from hackathon.credentials.errors import (
    ConsentMissing,
    CurrentPasswordWrong,
    PasswordChanged,
    PasswordRefused,
    SignInRefused,
    TooBusy,
)
from hackathon.credentials.passwords import LONGEST, SHORTEST, check_password
from hackathon.credentials.service import (
    change_password,
    checked_hash,
    has_password,
    put_hash,
    register,
    require_consent,
    set_password,
    sign_in,
)

__all__ = [
    "LONGEST",
    "SHORTEST",
    "ConsentMissing",
    "CurrentPasswordWrong",
    "PasswordChanged",
    "PasswordRefused",
    "SignInRefused",
    "TooBusy",
    "change_password",
    "check_password",
    "checked_hash",
    "has_password",
    "put_hash",
    "register",
    "require_consent",
    "set_password",
    "sign_in",
]

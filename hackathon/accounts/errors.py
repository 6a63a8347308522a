"""What accounts refuse."""

from hackathon.errors import Conflict, NotFound
from sandbox.model import Text


class AccountUnknown(NotFound):
    """There is no such account."""

    def __init__(self) -> None:
        super().__init__(Text(id="Akun ini tidak ada.", en="There is no such account."), "account_unknown")


class TokenUnknown(NotFound):
    """There is no such token, or not one of this person."""

    def __init__(self) -> None:
        super().__init__(Text(id="Token ini tidak ada.", en="There is no such token."), "token_unknown")


class EmailTaken(Conflict):
    """Another account has this address."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Alamat surel ini sudah dipakai akun lain. Pakai alamat lain, atau cari akun yang sudah ada.",
                en="Another account has this e-mail address. Use another one, or find the account that exists.",
            ),
            "email_taken",
        )

"""What accounts refuse."""

from hackathon.errors import Conflict, NotFound, Refusal
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


class EmailInvalid(Refusal):
    """It is no e-mail address."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Alamat surel tidak dapat dipakai. Tulis seperti nama@instansi.go.id, tanpa spasi dan tanpa huruf "
                "di luar a sampai z.",
                en="The e-mail address cannot be used. Write it like name@agency.go.id, without spaces and with no "
                "letters other than a to z.",
            ),
            "email_invalid",
        )


class NipInvalid(Refusal):
    """It is no NIP."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason, "nip_invalid")


class TooManyTokens(Refusal):
    """The account has as many living tokens as anybody needs."""

    def __init__(self, most: int) -> None:
        super().__init__(
            Text(
                id=f"Anda sudah punya {most} token yang berlaku. Cabut yang tidak dipakai lagi, lalu buat yang baru.",
                en=f"You have {most} tokens that hold. Revoke those you do not use any more, then make a new one.",
            ),
            "too_many_tokens",
        )


class TokenShown(Conflict):
    """The form was sent twice: the token is made, and its secret was shown."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Token ini sudah dibuat, dan rahasianya hanya ditampilkan satu kali. Bila belum disalin, cabut lalu "
                "buat yang baru.",
                en="This token was made already, and its secret is shown once only. If you have not copied it, revoke "
                "it and make a new one.",
            ),
            "token_shown",
        )

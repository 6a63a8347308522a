"""What is refused where somebody wants to sign in or to choose a password."""

from hackathon.errors import Conflict, Refusal, Unavailable
from sandbox.model import Text


class PasswordRefused(Refusal):
    """This password would not protect the account."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason, "password_refused")


class SignInRefused(Refusal):
    """Address and password do not belong together. Says the same whichever of them is wrong."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Alamat surel atau kata sandi tidak cocok. Periksa keduanya, juga huruf besar dan "
                "kecil. Bila lupa, buat kata sandi baru lewat “Lupa kata sandi”.",
                en="The e-mail address or the password does not match. Check both, and capital letters in the "
                "password. If you forgot it, make a new one through “Forgot password”.",
            ),
            "sign_in_refused",
        )


class CurrentPasswordWrong(Refusal):
    """The password that is to be replaced is another."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Kata sandi yang sekarang tidak cocok. Bila lupa, keluar lalu buat yang baru lewat “Lupa kata "
                "sandi”.",
                en="The current password does not match. If you forgot it, sign out and make a new one through “Forgot "
                "password”.",
            ),
            "current_password_wrong",
        )


class PasswordChanged(Conflict):
    """Somebody changed the password in the same moment, in another tab or on another device."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Kata sandi akun ini baru saja diganti dari tempat lain. Masuk lagi dengan kata sandi yang baru.",
                en="The password of this account was changed elsewhere a moment ago. Sign in again with the new one.",
            ),
            "password_changed",
        )


class ConsentMissing(Refusal):
    """Nobody gets an account without having agreed to the privacy notice that holds now."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Setujui dulu pemberitahuan pelindungan data pribadi. Tanpa itu kami tidak boleh menyimpan data "
                "Anda.",
                en="Agree to the privacy notice first. Without it we may not keep your data.",
            ),
            "consent_missing",
        )


class TooBusy(Unavailable):
    """So many people sign in at once that another would only wait."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Terlalu banyak orang masuk pada saat yang sama. Coba lagi setengah menit lagi.",
                en="Too many people are signing in at the same time. Try again in half a minute.",
            )
        )

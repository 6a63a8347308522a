"""What confirmation refuses."""

from hackathon.errors import Refusal
from sandbox.model import Text


class AddressOwned(Refusal):
    """The account only claims an address that belongs to another; see `hackathon.credentials.register`."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Alamat surel akun ini sudah dipakai akun lain yang lebih dulu mendaftar, jadi akun ini tidak dapat "
                "dikonfirmasi. Keluar, lalu masuk ke akun itu; bila lupa kata sandinya, buat yang baru lewat “Lupa "
                "kata sandi”.",
                en="The e-mail address of this account belongs to another account that registered before, so this one "
                "cannot be confirmed. Sign out, then sign in to that one; if you forgot its password, make a new one "
                "through “Forgot password”.",
            ),
            "address_owned",
        )

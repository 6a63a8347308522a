"""What a page says right after something was done: a code in its address, words here.

A page with such words also makes the browser forget the drafts of its forms, so signing in has none.
"""

from collections.abc import Mapping

from sandbox.model import Text

NOTICES: Mapping[str, Text] = {
    "keluar": Text("Anda sudah keluar.", "You are signed out."),
    "terdaftar": Text(
        "Akun Anda siap. Kami mengirim surel ke alamat Anda: buka tautan di dalamnya untuk mengonfirmasi akun.",
        "Your account is ready. We sent you an e-mail: open the link in it to confirm your account.",
    ),
    "sandi-diganti": Text(
        "Kata sandi diganti. Perangkat lain harus masuk lagi.",
        "Your password is changed. Other devices have to sign in again.",
    ),
    "nip-tersimpan": Text("NIP tersimpan, tersandi.", "Your NIP is kept, encrypted."),
    "nip-terhapus": Text("NIP dihapus.", "Your NIP is deleted."),
    "sesi-diakhiri": Text("Perangkat itu harus masuk lagi.", "That device has to sign in again."),
    "sesi-lain-diakhiri": Text("Semua perangkat lain harus masuk lagi.", "All other devices have to sign in again."),
    "token-dicabut": Text("Token dicabut dan tidak berlaku lagi.", "The token is revoked and opens nothing any more."),
    "tersimpan": Text("Perubahan tersimpan.", "Your changes are saved."),
}


def notice(code: str) -> Text | None:
    """The words of a code; None for one that nobody gave out."""
    return NOTICES.get(code)

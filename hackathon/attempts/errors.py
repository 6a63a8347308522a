"""Too many tries."""

from datetime import datetime

from hackathon.attempts.model import Action, Scope
from hackathon.errors import TooOften
from sandbox.model import Text


class TooManyAttempts(TooOften):
    """It was tried too often; `until` is when the next try counts again. `scope` says whether the person or the
    network is over its limit.
    """

    def __init__(self, action: Action, scope: Scope, until: datetime, now: datetime) -> None:
        self.action = action
        self.scope = scope
        minutes = max(1, -(-int((until - now).total_seconds()) // 60))
        super().__init__(_words(action, scope, minutes), "too_many_attempts", until)


def _words(action: Action, scope: Scope, minutes: int) -> Text:
    wait_id, wait_en = f"Coba lagi {minutes} menit lagi.", f"Try again in {minutes} minute{'s' * (minutes > 1)}."
    if scope is Scope.ADDRESS:
        return Text(
            id=f"Terlalu banyak percobaan dari jaringan Anda. {wait_id}",
            en=f"Too many tries from your network. {wait_en}",
        )
    if action is Action.SIGN_IN:
        return Text(
            id=f"Sandi salah terlalu sering. {wait_id} Tidak ingin menunggu? Buat sandi baru lewat surel, "
            "atau minta kode masuk kepada panitia.",
            en=f"The password was wrong too often. {wait_en} Would you rather not wait? Make a new password by e-mail, "
            "or ask the organizers for a sign-in code.",
        )
    if action in (Action.RESET, Action.CONFIRM):
        return Text(
            id=f"Surelnya sudah dikirim beberapa kali. Periksa juga folder spam. {wait_id}",
            en=f"The e-mail was sent several times already. Look in the spam folder too. {wait_en}",
        )
    return Text(id=f"Terlalu banyak percobaan. {wait_id}", en=f"Too many tries. {wait_en}")

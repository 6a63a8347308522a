"""Too many tries."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hackathon.attempts.model import Action, Scope
from hackathon.errors import TooOften
from sandbox.model import Text

_ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


class TooManyAttempts(TooOften):
    """It was tried too often; `until` is when the next try counts again. `scope` says whether the person or the
    network is over its limit.
    """

    def __init__(self, action: Action, scope: Scope, until: datetime, now: datetime) -> None:
        self.action = action
        self.scope = scope
        super().__init__(_words(action, scope, until, now), "too_many_attempts", until)


def _words(action: Action, scope: Scope, until: datetime, now: datetime) -> Text:
    minutes = max(1, -(-int((until - now).total_seconds()) // 60))
    # Who is refused here is not signed in, so their zone is not known.
    times = [(now + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone)) for zone in _ZONES]
    clocks_id, clocks_en = (", ".join(time.strftime(form) for time in times) for form in ("%H.%M %Z", "%H:%M %Z"))
    wait_id = f"Coba lagi {minutes} menit lagi ({clocks_id})."
    wait_en = f"Try again in {minutes} minute{'s' * (minutes > 1)} ({clocks_en})."
    if scope is Scope.ADDRESS and action is Action.SIGN_IN:
        return Text(
            id=f"Terlalu banyak percobaan masuk dari jaringan Anda. {wait_id} Tidak ingin menunggu? Pakai jaringan "
            "lain, misalnya data seluler, buat kata sandi baru lewat surel, atau minta kode masuk kepada panitia.",
            en=f"Too many tries to sign in from your network. {wait_en} Would you rather not wait? Use another "
            "network, your phone's for example, make a new password by e-mail, or ask the organizers for a code.",
        )
    if scope is Scope.ADDRESS:
        return Text(
            id=f"Terlalu banyak percobaan dari jaringan Anda. {wait_id}",
            en=f"Too many tries from your network. {wait_en}",
        )
    if action is Action.SIGN_IN:
        return Text(
            id=f"Kata sandi salah terlalu sering. {wait_id} Tidak ingin menunggu? Buat kata sandi baru lewat surel, "
            "atau minta kode masuk kepada panitia.",
            en=f"The password was wrong too often. {wait_en} Would you rather not wait? Make a new password by e-mail, "
            "or ask the organizers for a sign-in code.",
        )
    if action in (Action.RESET, Action.CONFIRM, Action.INVITE):
        return Text(
            id=f"Surelnya sudah dikirim beberapa kali. Periksa juga folder spam. {wait_id}",
            en=f"The e-mail was sent several times already. Look in the spam folder too. {wait_en}",
        )
    return Text(id=f"Terlalu banyak percobaan. {wait_id}", en=f"Too many tries. {wait_en}")

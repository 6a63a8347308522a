"""What trying a prototype out refuses, and why one ended, in words."""

from datetime import datetime

from hackathon.errors import Conflict, NotFound, Refusal, TooLarge, TooOften
from sandbox.limits import KIB
from sandbox.model import Text

REPLACED = Text(
    id="Dihentikan karena Anda mulai mencoba prototipe lain.",
    en="Ended because you began to try another prototype.",
)
STOPPED = Text(id="Dihentikan.", en="Ended.")
IDLE = Text(
    id="Dihentikan karena tidak dipakai selama 3 menit. Nyalakan lagi bila masih perlu.",
    en="Ended because nobody used it for 3 minutes. Start it again if you need it.",
)
LOST = Text(
    id="Mesin yang menjalankan prototipe ini berhenti. Bukan salah prototipenya: nyalakan lagi.",
    en="The machine that ran this prototype stopped. The prototype is not to blame: start it again.",
)
LEAVING = Text(
    id="Mesin yang menjalankan prototipe ini sedang dimatikan panitia. Nyalakan lagi; mesin lain akan mengambilnya.",
    en="The organizers are switching off the machine that ran this prototype. Start it again; another one takes it.",
)
NOBODY = Text(
    id="Tidak ada mesin yang sempat menyalakan prototipe ini dalam 2 menit. Coba lagi, atau beri tahu panitia.",
    en="No machine had time to start this prototype within 2 minutes. Try again in a moment, or tell the organizers.",
)
OURS = Text(
    id="Mesin kami gagal menyalakan prototipe ini. Bukan salah prototipenya: nyalakan lagi, atau beri tahu panitia.",
    en="Our machine failed to start this prototype. The prototype is not to blame: start it again, or tell the "
    "organizers.",
)
REBUILDING = Text(
    id="Programnya sedang dibangun ulang di mesin ini. Ini dapat makan beberapa menit, dan hanya sekali.",
    en="The program is being built again on this machine. That can take some minutes, and happens once.",
)
BRINGING = Text(
    id="Programnya sedang diambil dari simpanan ke mesin ini.",
    en="The program is being brought to this machine.",
)


class NothingToTry(Refusal):
    """Nothing of this submission can run."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Prototipe ini belum pernah berhasil dibangun, jadi tidak ada yang dapat dicoba.",
                en="This prototype was never built, so there is nothing to try.",
            ),
            "nothing_to_try",
        )


class TryoutUnknown(NotFound):
    """No such try-out, or it is somebody else's."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Percobaan ini tidak ada, atau bukan milik Anda. Muat ulang halaman lalu nyalakan prototipenya.",
                en="There is no such try-out, or it is not yours. Reload the page and start the prototype.",
            ),
            "tryout_unknown",
        )


class TryoutNotReady(Conflict):
    """It is about to run."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Prototipe ini belum siap. Tunggu sampai siap, lalu jalankan lagi; isian Anda masih ada.",
                en="This prototype is not ready yet. Wait until it is, then run it again; what you typed is kept.",
            ),
            "tryout_not_ready",
        )


class TryoutOver(Conflict):
    """It runs no more."""

    def __init__(self, reason: Text) -> None:
        super().__init__(
            Text(
                id=f"Prototipe ini sudah tidak menyala. {reason.id} Isian Anda masih ada: nyalakan, lalu jalankan.",
                en=f"This prototype runs no more. {reason.en} What you typed is kept: start it, then run it again.",
            ),
            "tryout_over",
        )


class StillAnswering(Conflict):
    """The last input has no answer yet."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Masukan sebelumnya belum dijawab. Tunggu jawabannya dulu.",
                en="The last input has no answer yet. Wait for it first.",
            ),
            "tryout_busy",
        )


class TooManyCalls(Refusal):
    """So many inputs were put to it that no more are taken."""

    def __init__(self, allowed: int) -> None:
        super().__init__(
            Text(
                id=f"Sudah {allowed} masukan dijalankan. Hentikan prototipe ini lalu nyalakan lagi untuk meneruskan.",
                en=f"{allowed} inputs were run. Stop this prototype and start it again to go on.",
            ),
            "too_many_calls",
        )


class InputTooLarge(TooLarge):
    """The input has too many bytes."""

    def __init__(self, size: int, allowed: int) -> None:
        super().__init__(
            Text(
                id=f"Masukan ini {-(-size // KIB)} KiB; paling besar {allowed // KIB} KiB. Perpendek lalu ulangi.",
                en=f"This input has {-(-size // KIB)} KiB; at most {allowed // KIB} KiB are taken. Shorten it and "
                "try again.",
            ),
            "input_too_large",
        )


class TooManyStarts(TooOften):
    """So many prototypes were started within an hour that no more are for now."""

    def __init__(self, allowed: int, until: datetime) -> None:
        super().__init__(
            Text(
                id=f"Anda sudah menyalakan {allowed} prototipe dalam satu jam terakhir. Coba lagi beberapa menit lagi.",
                en=f"You have started {allowed} prototypes within the last hour. Try again in some minutes.",
            ),
            "too_many_tryouts",
            until,
        )

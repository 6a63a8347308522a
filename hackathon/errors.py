"""What the event's services refuse, and what goes wrong on our side.

    HackathonError
    ├── Refusal            a rule of the event says no; the message tells what happened, why and what to do
    │   ├── Forbidden      this person may not
    │   ├── NotFound       there is no such thing, or not for this person
    │   ├── Conflict       it clashes with what is already there
    │   ├── TooLarge       more bytes than the rules allow
    │   ├── TooSlow        the bytes stopped coming
    │   └── TooOften       asked for too often; says when it may be again
    ├── Unavailable        a part of ours (object store, disk, database) failed; costs nobody an attempt
    │   └── NoSpace        no room is left for more bytes
    └── SettingsInvalid    the environment names a setting that cannot be used

`Refusal.code` is a stable word for programs; `message` is for people.
"""

from datetime import datetime

from sandbox.model import Text


class HackathonError(Exception):
    """Base of everything this package raises on purpose."""


class Refusal(HackathonError):
    """A rule says no. Nothing was changed."""

    def __init__(self, message: Text, code: str) -> None:
        super().__init__(f"{code}: {message.en}")
        self.message = message
        self.code = code


class Forbidden(Refusal):
    """This person may not do it."""


class NotFound(Refusal):
    """There is no such thing, or not for this person."""


class Conflict(Refusal):
    """It clashes with what is already there."""


class TooLarge(Refusal):
    """More bytes than the rules allow."""


class TooSlow(Refusal):
    """The bytes stopped coming. What was asked may be asked again."""


class TooOften(Refusal):
    """It was asked for too often; from `until` on it may be again."""

    def __init__(self, message: Text, code: str, until: datetime) -> None:
        super().__init__(message, code)
        self.until = until


class Unavailable(HackathonError):
    """A part of ours failed. Nothing was charged to anybody; the same call may be repeated."""

    code = "unavailable"

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


class NoSpace(Unavailable):
    """No room is left for more bytes."""

    code = "no_space"

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Ruang simpan di server penuh, jadi berkas Anda belum dapat diterima. Jatah pengajuan tidak "
                "berkurang dan yang sudah terkirim tersimpan. Beri tahu panitia, lalu coba lagi sebentar.",
                en="The server has no space left, so your file cannot be taken yet. None of your attempts was used, "
                "and what has been sent is kept. Tell the organizers, then try again in a moment.",
            )
        )


class SettingsInvalid(HackathonError):
    """Settings that cannot be used; one line a problem, each naming its variable."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems

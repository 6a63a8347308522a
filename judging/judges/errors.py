"""What judges and their invitations refuse."""

from hackathon.errors import Conflict, Forbidden, NotFound, Refusal
from sandbox.model import Text


class JudgeUnknown(NotFound):
    """There is no such judge in this event."""

    def __init__(self) -> None:
        super().__init__(
            Text(id="Juri ini tidak ada di acara ini.", en="This event has no such judge."), "judge_unknown"
        )


class JudgeKnown(Conflict):
    """A judge of this event has this address already."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Alamat surel ini sudah dipakai juri lain di acara ini. Cari namanya di daftar juri.",
                en="Another judge of this event has this e-mail address. Look for them in the list of judges.",
            ),
            "judge_known",
        )


class AddressMissing(Refusal):
    """A judge without an address gets no letter."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Juri ini tidak punya alamat surel. Buat tautan, lalu kirimkan sendiri.",
                en="This judge has no e-mail address. Make a link and send it yourself.",
            ),
            "judge_address_missing",
        )


class LinkUnknown(NotFound):
    """There is no such invitation."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Undangan ini tidak dikenal. Mungkin tautannya terpotong saat disalin: salin lagi seluruhnya, "
                "atau minta tautan baru kepada panitia.",
                en="This invitation is not known. Its link may have been cut off when copied: copy all of it again, "
                "or ask the organizers for a new one.",
            ),
            "judge_link_unknown",
        )


class LinkOver(Refusal):
    """The invitation was good once."""

    def __init__(self, why: Text) -> None:
        super().__init__(
            Text(id=f"{why.id} Minta tautan baru kepada panitia.", en=f"{why.en} Ask the organizers for a new one."),
            "judge_link_over",
        )


USED = Text(id="Undangan ini sudah dipakai.", en="This invitation was used already.")
EXPIRED = Text(id="Masa berlaku undangan ini sudah lewat.", en="This invitation has expired.")
REVOKED = Text(id="Undangan ini dibatalkan atau diganti panitia.", en="The organizers revoked or replaced this one.")


class MayNotJudge(Forbidden):
    """This person has a part in the event that does not go with judging it."""

    def __init__(self, why: Text) -> None:
        super().__init__(why, "may_not_judge")


ORGANIZES = Text(
    id="Akun panitia tidak boleh menilai. Keluar, lalu masuk dengan akun yang lain.",
    en="An organizer's account may not judge. Sign out, then sign in with another one.",
)
TAKES_PART = Text(
    id="Akun ini anggota tim di acara ini, jadi tidak boleh menjadi jurinya.",
    en="This account is a member of a team of this event, so it may not judge it.",
)
TWICE = Text(
    id="Akun ini sudah menjadi juri acara ini, dengan undangan lain.",
    en="This account judges this event already, by another invitation.",
)


class TeamMissing(Refusal):
    """No team of the event was chosen."""

    def __init__(self) -> None:
        super().__init__(Text(id="Pilih timnya.", en="Choose the team."), "team_missing")


class AssignmentGone(NotFound):
    """There is no such assignment of this judge, or it has ended."""

    def __init__(self) -> None:
        super().__init__(
            Text(id="Penugasan ini tidak ada atau sudah berakhir.", en="There is no such assignment, or it has ended."),
            "assignment_unknown",
        )


class AlreadySent(Refusal):
    """The scorecard was sent: it stays, and the organizers decide."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Lembar penilaiannya sudah terkirim, jadi penugasan ini tidak dapat dilepas. Nyatakan benturan "
                "kepentingannya kepada panitia; mereka yang memutuskan.",
                en="Its scorecard was sent, so this assignment cannot be given back. Tell the organizers of the "
                "conflict; they decide.",
            ),
            "scorecard_sent",
        )

"""What scorecards refuse. Nothing that a judge wrote is lost by it.

Refusal
├── AssignmentUnknown    there is none, or not for this person
├── OrganizersDoNotScore who runs the event gives no scores
├── DeclarationMissing   the judge has not said yet which teams they must not judge
├── NotFixed             the team can still change what would be judged
├── JudgingClosed        the time for scores is over
├── AssignmentEnded      the judge withdrew from it, or it was taken back
├── AlreadySent          only organizers give it back
├── FieldUnknown         the rubric has no such criterion
├── ValueInvalid         no rating, or too many words
├── FieldMoved           another tab has changed the same field meanwhile
├── CardMoved            another tab has changed something meanwhile
├── RubricReplaced       the rubric has a newer version
├── VersionReplaced      another version of the prototype was fixed
├── NothingToUndo
├── NotSent              what was not sent needs no reopening
└── ReasonInvalid        a reason has 1 to 500 letters
"""

from hackathon.errors import Conflict, Forbidden, NotFound, Refusal
from judging.scorecards.model import LONGEST, Change, Part, Value
from sandbox.model import Text


class AssignmentUnknown(NotFound):
    """There is no such assignment, or it is another judge's."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Penugasan ini tidak ada, atau bukan milik Anda.",
                en="There is no such assignment, or it is not yours.",
            ),
            "assignment_unknown",
        )


class OrganizersDoNotScore(Forbidden):
    """Organizers see and arrange everything, so they score nothing."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Panitia tidak memberi nilai. Masuklah dengan akun juri yang bukan akun panitia.",
                en="Organizers give no scores. Sign in with a judge's account that is not an organizer's.",
            ),
            "organizers_do_not_score",
        )


class NotFixed(Refusal):
    """What is to be judged is not fixed yet, or no more: its team has time."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Versi yang dinilai belum ditetapkan, karena tim ini masih punya waktu atau pengujiannya belum "
                "selesai. Nilai yang lain dahulu, lalu kembali ke sini.",
                en="The version to be judged is not fixed yet: this team still has time, or it is being tested. "
                "Score others first, then come back.",
            ),
            "not_fixed",
        )


class JudgingClosed(Refusal):
    """Judging is over."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Waktu penilaian sudah berakhir, jadi lembar penilaian tidak dapat diubah lagi. Yang sudah "
                "tersimpan tetap tersimpan. Bila ada yang tertinggal, hubungi panitia.",
                en="The time for judging is over, so scorecards can't be changed any more. What is saved stays saved. "
                "If something was left out, ask the organizers.",
            ),
            "judging_closed",
        )


class DeclarationMissing(Refusal):
    """Scorecards open once the judge has declared conflicts of interest, or that there are none."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Sebelum lembar pertama terbuka, nyatakan dahulu benturan kepentingan Anda, atau bahwa tidak ada.",
                en="Before the first scorecard opens, declare your conflicts of interest, or that you have none.",
            ),
            "declaration_missing",
        )


class AssignmentEnded(Refusal):
    """The judge does not judge this entry any more."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Anda tidak lagi menilai prototipe ini: Anda mengundurkan diri atau panitia menarik penugasannya. "
                "Lembar penilaiannya tidak dapat diubah.",
                en="You do not judge this prototype any more: you withdrew, or the organizers took it back. Its "
                "scorecard can't be changed.",
            ),
            "assignment_ended",
        )


class AlreadySent(Refusal):
    """It is sent and locked."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Lembar ini sudah dikirim dan terkunci. Bila ada yang keliru, minta panitia membukanya kembali.",
                en="This scorecard is sent and locked. If something is wrong, ask the organizers to reopen it.",
            ),
            "already_sent",
        )


class FieldUnknown(Refusal):
    """The rubric in force has no such criterion."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Kriteria ini tidak ada di rubrik yang berlaku. Muat ulang halaman untuk melihat rubriknya.",
                en="The rubric in force has no such criterion. Reload the page to see it.",
            ),
            "field_unknown",
        )


class ValueInvalid(Refusal):
    """It can't be kept."""

    def __init__(self, part: Part) -> None:
        if part is Part.RATINGS:
            words = Text(id="Nilai adalah angka bulat dari 1 sampai 5.", en="A rating is a whole number from 1 to 5.")
        else:
            words = Text(
                id=f"Tulisan ini terlalu panjang. Ringkas menjadi paling banyak {LONGEST} huruf; sebelum itu tulisan "
                "ini belum tersimpan.",
                en=f"This text is too long. Shorten it to {LONGEST} letters at most; until then it is not saved.",
            )
        super().__init__(words, "value_invalid")


class FieldMoved(Conflict):
    """The same field was changed elsewhere since the judge saw it. `current` is what stands, `wanted` what was not
    saved, `version` the scorecard's now, `others` what else changed.
    """

    def __init__(self, current: Value, wanted: Value, version: int, others: tuple[Change, ...]) -> None:
        super().__init__(
            Text(
                id="Isian ini sudah diubah di tab atau perangkat lain. Pilih yang dipakai.",
                en="This was changed in another tab or on another device. Choose which one to use.",
            ),
            "field_moved",
        )
        self.current = current
        self.wanted = wanted
        self.version = version
        self.others = others


class CardMoved(Conflict):
    """Something of the scorecard was changed elsewhere since the judge saw it."""

    def __init__(self, version: int) -> None:
        super().__init__(
            Text(
                id="Lembar ini berubah di tab atau perangkat lain sejak Anda melihatnya. Periksa isinya sekali lagi.",
                en="This scorecard was changed in another tab or on another device since you saw it. Look at it again.",
            ),
            "card_moved",
        )
        self.version = version


class RubricReplaced(Conflict):
    """The rubric has a newer version."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Rubrik kategori ini berganti sejak Anda membuka lembar. Muat ulang, periksa lembarnya, lalu kirim.",
                en="The rubric of this track has changed since you opened the scorecard. Reload, check it, then send.",
            ),
            "rubric_replaced",
        )


class NothingToUndo(Refusal):
    """There is no step to take back."""

    def __init__(self) -> None:
        super().__init__(
            Text(id="Tidak ada perubahan yang dapat diurungkan.", en="There is no change to undo."), "nothing_to_undo"
        )


class NotSent(Refusal):
    """The judge can change it anyway."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Lembar ini belum dikirim, jadi juri masih dapat mengubahnya sendiri.",
                en="This scorecard has not been sent, so the judge can still change it.",
            ),
            "not_sent",
        )


class ReasonInvalid(Refusal):
    """It needs a reason."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Tulis alasannya, paling banyak 500 huruf. Juri membacanya, dan alasan itu tercatat.",
                en="Write the reason, in 500 letters at most. The judge reads it, and it is kept.",
            ),
            "reason_invalid",
        )


class VersionReplaced(Conflict):
    """Another version of the prototype was fixed since."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Versi prototipe yang dinilai berganti sejak Anda membuka lembar. Buka lagi lembarnya, periksa "
                "nilai terhadap versi yang baru, lalu kirim.",
                en="The version that is judged has changed since you opened the scorecard. Open it again, check the "
                "ratings against the new version, then send.",
            ),
            "version_replaced",
        )

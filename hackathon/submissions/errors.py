"""What the intake refuses. None of it costs an attempt."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hackathon.errors import Conflict, NotFound, Refusal, TooLarge, TooOften, TooSlow
from hackathon.submissions.model import ArchiveFault
from sandbox.model import Text

_LARGEST_TOLD = 10**15  # a number of any length can be announced

_ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


class UploadUnknown(NotFound):
    """There is no such upload."""

    def __init__(self) -> None:
        super().__init__(Text(id="Unggahan ini tidak ada.", en="There is no such upload."), "upload_unknown")


class SubmissionUnknown(NotFound):
    """There is no such submission."""

    def __init__(self) -> None:
        super().__init__(Text(id="Pengajuan ini tidak ada.", en="There is no such submission."), "submission_unknown")


class NotEvaluated(Refusal):
    """What has no result that counts cannot be chosen."""

    def __init__(self, number: int) -> None:
        super().__init__(
            Text(
                id=f"Versi {number} belum punya hasil yang terhitung, jadi belum dapat dipilih. Tunggu sampai "
                "pengujiannya selesai, atau pilih versi lain.",
                en=f"Version {number} has no result that counts yet, so it cannot be chosen. Wait until it has been "
                "tested, or choose another version.",
            ),
            "not_evaluated",
        )


class AlreadyFixed(Refusal):
    """What is judged is fixed: nobody chooses any more."""

    def __init__(self, number: int, moment: datetime, zone: str) -> None:
        when = local_time(moment, zone)
        super().__init__(
            Text(
                id=f"Versi {number} sudah ditetapkan untuk dinilai juri ({when}), jadi pilihan tidak dapat diubah "
                "lagi. Hanya perpanjangan waktu dari panitia yang membukanya kembali.",
                en=f"Version {number} has been fixed for the judges ({when}), so the choice cannot change any more. "
                "Only more time, given by the organizers, opens it again.",
            ),
            "already_fixed",
        )


class NotOpen(Refusal):
    """Handing in has not begun, or is over."""

    def __init__(self, moment: datetime, zone: str, *, begun: bool) -> None:
        when = local_time(moment, zone)
        late = Text(
            id=f"Batas waktu pengajuan sudah lewat: {when}. Bila ada gangguan, hubungi panitia.",
            en=f"The deadline has passed: {when}. If something went wrong, talk to the organizers.",
        )
        early = Text(
            id=f"Pengajuan baru dibuka {when}. Coba sendiri dulu dengan `gelanggang try`.",
            en=f"Handing in opens at {when}. Until then try it yourself with `gelanggang try`.",
        )
        super().__init__(late if begun else early, "phase_closed")
        self.moment = moment


class DeadlinePassed(Refusal):
    """The bytes came too late even for a hash that was registered in time."""

    def __init__(self, deadline: datetime, zone: str) -> None:
        when = local_time(deadline, zone)
        super().__init__(
            Text(
                id=f"Berkas selesai diunggah lebih dari 30 menit setelah batas waktu ({when}), jadi tidak diterima. "
                "Bila ada gangguan, hubungi panitia.",
                en=f"The file arrived more than 30 minutes after the deadline ({when}), so it is not accepted. "
                "If something went wrong, talk to the organizers.",
            ),
            "deadline_passed",
        )


class AttemptsUsed(Refusal):
    """The day's attempts are used up."""

    def __init__(self, allowed: int, resets_at: datetime, zone: str) -> None:
        when = local_time(resets_at, zone)
        super().__init__(
            Text(
                id=f"Jatah {allowed} pengajuan hari ini sudah terpakai semua. Jatah baru mulai {when}.",
                en=f"All {allowed} attempts of today are used. New ones come at {when}.",
            ),
            "attempts_used",
        )
        self.resets_at = resets_at


class TooManyUploads(Refusal):
    """So many archives were announced within an hour that no more are taken for now."""

    def __init__(self, allowed: int, again_at: datetime, zone: str) -> None:
        # Told in minutes, so rounded up: who comes then must not be too early.
        when = local_time(again_at + timedelta(minutes=1) - timedelta(microseconds=1), zone)
        super().__init__(
            Text(
                id=f"Sudah {allowed} unggahan didaftarkan dalam satu jam terakhir, yang ditolak pun terhitung. "
                f"Coba lagi {when}. Periksa dulu arsipnya dengan `gelanggang try`.",
                en=f"{allowed} uploads were announced within the last hour, and refused ones count. "
                f"Try again at {when}. Check the archive with `gelanggang try` first.",
            ),
            "too_many_uploads",
        )
        self.again_at = again_at


class FileTooLarge(TooLarge):
    """The announced file is larger than the rules allow."""

    def __init__(self, size: int, most: int) -> None:
        size = min(size, _LARGEST_TOLD)
        super().__init__(
            Text(
                id=f"Berkas berukuran {size / 1e6:,.1f} MB, paling besar {most / 1e6:,.0f} MB. "
                "Keluarkan data mentah, lingkungan virtual, dan model yang tidak dipakai.",
                en=f"The file has {size / 1e6:,.1f} MB, and {most / 1e6:,.0f} MB is the most. "
                "Leave out raw data, virtual environments and models that are not used.",
            ),
            "too_large",
        )


class AnnouncementInvalid(Refusal):
    """Size or SHA-256 cannot be."""

    def __init__(self, message: Text, code: str) -> None:
        super().__init__(message, code)


class PartInvalid(Refusal):
    """A part that is not what was announced: its number, size or hash."""

    def __init__(self, message: Text, code: str) -> None:
        super().__init__(message, code)


class PartTooLarge(TooLarge):
    """More bytes than this part has."""

    def __init__(self, number: int, expected: int) -> None:
        super().__init__(
            Text(
                id=f"Bagian {number} harus tepat {expected} bita, tetapi yang dikirim lebih. Kirim ulang bagian ini.",
                en=f"Part {number} must have exactly {expected} bytes, and more was sent. Send this part again.",
            ),
            "part_too_large",
        )


class PartStalled(TooSlow):
    """Nothing of this part has come for too long."""

    def __init__(self, number: int, seconds: float) -> None:
        super().__init__(
            Text(
                id=f"Bagian {number} berhenti di tengah jalan: tidak ada bita yang datang selama {seconds:g} detik. "
                "Periksa koneksi Anda, lalu kirim ulang bagian ini.",
                en=f"Part {number} stopped on its way: no byte came for {seconds:g} s. Check your connection, then "
                "send this part again.",
            ),
            "part_stalled",
        )


class FileStalled(TooSlow):
    """Nothing of a whole file has come for too long."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            Text(
                id=f"Kiriman berhenti di tengah jalan: tidak ada bita yang datang selama {seconds:g} detik. Tidak ada "
                "jatah yang terpakai. Periksa koneksi Anda, lalu kirim lagi.",
                en=f"The file stopped on its way: no byte came for {seconds:g} s. No attempt was used. Check your "
                "connection, then send it again.",
            ),
            "file_stalled",
        )


class UploadsBusy(Conflict):
    """The team is sending files already."""

    def __init__(self, allowed: int) -> None:
        super().__init__(
            Text(
                id=f"Sudah ada {allowed} berkas tim ini yang sedang dikirim. Tunggu salah satunya selesai, atau "
                "batalkan di peramban yang mengirimnya.",
                en=f"{allowed} files of this team are on their way already. Wait until one is here, or cancel it in "
                "the browser that sends it.",
            ),
            "uploads_busy",
        )


class PartsBusy(TooOften):
    """The account is sending as many parts as it may."""

    def __init__(self, allowed: int, until: datetime) -> None:
        super().__init__(
            Text(
                id=f"Sudah ada {allowed} bagian yang sedang Anda kirim. Kirim bagian ini lagi setelah salah satunya "
                "selesai; yang sudah sampai tetap tersimpan.",
                en=f"You are sending {allowed} parts already. Send this one again when one of them is through; what "
                "has arrived is kept.",
            ),
            "parts_busy",
            until,
        )


class UploadClosed(Conflict):
    """The upload takes no parts any more: it is complete, refused or forgotten."""

    def __init__(self, state: str) -> None:
        words = {"completed": ("sudah selesai", "complete"), "refused": ("sudah ditolak", "refused")}
        word_id, word_en = words.get(state, ("sudah kedaluwarsa", "expired"))
        super().__init__(
            Text(
                id=f"Unggahan ini {word_id}. Mulai unggahan baru untuk mengirim berkas lain.",
                en=f"This upload is {word_en}. Begin a new one to send another file.",
            ),
            f"upload_{state}",
        )


class PartsMissing(Conflict):
    """Not all parts have come."""

    def __init__(self, numbers: Sequence[int]) -> None:
        shown = ", ".join(str(number) for number in numbers[:10]) + (", …" if len(numbers) > 10 else "")
        super().__init__(
            Text(
                id=f"Masih ada bagian yang belum sampai: {shown}. Kirim bagian itu, lalu selesaikan lagi.",
                en=f"Some parts have not come yet: {shown}. Send them, then complete again.",
            ),
            "parts_missing",
        )
        self.numbers = tuple(numbers)


class HashMismatch(Refusal):
    """The bytes are not those that were announced."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Isi berkas yang sampai berbeda dari yang didaftarkan (SHA-256 tidak sama). Jangan ubah berkas "
                "selama mengunggah; kirim ulang semua bagian.",
                en="The bytes that came are not those that were announced (the SHA-256 differs). Do not change "
                "the file while it is sent; send all parts again.",
            ),
            "hash_mismatch",
        )


class ArchiveRefused(Refusal):
    """The archive breaks a rule: which, and where inside it."""

    def __init__(self, fault: ArchiveFault) -> None:
        super().__init__(fault.message, "archive_refused")
        self.rule = fault.rule
        self.entry = fault.entry
        self.line = fault.line


def local_time(moment: datetime, zone: str) -> str:
    """A moment as people of a zone write it, the zone named: `26-11-2026 17.00 WIB`."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%d-%m-%Y %H.%M} {_ZONE_NAMES.get(zone, local.tzname() or zone)}"

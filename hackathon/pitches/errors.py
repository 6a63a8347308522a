"""What pitches refuse."""

from datetime import datetime, timedelta

from hackathon.errors import NotFound, Refusal, TooLarge
from hackathon.pitches.model import MOST_BYTES
from hackathon.submissions.errors import local_time
from sandbox.limits import MB
from sandbox.model import Text


class PageUnknown(NotFound):
    """There is no such page, or not any more."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Halaman presentasi ini tidak ada, atau presentasinya sudah diganti.",
                en="There is no such page, or the pitch was replaced.",
            ),
            "page_unknown",
        )


class DocumentEmpty(Refusal):
    """No byte came."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Berkasnya kosong atau belum dipilih. Pilih berkas PDF presentasi Anda.",
                en="The file is empty, or none was chosen. Choose the PDF of your pitch.",
            ),
            "document_empty",
        )


class DocumentTooLarge(TooLarge):
    """The document has more bytes than a pitch may."""

    def __init__(self, size: int) -> None:
        super().__init__(
            Text(
                id=f"PDF ini {size / MB:.1f} MB, paling besar {MOST_BYTES // MB} MB. Perkecil gambar saat mengekspor, "
                "lalu unggah lagi.",
                en=f"This PDF has {size / MB:.1f} MB, and {MOST_BYTES // MB} MB is the most. Make its images smaller "
                "when you export it, then upload it again.",
            ),
            "document_too_large",
        )


class NotAPdf(Refusal):
    """The bytes are of something else."""

    def __init__(self, filename: str) -> None:
        super().__init__(
            Text(
                id=f"“{filename}” bukan PDF. Buka presentasi di aplikasinya, pilih ekspor atau simpan sebagai PDF, "
                "lalu unggah hasilnya.",
                en=f"“{filename}” is no PDF. Open the pitch where you made it, export or save it as PDF, and upload "
                "that.",
            ),
            "not_a_pdf",
        )


class TooManyDocuments(Refusal):
    """So many documents came within an hour that no more are taken for now."""

    def __init__(self, allowed: int, again_at: datetime, zone: str) -> None:
        when = local_time(again_at + timedelta(minutes=1) - timedelta(microseconds=1), zone)
        super().__init__(
            Text(
                id=f"Sudah {allowed} presentasi diunggah dalam satu jam terakhir. Coba lagi {when}.",
                en=f"{allowed} pitches were uploaded within the last hour. Try again at {when}.",
            ),
            "too_many_documents",
        )
        self.again_at = again_at


class VideoInvalid(Refusal):
    """The address of the video cannot be shown as a link."""

    def __init__(self, message: Text) -> None:
        super().__init__(message, "video_invalid")

"""What codes refuse."""

from hackathon.errors import Conflict, NotFound, Refusal
from sandbox.model import Text


class CodeMistyped(Refusal):
    """What was typed cannot be a code. It counts as no guess."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Kode ini salah ketik. Bentuknya seperti K7MR-2XWD: delapan huruf dan angka, tanpa angka 0 dan 1, "
                "tanpa huruf I, L, dan O.",
                en="This code is mistyped. It looks like K7MR-2XWD: eight letters and digits, without 0 and 1, and "
                "without I, L and O.",
            ),
            "code_mistyped",
        )


class CodeUnknown(NotFound):
    """There is no such code, or not for this."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Kode ini tidak dikenal. Periksa sekali lagi, atau minta kode lain kepada panitia.",
                en="This code is not known. Check it once more, or ask the organizers for another.",
            ),
            "code_unknown",
        )


class CodeOver(Refusal):
    """The code was good once."""

    def __init__(self, why: Text) -> None:
        super().__init__(
            Text(id=f"{why.id} Minta kode lain kepada panitia.", en=f"{why.en} Ask the organizers for another."),
            "code_over",
        )


USED = Text(id="Kode ini sudah dipakai.", en="This code was used already.")
EXPIRED = Text(id="Masa berlaku kode ini sudah lewat.", en="This code has expired.")
REVOKED = Text(id="Kode ini dibatalkan panitia.", en="The organizers revoked this code.")


class BatchUnknown(NotFound):
    """There is no such batch in this event."""

    def __init__(self) -> None:
        super().__init__(
            Text(id="Lembar kode ini tidak ada di acara ini.", en="This event has no such sheet of codes."),
            "code_batch_unknown",
        )


class BatchShown(Conflict):
    """The form was sent twice: the batch is made, and its codes were shown."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Lembar ini sudah dibuat, dan kodenya hanya ditampilkan satu kali. Jika belum tercetak, batalkan "
                "lembar ini lalu buat yang baru.",
                en="This sheet was made already, and its codes are shown once only. If you have not printed it, revoke "
                "this sheet and make a new one.",
            ),
            "code_batch_shown",
        )

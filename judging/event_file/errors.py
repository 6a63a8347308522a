"""What an event file cannot change any more of how its event is judged."""

from hackathon.errors import Refusal
from sandbox.model import Text


class JudgingFixed(Refusal):
    """Judges have scored: what stands in this line (None: it cannot be told) may not change, or not like this."""

    def __init__(self, what: Text, line: int | None) -> None:
        super().__init__(
            Text(
                id=f"Berkas acara tidak diterapkan{f', baris {line}' if line else ''}: {what.id}",
                en=f"The event file was not applied{f', line {line}' if line else ''}: {what.en}",
            ),
            "judging_fixed",
        )
        self.line = line


def stays(key: str) -> Text:
    """A rule that decides the result."""
    return Text(
        id=f"lembar penilaian pertama sudah dikirim, jadi `{key}` tidak dapat diubah lagi. Kembalikan ke nilai yang "
        "berlaku (`gelanggang event export` menuliskannya).",
        en=f"the first scorecard has been sent, so `{key}` cannot change any more. Put back what holds "
        "(`gelanggang event export` writes it).",
    )


def needs_reason(track: str) -> Text:
    """A rubric that judges have scored by."""
    return Text(
        id=f"sudah ada juri yang menilai kategori `{track}` dengan rubriknya, jadi perubahannya menjadi versi baru "
        "dengan alasan yang dapat dibaca semua juri. Tambahkan --reason.",
        en=f"judges have scored track `{track}` by its rubric, so a change of it is a new version with a reason that "
        "all judges can read. Add --reason.",
    )

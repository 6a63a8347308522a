"""How an evaluation that ended badly shows: an icon and a word."""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.model import Status, Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """`icon` is a symbol of the sprite; `word` names what happened; `detail` says it in a sentence."""

    icon: str
    word: Text
    detail: Text


OUTCOMES: Mapping[Status, Outcome] = {
    Status.REFUSED: Outcome(
        "ban",
        Text("Ditolak", "Refused"),
        Text("Isi kiriman melanggar sebuah aturan.", "What was handed in breaks a rule."),
    ),
    Status.BUILD_FAILED: Outcome(
        "hammer",
        Text("Gagal dibangun", "Did not build"),
        Text("Prototipe tidak berhasil dibangun dari kirimannya.", "The prototype could not be built from its source."),
    ),
    Status.NOT_READY: Outcome(
        "hourglass",
        Text("Tidak siap", "Not ready"),
        Text("Prototipe tidak siap menjawab dalam waktunya.", "The prototype was not ready to answer in time."),
    ),
    Status.CRASHED: Outcome(
        "unplug",
        Text("Mogok", "Crashed"),
        Text("Prototipe berhenti di tengah pengujian.", "The prototype ended in the middle of the evaluation."),
    ),
    Status.OUT_OF_MEMORY: Outcome(
        "memory-stick",
        Text("Kehabisan memori", "Out of memory"),
        Text("Prototipe memakai memori melebihi batas.", "The prototype used more memory than it may."),
    ),
    Status.TIMED_OUT: Outcome(
        "clock",
        Text("Terlalu lama", "Too slow"),
        Text("Waktu pengujian habis sebelum semua kasus selesai.", "Time ran out before all cases were done."),
    ),
    Status.OUTPUT_LIMIT: Outcome(
        "scroll-text",
        Text("Keluaran berlebih", "Too much output"),
        Text("Prototipe menulis lebih banyak daripada batas.", "The prototype wrote more than it may."),
    ),
}
"""Every status but `OK`, which needs no mark: what is normal is quiet."""


def outcome(status: str) -> Outcome | None:
    """How a status shows; None for one that went well."""
    return OUTCOMES.get(Status(status))

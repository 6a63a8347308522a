"""What rubrics refuse.

Refusal
├── RubricInvalid       a rubric that nobody could score by
├── ReasonMissing       a change after the first score says why
├── RubricMoved         (Conflict) somebody changed it since it was looked at
├── RubricUnknown       (NotFound) there is no such version
└── RatingsIncomplete   points are made of complete scorecards only
"""

from collections.abc import Sequence

from hackathon.errors import Conflict, NotFound, Refusal
from sandbox.model import Text


class RubricInvalid(Refusal):
    """Nobody could score by this rubric; the message names the criterion and the rule."""

    def __init__(self, message: Text) -> None:
        super().__init__(message, "rubric_invalid")


class ReasonMissing(Refusal):
    """The rubric is in use: a change is a new version, and needs a reason that everybody can read."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Sudah ada juri yang menilai dengan rubrik ini. Tulis alasan perubahannya; alasan itu dapat dibaca "
                "semua juri dan tercatat di rekam jejak.",
                en="Judges have already scored by this rubric. Write the reason for the change; all judges can "
                "read it, and it is kept in the audit trail.",
            ),
            "reason_missing",
        )


class RatingsIncomplete(Refusal):
    """Criteria without a rating, by key."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(
            Text(
                id=f"{len(missing)} kriteria belum dinilai: {', '.join(missing)}. Isi semuanya sebelum mengirim.",
                en=f"{len(missing)} criteria have no rating: {', '.join(missing)}. Rate all of them before sending.",
            ),
            "ratings_incomplete",
        )


class RubricMoved(Conflict):
    """Somebody changed the rubric since it was looked at."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Panitia lain baru saja mengubah rubrik ini, jadi perubahan Anda belum disimpan. "
                "Periksa rubrik yang sekarang, lalu ubah lagi bila masih perlu.",
                en="Another organizer has just changed this rubric, so your change was not stored. "
                "Look at it as it is now, and change it again if that is still needed.",
            ),
            "rubric_moved",
        )


class RubricUnknown(NotFound):
    """There is no such version of a rubric."""

    def __init__(self) -> None:
        super().__init__(Text(id="Rubrik ini tidak ada.", en="There is no such rubric."), "rubric_unknown")

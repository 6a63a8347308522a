"""What rubrics refuse.

Refusal
├── RubricInvalid       a rubric that nobody could score by
├── ReasonMissing       a change after the first score says why
└── RatingsIncomplete   points are made of complete scorecards only
"""

from collections.abc import Sequence

from hackathon.errors import Refusal
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

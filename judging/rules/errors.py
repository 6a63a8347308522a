"""What judging rules refuse.

Refusal
├── RulesInvalid    a value that cannot be
├── RulesLocked     the first score is in: what decides the result stays
└── RulesMoved      (Conflict) somebody changed the rules since they were looked at
"""

from hackathon.errors import Conflict, Refusal
from sandbox.model import Text


class RulesInvalid(Refusal):
    """A rule that cannot be; `field` names it."""

    def __init__(self, field: str, message: Text) -> None:
        super().__init__(message, "rules_invalid")
        self.field = field


class RulesLocked(Refusal):
    """The first scorecard is sent: what decides the result may no longer change. `fields` name what would."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(
            Text(
                id="Lembar penilaian pertama sudah dikirim, jadi cara menggabungkan nilai, porsi juri, dan aturan "
                "nilai sama tidak dapat diubah lagi. Aturan lain masih boleh.",
                en="The first scorecard has been sent, so the method, the judges' share and the rule for ties cannot "
                "change any more. The other rules still can.",
            ),
            "rules_locked",
        )
        self.fields = fields


class RulesMoved(Conflict):
    """Somebody changed the rules since they were looked at."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Panitia lain baru saja mengubah aturan ini, jadi perubahan Anda belum disimpan. "
                "Periksa aturan yang sekarang, lalu ubah lagi bila masih perlu.",
                en="Another organizer has just changed these rules, so your change was not stored. "
                "Look at them as they are now, and change them again if that is still needed.",
            ),
            "rules_moved",
        )

"""What a pitch day refuses.

Refusal
├── DrawInvalid     a draw that cannot be
└── NotDrawn        (Conflict) there is no order yet, or the team is not in it
"""

from hackathon.errors import Conflict, Refusal
from sandbox.model import Text


class DrawInvalid(Refusal):
    """A draw that cannot be; `field` names what is wrong with it."""

    def __init__(self, field: str, message: Text) -> None:
        super().__init__(message, "draw_invalid")
        self.field = field


class NotDrawn(Conflict):
    """Nobody can be called who was not drawn."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Peserta itu tidak ada di urutan yang berlaku sekarang. Muat ulang halaman, lalu pilih lagi.",
                en="That entry is not in the order as it is now. Load the page again, then choose anew.",
            ),
            "not_drawn",
        )

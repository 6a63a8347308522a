"""What keeping a card refuses. Nothing that was typed is lost by it."""

from collections.abc import Mapping

from hackathon.cards.model import Card
from hackathon.errors import Conflict, Refusal
from sandbox.model import Text


class CardChanged(Conflict):
    """Somebody else of the team saved the card meanwhile. `current` is what stands now."""

    def __init__(self, current: Card) -> None:
        super().__init__(
            Text(
                id=f"{current.author} menyimpan kartu ini saat Anda mengetik. Tulisan Anda belum disimpan dan masih "
                "ada di bawah. Bandingkan keduanya, gabungkan yang perlu, lalu simpan.",
                en=f"{current.author} saved this card while you were typing. Your words are not saved yet and still "
                "stand below. Compare both, bring together what is needed, then save.",
            ),
            "card_changed",
        )
        self.current = current


class CardIncomplete(Refusal):
    """Something is missing or too long. `problems` says what by question."""

    def __init__(self, problems: Mapping[str, Text]) -> None:
        super().__init__(
            Text(
                id="Kartu prototipe belum lengkap. Lengkapi isiannya, atau simpan sebagai draf.",
                en="The prototype card is not complete yet. Complete it, or save it as a draft.",
            ),
            "card_incomplete",
        )
        self.problems = dict(problems)

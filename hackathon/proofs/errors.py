"""Why a link does not work."""

from hackathon.errors import NotFound, Refusal
from sandbox.model import Text


class ProofUnknown(NotFound):
    """There is no such link."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Tautan ini tidak dikenal. Mungkin terpotong saat disalin: buka langsung dari surelnya, atau minta "
                "tautan baru.",
                en="This link is not known. It may have been cut off when copied: open it from the e-mail itself, or "
                "ask for a new one.",
            ),
            "link_unknown",
        )


class ProofExpired(Refusal):
    """The link is too old."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Masa berlaku tautan ini sudah lewat. Minta tautan baru.",
                en="This link has expired. Ask for a new one.",
            ),
            "link_expired",
        )


class ProofUsed(Refusal):
    """The link was used, or another one that did the same."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Tautan ini sudah dipakai. Setiap tautan berlaku satu kali; minta yang baru bila masih perlu.",
                en="This link was used already. Each works once; ask for a new one if you still need it.",
            ),
            "link_used",
        )

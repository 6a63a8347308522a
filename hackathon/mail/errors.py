"""Why a letter was not taken."""

from hackathon.errors import HackathonError
from hackathon.mail.model import Trouble


class SendFailed(HackathonError):
    """The letter was not taken. `words` are for the operator and name no person."""

    def __init__(self, trouble: Trouble, words: str) -> None:
        super().__init__(f"{trouble}: {words}")
        self.trouble = trouble
        self.words = words

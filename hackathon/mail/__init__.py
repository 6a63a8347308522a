"""Letters to people: posted with what they are about in one transaction, carried by the postman."""

from hackathon.mail import judge_letters, letters
from hackathon.mail.carriers import Carrier, open_carrier
from hackathon.mail.errors import SendFailed
from hackathon.mail.model import Fate, Kind, Letter, Recipient, Standing, State, Trouble
from hackathon.mail.postman import Postman
from hackathon.mail.service import CHANGED, drop, fates, post, standing, take_back

__all__ = [
    "CHANGED",
    "Carrier",
    "Fate",
    "Kind",
    "Letter",
    "Postman",
    "Recipient",
    "SendFailed",
    "Standing",
    "State",
    "Trouble",
    "drop",
    "fates",
    "judge_letters",
    "letters",
    "open_carrier",
    "post",
    "standing",
    "take_back",
]

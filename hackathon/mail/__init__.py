"""Letters to people: posted with what they are about in one transaction, carried by the postman."""

from hackathon.mail import letters
from hackathon.mail.carriers import Carrier, open_carrier
from hackathon.mail.errors import SendFailed
from hackathon.mail.model import Kind, Letter, Recipient, Standing, State, Trouble
from hackathon.mail.postman import Postman
from hackathon.mail.service import CHANGED, post, standing

__all__ = [
    "CHANGED",
    "Carrier",
    "Kind",
    "Letter",
    "Postman",
    "Recipient",
    "SendFailed",
    "Standing",
    "State",
    "Trouble",
    "letters",
    "open_carrier",
    "post",
    "standing",
]

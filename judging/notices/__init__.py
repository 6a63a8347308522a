"""Letters to judges: that there is work, that some of it is left, that a scorecard was given back."""

from judging.notices.model import APART, Standing, Unreached
from judging.notices.posting import letter_to
from judging.notices.reminding import Reminding, remind_due
from judging.notices.service import NotNow, remind, standings
from judging.notices.telling import letters_about_judging

__all__ = [
    "APART",
    "NotNow",
    "Reminding",
    "Standing",
    "Unreached",
    "letter_to",
    "letters_about_judging",
    "remind",
    "remind_due",
    "standings",
]

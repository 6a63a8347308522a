"""The prototype card: what a team says of its prototype, for juries and the public to hold it against."""

from hackathon.cards.errors import CardChanged, CardIncomplete
from hackathon.cards.model import FIELDS, Answers, Card, Field
from hackathon.cards.service import read_card, save_card, suggest_answers

__all__ = [
    "FIELDS",
    "Answers",
    "Card",
    "CardChanged",
    "CardIncomplete",
    "Field",
    "read_card",
    "save_card",
    "suggest_answers",
]

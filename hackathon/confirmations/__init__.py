"""Confirmation: that an account is somebody's who can be reached, shown by mail, by a code, or to an organizer."""

from hackathon.confirmations.errors import AddressOwned
from hackathon.confirmations.model import Way
from hackathon.confirmations.service import ask, ask_again, confirm, confirm_by_hand, is_open, mark

__all__ = [
    "AddressOwned",
    "Way",
    "ask",
    "ask_again",
    "confirm",
    "confirm_by_hand",
    "is_open",
    "mark",
]

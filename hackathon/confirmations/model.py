"""How an account came to be confirmed."""

from enum import StrEnum


class Way(StrEnum):
    """By a link sent to its address, by a link for a new password, by a code of the organizers, or by their hand."""

    MAIL = "mail"
    RESET = "reset"
    CODE = "code"
    HAND = "hand"

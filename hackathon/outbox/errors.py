"""Mistakes at the door of the outbox."""


class NotForTheChain(ValueError):
    """The subject holds something else than ids and single words: a mistake in the program."""

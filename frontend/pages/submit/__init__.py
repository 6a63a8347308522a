"""Handing in: what is left to do, the upload, the card, the pitch."""

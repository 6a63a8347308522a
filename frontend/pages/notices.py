"""What a page says right after something was done: a code in its address, words here.

A page with such words also makes the browser forget the drafts of its forms, so signing in has none.
"""

from collections.abc import Mapping

from sandbox.model import Text

NOTICES: Mapping[str, Text] = {
    "keluar": Text("Anda sudah keluar.", "You are signed out."),
    "tersimpan": Text("Perubahan tersimpan.", "Your changes are saved."),
}


def notice(code: str) -> Text | None:
    """The words of a code; None for one that nobody gave out."""
    return NOTICES.get(code)

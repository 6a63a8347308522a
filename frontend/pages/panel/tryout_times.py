"""How long a prototype took, in words."""

from frontend import formats
from frontend.language import Language, say


def spent(seconds: float, language: Language) -> str:
    """Milliseconds below a second, else seconds."""
    if seconds < 1:
        return say(language, "{n} md", n=max(1, round(seconds * 1000)))
    return say(language, "{seconds} detik", seconds=formats.figure(seconds, 1, language))

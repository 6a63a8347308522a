"""How letters say things: the words of a kind, and times."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from sandbox.model import Text


@dataclass(frozen=True, slots=True)
class Wording:
    """Subject and body of a kind; `{...}` are filled in."""

    subject: Text
    body: Text


def moment(at: datetime, zone: str, language: str) -> str:
    """Kamis, 26 November 2026 pukul 23.59 WIB; in English at 23:59 WIB."""
    local = at.astimezone(ZoneInfo(zone))
    day = format_date(local.date(), "EEEE, d MMMM yyyy", locale=language)
    if language == "en":
        return f"{day} at {local:%H:%M %Z}"
    return f"{day} pukul {local:%H.%M %Z}"

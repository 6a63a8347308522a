"""What the console's pages of judging share: their tab, their parts, and names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar.response import Response

from frontend.language import Language, message, pick, say
from frontend.pages.console.desk import Desk, desk_page
from frontend.pages.console.entries import Choice
from frontend.pages.forms import Problems
from judging.assignment import Candidate, Field, Kind

REASON_FIELDS: Mapping[str, str] = {
    "name_empty": "alasan",
    "name_too_long": "alasan",
    "name_unreadable": "alasan",
}
"""Where a reason that cannot be is told."""

KINDS: Mapping[Kind, str] = {
    Kind.REVIEW: message("Penilaian"),
    Kind.FINAL: message("Babak final"),
    Kind.CALIBRATION: message("Kalibrasi"),
}

KIND_NAMES: Mapping[Kind, str] = {Kind.REVIEW: "penilaian", Kind.FINAL: "final", Kind.CALIBRATION: "kalibrasi"}
"""As they stand in addresses."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A box to tick."""

    value: str
    title: str
    detail: str
    checked: bool


def kind_of(text: str, default: Kind = Kind.REVIEW) -> Kind:
    """The kind that an address names; the default for anything else."""
    return next((kind for kind, name in KIND_NAMES.items() if name == text), default)


def section_page(
    template: str, desk: Desk, here: str, *, problems: Problems | None = None, **context: Any
) -> Response[str]:
    """A page of the section; `here` is its part."""
    base = f"{desk.root}/penilaian"
    return desk_page(f"judging/{template}", desk, "penilaian", problems=problems, base=base, here=here, **context)


def track_titles(desk: Desk) -> Mapping[UUID, str]:
    """The tracks by id, in the visitor's language."""
    return {track.id: pick(track.title, desk.language) for track in desk.event.tracks}


def track_choices(desk: Desk) -> tuple[Choice, ...]:
    """All tracks, then each."""
    return (
        Choice("", say(desk.language, "Semua kategori")),
        *(Choice(track.slug, pick(track.title, desk.language)) for track in desk.event.tracks),
    )


def entry_picks(field: Field, chosen: Iterable[UUID], desk: Desk) -> tuple[Pick, ...]:
    """The entries as boxes to tick, by team; what of them is chosen stays there even where it left the field."""
    wanted, titles = set(chosen), track_titles(desk)
    return tuple(
        Pick(str(one.entry_id), one.team, titles.get(one.track_id, ""), one.entry_id in wanted)
        for one in sorted(field.candidates, key=lambda one: (one.team.casefold(), str(one.entry_id)))
    )


def name_of(one: Candidate, field: Field, desk: Desk) -> str:
    """The team, with its track where the team is in several."""
    several = sum(other.team_id == one.team_id for other in field.candidates) > 1
    return f"{one.team} ({track_titles(desk)[one.track_id]})" if several else one.team


def ids(values: Iterable[str]) -> tuple[UUID, ...]:
    """Those of the values that are ids, each once."""
    found: dict[UUID, None] = {}
    for value in values:
        try:
            found[UUID(value)] = None
        except ValueError:
            continue
    return tuple(found)


def percent(value: float, language: Language) -> str:
    """A share in percent without needless zeros: 40, 37,5."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language is Language.ID else text

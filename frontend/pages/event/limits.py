"""The limits of an event, as its page shows them: the rows of the defaults table with the event's own numbers."""

from dataclasses import dataclass
from itertools import groupby

from frontend.language import Language, pick
from hackathon.defaults import Defaults, rows
from hackathon.events import Rules


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A limit and its value with the unit."""

    title: str
    value: str


@dataclass(frozen=True, slots=True)
class LimitGroup:
    """The limits of one thing: the archive, the build, ..."""

    title: str
    lines: tuple[LimitLine, ...]


def limit_groups(rules: Rules, language: Language) -> tuple[LimitGroup, ...]:
    """Every limit that an event's rules set, in the table's order."""
    own = (row for row in rows(Defaults(rules=rules)) if row.key.startswith("rules."))
    return tuple(
        LimitGroup(
            pick(group, language),
            tuple(LimitLine(pick(row.title, language), pick(row.shown, language)) for row in lines),
        )
        for group, lines in groupby(own, key=lambda row: row.group)
    )

"""The bar of a score from 0 to 100, and the arrow of a change."""

from dataclasses import dataclass

from frontend import formats
from frontend.language import Language, say
from hackathon.evaluations.difference import Verdict

WIDTH = 160.0
"""Of a bar, in the units of its drawing; the axis is always 0 to 100."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Value, whisker, the last version's dashed line and the baseline's mark, in units of the drawing."""

    value: float
    low: float | None = None
    high: float | None = None
    before: float | None = None
    baseline: float | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """An arrow with words: `kind` is up, down, same or unclear."""

    kind: str
    words: str


def draw_bar(
    value: float,
    *,
    low: float | None = None,
    high: float | None = None,
    before: float | None = None,
    baseline: float | None = None,
) -> Bar:
    """A bar of points, 0 to 100."""
    return Bar(x(value), *(None if one is None else x(one) for one in (low, high, before, baseline)))


def x(value: float) -> float:
    """Where points stand on a bar; what lies outside is held at the edge."""
    return round(min(max(value, 0.0), 100.0) * WIDTH / 100.0, 1)


def draw_change(verdict: Verdict, by: float, language: Language) -> Change:
    """An arrow and the difference in points."""
    match verdict:
        case Verdict.BETTER:
            return Change("up", say(language, "naik {by}", by=formats.score(abs(by), language)))
        case Verdict.WORSE:
            return Change("down", say(language, "turun {by}", by=formats.score(abs(by), language)))
        case Verdict.UNCLEAR:
            return Change("unclear", say(language, "tak dapat dibedakan"))
        case Verdict.SAME:
            return Change("same", say(language, "sama"))

"""Templates: one environment a language, with everything a template may call."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import minijinja

from frontend import assets, formats
from frontend.language import Language, pick, say, say_count

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment(language: Language) -> minijinja.Environment:
    """The templates in a language. Values are escaped; a name that is not there is an error, not an empty place."""
    made = minijinja.Environment(
        loader=_source,
        auto_escape_callback=lambda _: "html",
        undefined_behavior="strict",
        trim_blocks=True,
        lstrip_blocks=True,
    )
    globals_: dict[str, Callable[..., str]] = {
        "t": lambda message, **values: say(language, message, **values),
        "tn": lambda message, n, **values: say_count(language, message, n, formats.whole(n, language), **values),
        "text": lambda text: pick(text, language),
        "static": lambda name: minijinja.safe(assets.load().url(name)),
        "whole": lambda value: formats.whole(value, language),
        "score": lambda value: formats.score(value, language),
        "megabytes": lambda value: formats.megabytes(value, language),
        "clock": lambda moment, zone, seconds=False: formats.clock(moment, zone, language, seconds=seconds),
        "zone_name": formats.zone_name,
        "moment_long": lambda moment, zone: formats.moment_long(moment, zone, language),
        "moment_short": lambda moment, zone: formats.moment_short(moment, zone, language),
        "short_day": lambda moment, zone: formats.short_day(moment, zone, language),
        "remaining": lambda left: formats.remaining(left, language),
    }
    for name, function in globals_.items():
        made.add_global(name, function)
    made.add_global("language", language.value)
    # A page without a form has none.
    made.add_global("problems", {})
    return made


def render(template: str, language: Language, **context: Any) -> str:
    """A template filled in. Raises minijinja.TemplateError for a mistake in it."""
    return environment(language).render_template(template, **context)


def _source(name: str) -> str | None:
    path = (TEMPLATES / name).resolve()
    return path.read_text(encoding="utf-8") if path.is_relative_to(TEMPLATES) and path.is_file() else None

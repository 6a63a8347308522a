"""What every page has around it: who visits, in which language and theme, and the header and footer of an event."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from litestar import MediaType, Request
from litestar.datastructures import Cookie
from litestar.response import Response

from frontend import language as languages
from frontend.language import Language, choose, say, say_count
from frontend.pages.schedule import Stage
from frontend.rendering import render
from hackathon.events import Event
from sandbox.model import Text

THEME = "tema"
"""Name of the query parameter and of the cookie."""

_YEAR_SECONDS = 365 * 86_400

AnyRequest = Request[Any, Any, Any]


class Theme(StrEnum):
    """How a page looks; the value is the attribute on `html`. `SYSTEM` follows the visitor's system."""

    SYSTEM = ""
    LIGHT = "light"
    DARK = "dark"
    PROJECTOR = "projector"


_CHOICES: Mapping[str, Theme] = {"sistem": Theme.SYSTEM, "terang": Theme.LIGHT, "gelap": Theme.DARK}


@dataclass(frozen=True, slots=True)
class Visit:
    """What a request says of its visitor. No session is made for it; `kept` are the choices to remember."""

    language: Language
    theme: Theme
    kept: tuple[Cookie, ...] = ()


@dataclass(frozen=True, slots=True)
class EventFrame:
    """The event of a page, as header and footer show it."""

    slug: str
    title: Text
    zone: ZoneInfo
    demo: bool
    first_track: str | None

    @classmethod
    def of(cls, event: Event) -> "EventFrame":
        """The frame of an event."""
        first = event.tracks[0].slug if event.tracks else None
        return cls(event.slug, event.title, ZoneInfo(event.zone), event.demo, first)


@dataclass(frozen=True, slots=True)
class ThemeLink:
    """One choice in the footer."""

    value: str
    title: str
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around the main part of a page. `here` names the page in the navigation; `aside` stands in the strip
    instead of what ends the phase.
    """

    now: datetime
    theme: str
    themes: tuple[ThemeLink, ...]
    other_language: str
    words: str
    event: EventFrame | None = None
    stage: Stage | None = None
    here: str = ""
    aside: str | None = None

    @property
    def now_ms(self) -> int:
        """The server's clock for the browser's countdowns, in milliseconds."""
        return milliseconds(self.now)

    @property
    def until_ms(self) -> int:
        """When the phase ends, in milliseconds; 0 when nothing ends it."""
        return 0 if self.stage is None or self.stage.until is None else milliseconds(self.stage.until)

    @property
    def left(self) -> timedelta:
        """Until the phase ends."""
        return timedelta(0) if self.stage is None or self.stage.until is None else self.stage.until - self.now


def milliseconds(moment: datetime) -> int:
    """A time as browsers count it."""
    return round(moment.timestamp() * 1000)


def visit(request: AnyRequest) -> Visit:
    """Language and theme of a request: asked for in the address, else kept in a cookie, else the browser's."""
    asked_language, asked_theme = request.query_params.get(languages.PARAMETER), request.query_params.get(THEME)
    kept = []
    if asked_language in tuple(Language):
        kept.append(_keep(languages.PARAMETER, Language(asked_language).value))
    if asked_theme in _CHOICES:
        kept.append(_keep(THEME, asked_theme or ""))
    return Visit(visitor_language(request), visitor_theme(request), tuple(kept))


def visitor_language(request: AnyRequest) -> Language:
    """The language alone; for an error page too."""
    return choose(
        request.query_params.get(languages.PARAMETER),
        request.cookies.get(languages.PARAMETER),
        request.headers.get("accept-language"),
    )


def visitor_theme(request: AnyRequest) -> Theme:
    """The theme alone; for an error page too."""
    asked = request.query_params.get(THEME)
    wish = asked if asked in _CHOICES else request.cookies.get(THEME, "")
    return _CHOICES.get(wish or "", Theme.SYSTEM)


def make_frame(
    visitor: Visit,
    now: datetime,
    *,
    event: EventFrame | None = None,
    stage: Stage | None = None,
    here: str = "",
    aside: str | None = None,
) -> Frame:
    """The frame of a page."""
    language = visitor.language
    titles = {
        "sistem": say(language, "ikut sistem"),
        "terang": say(language, "terang"),
        "gelap": say(language, "gelap"),
    }
    return Frame(
        now=now,
        theme=visitor.theme.value,
        themes=tuple(
            ThemeLink(value, titles[value], current=theme is visitor.theme) for value, theme in _CHOICES.items()
        ),
        other_language=(Language.EN if language is Language.ID else Language.ID).value,
        words=clock_words(language),
        event=event,
        stage=stage,
        here=here,
        aside=aside,
    )


def clock_words(language: Language) -> str:
    """The words of countdowns and ages, as JSON for the script: for each unit the form for one and for more."""
    units = {
        "day": [say_count(language, "{n} hari", count, "{n}") for count in (1, 2)],
        "hour": [say_count(language, "{n} jam", count, "{n}") for count in (1, 2)],
        "minute": [say_count(language, "{n} menit", count, "{n}") for count in (1, 2)],
        "second": [say_count(language, "{n} detik", count, "{n}") for count in (1, 2)],
    }
    ago = say(language, "{span} lalu", span="{span}")
    return json.dumps({**units, "ago": ago, "now": say(language, "baru saja")}, ensure_ascii=False)


def page(template: str, visitor: Visit, frame: Frame, **context: Any) -> Response[str]:
    """A rendered page with what browsers and caches must know of it."""
    return Response(
        render(template, visitor.language, frame=frame, **context),
        media_type=MediaType.HTML,
        headers={
            "Cache-Control": "private, no-cache",
            "Vary": "Accept-Language, Cookie",
            "Content-Language": visitor.language.value,
        },
        cookies=list(visitor.kept),
    )


def _keep(name: str, value: str) -> Cookie:
    return Cookie(key=name, value=value, max_age=_YEAR_SECONDS, httponly=True, samesite="lax", path="/")

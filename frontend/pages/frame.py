"""What every page has around it: the header, the footer, and what browsers must know of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import MediaType
from litestar.response import Response

from frontend.language import Language, say, say_count
from frontend.pages.notices import notice
from frontend.pages.schedule import Stage
from frontend.pages.visiting import THEMES, Visit
from frontend.rendering import render
from hackathon.events import Event
from hackathon.sessions import Session
from sandbox.model import Text


@dataclass(frozen=True, slots=True)
class EventFrame:
    """The event of a page, as header and footer show it."""

    slug: str
    title: Text
    zone: ZoneInfo
    demo: bool
    first_track: str | None

    @classmethod
    def of(cls, event: Event, visitor: Visit | None = None) -> "EventFrame":
        """The frame of an event, in the zone of whoever looks; without a visitor in the event's, as it is for all."""
        first = event.tracks[0].slug if event.tracks else None
        zone = ZoneInfo(event.zone) if visitor is None else zone_of(visitor, event)
        return cls(event.slug, event.title, zone, event.demo, first)


def zone_of(visitor: Visit, event: Event) -> ZoneInfo:
    """The zone in which pages of the event tell times: the person's own, else the event's."""
    return ZoneInfo(visitor.person.zone if visitor.person else event.zone)


@dataclass(frozen=True, slots=True)
class ThemeLink:
    """One choice in the footer."""

    value: str
    title: str
    current: bool


@dataclass(frozen=True, slots=True)
class FrameNews:
    """The important news of the event. `lang` is its language where that is not the page's."""

    title: str
    at: datetime
    lang: str | None
    key: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around the main part of a page. `here` names the page in the navigation; `aside` stands in the strip
    instead of what ends the phase; `judges`: the person judges this event.
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
    person: Session | None = None
    key: str = ""
    notice: Text | None = None
    news: FrameNews | None = None
    judges: bool = False

    @property
    def initials(self) -> str:
        """Of the person's first and last word."""
        words = self.person.name.split() if self.person else []
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @property
    def is_organizer(self) -> bool:
        """Whether the console is open to the person."""
        return self.person is not None and self.person.principal.is_organizer

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
            ThemeLink(value, titles[value], current=theme is visitor.theme) for value, theme in THEMES.items()
        ),
        other_language=(Language.EN if language is Language.ID else Language.ID).value,
        words=clock_words(language),
        event=event,
        stage=stage,
        here=here,
        aside=aside,
        person=visitor.person,
        key=visitor.key,
        notice=notice(visitor.notice),
        news=None if event is None else _news(visitor, event),
        judges=event is not None and event.slug in visitor.judging,
    )


def _news(visitor: Visit, event: EventFrame) -> FrameNews | None:
    found = visitor.news.get(event.slug)
    if found is None:
        return None
    said = found.said(visitor.language.value)
    lang = None if said.language == visitor.language.value else said.language
    return FrameNews(said.title, found.published_at, lang, news_key(found.id))


def news_key(announcement_id: UUID) -> str:
    """Where a news item stands on its page."""
    return f"k-{announcement_id.hex[:12]}"


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


def page(
    template: str,
    visitor: Visit,
    frame: Frame,
    *,
    status: int = 200,
    problems: Mapping[str, str] | None = None,
    **context: Any,
) -> Response[str]:
    """A rendered page with what browsers and caches must know of it.

    `problems` are what is wrong with a form by field, in the visitor's language (see `frontend.pages.forms`).
    """
    return Response(
        render(template, visitor.language, frame=frame, problems=problems or {}, **context),
        status_code=status,
        media_type=MediaType.HTML,
        headers={
            # What a signed-in person sees must not come back from a cache after they signed out.
            "Cache-Control": "no-store" if visitor.person else "private, no-cache",
            "Vary": "Accept-Language, Cookie",
            "Content-Language": visitor.language.value,
        },
        cookies=list(visitor.kept),
    )

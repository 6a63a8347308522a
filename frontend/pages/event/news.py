"""News of an event as pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from frontend import formats
from frontend.language import Language
from frontend.pages.frame import news_key
from hackathon.announcements import Announcement
from sandbox.model import Text

TEASER = 280
"""Characters of the first paragraph where only the beginning is shown."""


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A news item. `lang` is its language where that is not the page's; `more`: the teaser is not all of it. `event`
    names its event where a page shows several.
    """

    key: str
    title: str
    paragraphs: tuple[str, ...]
    teaser: str
    more: bool
    lang: str | None
    at: str
    machine_at: str
    important: bool
    href: str
    event: Text | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One page of news: newest first, with the numbers of the pages beside it."""

    items: tuple[NewsItem, ...]
    newer: int | None
    older: int | None


def draw_news(
    news: Iterable[Announcement],
    *,
    slugs: Mapping[UUID, str],
    zone: ZoneInfo,
    language: Language,
    titles: Mapping[UUID, Text] | None = None,
) -> tuple[NewsItem, ...]:
    """The items in the given order. `slugs` and `titles` are those of their events."""
    return tuple(_item(item, slugs[item.event_id], (titles or {}).get(item.event_id), zone, language) for item in news)


def page_number(asked: int, whole: int, size: int) -> int:
    """The page that is shown where `asked` (from 1) is asked for: the last one where there are fewer."""
    return max(1, min(asked, -(-whole // size)))


def turn_pages(items: tuple[NewsItem, ...], number: int, whole: int, size: int) -> Paper:
    """The page `number` (from 1) of `whole` items."""
    return Paper(
        items,
        newer=number - 1 if number > 1 else None,
        older=number + 1 if number < page_number(number + 1, whole, size) else None,
    )


def _item(news: Announcement, slug: str, event: Text | None, zone: ZoneInfo, language: Language) -> NewsItem:
    said = news.said(language.value)
    paragraphs = tuple(said.body.split("\n\n"))
    first = " ".join(paragraphs[0].split())
    clipped = first if len(first) <= TEASER else first[:TEASER].rsplit(" ", 1)[0].rstrip(".,;:") + "…"
    return NewsItem(
        key=news_key(news.id),
        title=said.title,
        paragraphs=paragraphs,
        teaser=clipped,
        more=clipped != said.body,
        lang=None if said.language == language.value else said.language,
        at=_moment(news.published_at, zone, language),
        machine_at=news.published_at.isoformat(timespec="seconds"),
        important=news.important,
        href=f"/acara/{slug}/kabar#{news_key(news.id)}",
        event=event,
    )


def _moment(moment: datetime, zone: ZoneInfo, language: Language) -> str:
    return formats.moment_long(moment, zone, language)

"""The part of an event file that its page shows: read, bounded, checked. Every problem names its line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec

from hackathon.errors import Refusal
from hackathon.events.content import AgendaItem, Content, Criterion, Partner, Passage, Prize, Question, Source
from hackathon.events.errors import EventInvalid
from hackathon.names import clean_line, clean_text
from sandbox.model import Text

LONGEST_TITLE = 200
LONGEST_BODY = 2_000
LONGEST_SUMMARY = 600
LONGEST_LINK = 300
LONGEST_CONTENT = 40_000
"""Characters of everything together in one language: the page stays light on a phone."""

Wrong = Callable[..., EventInvalid]
"""Makes the error of a reason and the path where it stands."""


class _Strict(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A table that refuses keys it does not know."""


class Words(_Strict, frozen=True):
    """A text as the file has it, in both languages."""

    id: str
    en: str


class _Passage(_Strict, frozen=True):
    title: Words
    body: Words


class _AgendaItem(_Strict, frozen=True):
    at: datetime
    title: Words
    until: datetime | None = None
    body: Words | None = None
    venue: str | None = None


class _Criterion(_Strict, frozen=True):
    title: Words
    body: Words
    weight: Annotated[float, msgspec.Meta(gt=0, le=100)]
    source: Source


class _Prize(_Strict, frozen=True):
    title: Words
    worth: Words
    body: Words | None = None


class _Partner(_Strict, frozen=True):
    name: str
    role: Words | None = None
    link: str | None = None


class _Question(_Strict, frozen=True):
    question: Words
    answer: Words


class ContentDocument(_Strict, frozen=True, kw_only=True):
    """The keys of an event file that make its page."""

    summary: Words | None = None
    themes: Annotated[list[_Passage], msgspec.Meta(max_length=12)] = []
    agenda: Annotated[list[_AgendaItem], msgspec.Meta(max_length=100)] = []
    terms: Annotated[list[_Passage], msgspec.Meta(max_length=40)] = []
    criteria: Annotated[list[_Criterion], msgspec.Meta(max_length=20)] = []
    prizes: Annotated[list[_Prize], msgspec.Meta(max_length=20)] = []
    partners: Annotated[list[_Partner], msgspec.Meta(max_length=60)] = []
    faq: Annotated[list[_Question], msgspec.Meta(max_length=40)] = []


@dataclass(slots=True)
class Writer:
    """Cleans the texts of a file and counts their characters. `wrong` makes the error where one is."""

    wrong: Wrong
    written_id: int = 0
    written_en: int = 0

    def line(self, words: Words, *path: str | int, longest: int = LONGEST_TITLE) -> Text:
        """A title in both languages."""
        return self._both(words, clean_line, longest, *path)

    def body(self, words: Words, *path: str | int, longest: int = LONGEST_BODY) -> Text:
        """Paragraphs in both languages; a line end within one is a space, as the file's width is not the page's."""
        text = self._both(words, clean_text, longest, *path)
        return Text(id=_joined(text.id), en=_joined(text.en))

    def _both(self, words: Words, clean: Callable[..., str], longest: int, *path: str | int) -> Text:
        text = Text(
            id=self._one(words.id, clean, longest, *path, "id"), en=self._one(words.en, clean, longest, *path, "en")
        )
        self.written_id += len(text.id)
        self.written_en += len(text.en)
        if max(self.written_id, self.written_en) > LONGEST_CONTENT:
            raise self.wrong(f"the texts of the page are longer than {LONGEST_CONTENT} characters together", *path)
        return text

    def _one(self, typed: str, clean: Callable[..., str], longest: int, *path: str | int) -> str:
        what = Text(id=f"`{path[-2]}.{path[-1]}`", en=f"`{path[-2]}.{path[-1]}`")
        try:
            return clean(typed, what=what, longest=longest)
        except Refusal as error:
            raise self.wrong(error.message.en, *path) from error


def read_content(document: ContentDocument, zone: ZoneInfo, venues: Mapping[str, ZoneInfo], wrong: Wrong) -> Content:
    """The checked content. `venues` gives the zones of the event's venues by slug. Raises what `wrong` makes."""
    write = Writer(wrong)
    content = Content(
        summary=write.body(document.summary, "summary", longest=LONGEST_SUMMARY) if document.summary else None,
        themes=_passages(document.themes, "themes", write),
        agenda=tuple(_agenda_item(row, zone, venues, write, "agenda", i) for i, row in enumerate(document.agenda)),
        terms=_passages(document.terms, "terms", write),
        criteria=_criteria(document.criteria, write),
        prizes=tuple(_prize(row, write, "prizes", i) for i, row in enumerate(document.prizes)),
        partners=tuple(_partner(row, write, "partners", i) for i, row in enumerate(document.partners)),
        faq=tuple(
            Question(write.line(row.question, "faq", i, "question"), write.body(row.answer, "faq", i, "answer"))
            for i, row in enumerate(document.faq)
        ),
    )
    return replace(content, agenda=tuple(sorted(content.agenda, key=lambda item: item.at)))


def _passages(rows: list[_Passage], table: str, write: Writer) -> tuple[Passage, ...]:
    return tuple(
        Passage(write.line(row.title, table, i, "title"), write.body(row.body, table, i, "body"))
        for i, row in enumerate(rows)
    )


def _agenda_item(
    row: _AgendaItem, zone: ZoneInfo, venues: Mapping[str, ZoneInfo], write: Writer, *path: str | int
) -> AgendaItem:
    if row.venue is not None and row.venue not in venues:
        names = ", ".join(venues) or "none"
        raise write.wrong(f"there is no venue `{row.venue}` (known: {names})", *path, "venue")
    here = zone if row.venue is None else venues[row.venue]
    at, until = _moment(row.at, here), None if row.until is None else _moment(row.until, here)
    if until is not None and until <= at:
        raise write.wrong("`until` must be later than `at`", *path, "until")
    return AgendaItem(
        at=at,
        title=write.line(row.title, *path, "title"),
        until=until,
        body=write.body(row.body, *path, "body") if row.body else None,
        venue=row.venue,
    )


def _criteria(rows: list[_Criterion], write: Writer) -> tuple[Criterion, ...]:
    whole = sum(row.weight for row in rows)
    if rows and abs(whole - 100) > 0.01:
        raise write.wrong(f"the weights of the criteria make {whole:g}, not 100", "criteria", len(rows) - 1, "weight")
    return tuple(
        Criterion(
            title=write.line(row.title, "criteria", i, "title"),
            body=write.body(row.body, "criteria", i, "body"),
            weight=row.weight,
            source=row.source,
        )
        for i, row in enumerate(rows)
    )


def _prize(row: _Prize, write: Writer, *path: str | int) -> Prize:
    return Prize(
        title=write.line(row.title, *path, "title"),
        worth=write.line(row.worth, *path, "worth"),
        body=write.body(row.body, *path, "body") if row.body else None,
    )


def _partner(row: _Partner, write: Writer, *path: str | int) -> Partner:
    return Partner(
        # A name is the same in every language.
        name=write.line(Words(row.name, row.name), *path, "name").id,
        role=write.line(row.role, *path, "role") if row.role else None,
        link=None if row.link is None else _link(row.link, write, *path, "link"),
    )


def _link(link: str, write: Writer, *path: str | int) -> str:
    try:
        parts = urlsplit(link)
        usable = parts.scheme == "https" and bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:
        usable = False
    if not usable or len(link) > LONGEST_LINK or not link.isascii() or not link.isprintable() or " " in link:
        raise write.wrong(f"`link` must be an address that begins with https://, at most {LONGEST_LINK} long", *path)
    return link


def _moment(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _joined(text: str) -> str:
    return "\n\n".join(paragraph.replace("\n", " ") for paragraph in text.split("\n\n"))

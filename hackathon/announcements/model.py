"""News as values."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from hackathon.announcements.errors import Incomplete
from hackathon.names import clean_line, clean_text
from sandbox.model import Text

LONGEST_TITLE = 120
LONGEST_BODY = 4_000
NOTICE_HOURS = 24
"""How long an important announcement stands on every page of its event."""

MOST = 500
"""Announcements of one event, those that were taken back included."""

SAME_WITHIN = timedelta(hours=1)
"""The same words again so soon are the same announcement: a form that was sent twice."""


@dataclass(frozen=True, slots=True)
class Said:
    """An announcement in one language; `language` is `id` or `en`, not always the one that was asked for."""

    title: str
    body: str
    language: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """Something that the organizers told. A language in which they did not has empty texts. `reason` is why it was
    taken back.
    """

    id: UUID
    event_id: UUID
    title: Text
    body: Text
    important: bool
    published_at: datetime
    retracted_at: datetime | None = None
    reason: str | None = None

    def said(self, language: str) -> Said:
        """It in that language, or in the one there is."""
        english = Said(self.title.en, self.body.en, "en")
        indonesian = Said(self.title.id, self.body.id, "id")
        wanted, other = (english, indonesian) if language == "en" else (indonesian, english)
        return wanted if wanted.title else other

    def is_notice(self, now: datetime) -> bool:
        """Whether it stands on every page of its event at `now`."""
        fresh = now - self.published_at < timedelta(hours=NOTICE_HOURS)
        return self.important and self.retracted_at is None and fresh


def cleaned(title: Text, body: Text) -> tuple[Text, Text]:
    """Title and body as they are kept. Raises Incomplete, Refusal."""
    pairs = [("id", title.id, body.id), ("en", title.en, body.en)]
    given = [language for language, head, text in pairs if head.strip() or text.strip()]
    kept = {"id": ("", ""), "en": ("", "")}
    for language, head, text in pairs:
        if language not in (given or ["id"]):
            continue
        for part, typed in (("title", head), ("body", text)):
            if not typed.strip():
                raise Incomplete(f"{part}.{language}")
        kept[language] = (
            clean_line(head, what=Text(id="Judul", en="The title"), longest=LONGEST_TITLE),
            clean_text(text, what=Text(id="Isi kabar", en="The text"), longest=LONGEST_BODY),
        )
    return Text(kept["id"][0], kept["en"][0]), Text(kept["id"][1], kept["en"][1])

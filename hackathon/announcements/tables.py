"""Rows of announcements. The constraints stand in the migrations."""

from piccolo.columns import UUID, Boolean, ForeignKey, Text, Timestamptz
from piccolo.table import Table

from hackathon.events.tables import Event
from hackathon.store import ENGINE


class Announcement(Table, db=ENGINE, tablename="announcement"):
    """Something that the organizers told; a language in which they did not has empty texts."""

    id = UUID(primary_key=True)
    event_id = ForeignKey(Event, null=False)
    title_id = Text()
    body_id = Text()
    title_en = Text()
    body_en = Text()
    important = Boolean()
    published_at = Timestamptz()
    retracted_at = Timestamptz(null=True, default=None)
    reason = Text(null=True, default=None)

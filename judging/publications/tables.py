"""Rows of publications. The constraints stand in the migrations."""

from piccolo.columns import UUID, ForeignKey, Integer, Text, Timestamptz
from piccolo.table import Table

from hackathon.events.tables import Track
from hackathon.store import ENGINE


class Publication(Table, db=ENGINE, tablename="publication"):
    """One version of a track's board. `body` is canonical JSON, as text: its hash is that of these bytes."""

    id = UUID(primary_key=True)
    track_id = ForeignKey(Track)
    number = Integer()
    body = Text()
    sha256 = Text()
    created_at = Timestamptz()

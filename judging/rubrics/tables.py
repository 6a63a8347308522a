"""Rows of rubrics. The constraints stand in the migrations."""

from piccolo.columns import JSONB, UUID, Boolean, ForeignKey, Integer, Text, Timestamptz
from piccolo.table import Table

from hackathon.events.tables import Track
from hackathon.store import ENGINE


class RubricRow(Table, db=ENGINE, tablename="rubric"):
    """A version of a track's rubric. `body` is `Rubric` as JSON; the highest `number` is in force. A track without a
    row has the default rubric.
    """

    id = UUID(primary_key=True)
    track_id = ForeignKey(Track, null=False)
    number = Integer()
    body = JSONB()
    reason = Text()
    reopens = Boolean()
    made_at = Timestamptz()

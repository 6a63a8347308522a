"""Rows of judging groups. The constraints stand in the migrations."""

from piccolo.columns import UUID, Array, Boolean, ForeignKey, Text, Timestamptz
from piccolo.table import Table

from hackathon.events.tables import Event
from hackathon.store import ENGINE


class JudgingGroupRow(Table, db=ENGINE, tablename="judging_group"):
    """A judging group. Ids of judges, tracks or entries that are gone say nothing."""

    id = UUID(primary_key=True)
    event_id = ForeignKey(Event, null=False)
    name = Text()
    judges = Array(base_column=UUID())
    tracks = Array(base_column=UUID())
    entries = Array(base_column=UUID())
    everybody = Boolean()
    final = Boolean()
    made_at = Timestamptz()

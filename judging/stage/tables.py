"""Rows of a pitch day. The constraints stand in the migrations."""

from piccolo.columns import UUID, Array, DoublePrecision, ForeignKey, Integer, Text, Timestamptz
from piccolo.table import Table

from hackathon.events.tables import Event
from hackathon.store import ENGINE
from hackathon.teams.tables import Entry


class PitchDrawRow(Table, db=ENGINE, tablename="pitch_draw"):
    """A draw of the order on the stage, never changed; the newest counts. `pool` is what was drawn from, sorted."""

    id = UUID(primary_key=True)
    event_id = ForeignKey(Event, null=False)
    number = Integer()
    seed = Text()
    pool = Array(base_column=UUID())
    reason = Text()
    minutes = Integer()
    made_at = Timestamptz()


class PitchTurnRow(Table, db=ENGINE, tablename="pitch_turn"):
    """Who is on the stage. `ends_at` while the clock runs; `left_seconds` is what was left when it last changed."""

    event_id = UUID(primary_key=True)
    entry_id = ForeignKey(Entry, null=False)
    ends_at = Timestamptz(null=True, default=None)
    left_seconds = DoublePrecision()
    changed_at = Timestamptz()

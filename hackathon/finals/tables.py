"""Rows of what is judged. The constraints stand in the migrations."""

from piccolo.columns import UUID, ForeignKey, Integer, Timestamptz
from piccolo.table import Table

from hackathon.store import ENGINE
from hackathon.teams.tables import Entry


class JudgedRow(Table, db=ENGINE, tablename="judged"):
    """One revision of which submission of an entry is judged; the newest counts, none ever changes.

    `submission_id` is null where the one before was lifted. `deadline` is the entry's as it was then: where it has
    moved on since, the revision does not stand.
    """

    id = UUID(primary_key=True)
    entry_id = ForeignKey(Entry, null=False)
    revision = Integer()
    submission_id = UUID(null=True, default=None)
    deadline = Timestamptz()
    made_at = Timestamptz()

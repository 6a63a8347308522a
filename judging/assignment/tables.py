"""Rows of assignments. The constraints stand in the migrations."""

from piccolo.columns import UUID, ForeignKey, Integer, Text, Timestamptz
from piccolo.table import Table

from hackathon.store import ENGINE
from hackathon.teams.tables import Entry
from judging.judges.tables import JudgeRow


class AssignmentRow(Table, db=ENGINE, tablename="assignment"):
    """A judge judges an entry: as a sample that all score first, in the first round, or in the final one. `position` is
    its place in the judge's list. One that ended says why.
    """

    id = UUID(primary_key=True)
    judge_id = ForeignKey(JudgeRow, null=False)
    entry_id = ForeignKey(Entry, null=False)
    kind = Text()
    position = Integer()
    state = Text()
    reason = Text()
    made_at = Timestamptz()
    ended_at = Timestamptz(null=True, default=None)

"""Rows of what judges were told. The constraints stand in the migrations."""

from piccolo.columns import UUID, Boolean, ForeignKey, Text, Timestamptz
from piccolo.table import Table

from hackathon.store import ENGINE
from judging.judges.tables import JudgeRow


class JudgeLetterRow(Table, db=ENGINE, tablename="judge_letter"):
    """A letter to a judge: `id` is the letter's. It stays when the letter is forgotten."""

    id = UUID(primary_key=True)
    judge_id = ForeignKey(JudgeRow, null=False)
    kind = Text()
    by_hand = Boolean()
    posted_at = Timestamptz()

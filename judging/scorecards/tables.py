"""Rows of scorecards and of each change to one. The constraints stand in the migrations."""

from piccolo.columns import JSONB, UUID, DoublePrecision, ForeignKey, Integer, Text, Timestamptz
from piccolo.table import Table

from hackathon.store import ENGINE
from hackathon.submissions.tables import Submission
from judging.assignment.tables import AssignmentRow
from judging.rubrics.tables import RubricRow


class ScorecardRow(Table, db=ENGINE, tablename="scorecard"):
    """One judge's scores and notes for the submission that was fixed.

    `ratings` by criterion key (1 to 5), `notes` are the judge's own and `feedback` is for the team, by criterion key or
    "" for the whole. `version` counts saves; `points` (0 to 100) are set when it is sent.
    """

    id = UUID(primary_key=True)
    assignment_id = ForeignKey(AssignmentRow, null=False)
    submission_id = ForeignKey(Submission, null=False)
    rubric_id = ForeignKey(RubricRow, null=False)
    version = Integer()
    state = Text()
    ratings = JSONB()
    notes = JSONB()
    feedback = JSONB()
    points = DoublePrecision(null=True, default=None)
    started_at = Timestamptz()
    saved_at = Timestamptz()
    sent_at = Timestamptz(null=True, default=None)
    reopened_at = Timestamptz(null=True, default=None)


class ScorecardChangeRow(Table, db=ENGINE, tablename="scorecard_change"):
    """One saved field, or that the scorecard was sent or reopened. Never changed. `undoes` is the version that this one
    took back.
    """

    id = UUID(primary_key=True)
    scorecard_id = ForeignKey(ScorecardRow, null=False)
    version = Integer()
    part = Text()
    field = Text()
    value = JSONB(null=True, default=None)
    at = Timestamptz()
    undoes = Integer(null=True, default=None)

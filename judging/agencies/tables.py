"""Rows of what organizers said of agencies. The constraints stand in the migrations."""

from piccolo.columns import UUID, Boolean, Text, Timestamptz
from piccolo.table import Table

from hackathon.store import ENGINE


class AgencyAnswerRow(Table, db=ENGINE, tablename="agency_answer"):
    """Whether two names mean one agency in an event. The primary key is the event with both keys."""

    event_id = UUID(primary_key=True)
    first_key = Text()
    second_key = Text()
    first_name = Text()
    second_name = Text()
    same = Boolean()
    answered_at = Timestamptz()

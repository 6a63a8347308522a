"""Rows of judging rules. The constraints stand in the migrations."""

from piccolo.columns import JSONB, UUID, Timestamptz
from piccolo.table import Table

from hackathon.store import ENGINE


class JudgingRulesRow(Table, db=ENGINE, tablename="judging_rules"):
    """How an event is judged. `body` is `JudgingRules` as JSON; an event without a row has the defaults."""

    event_id = UUID(primary_key=True)
    body = JSONB()
    updated_at = Timestamptz()

"""Rows of letters. The constraints stand in the migrations."""

from piccolo.columns import UUID, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table

from hackathon.store import ENGINE


class Mail(Table, db=ENGINE, tablename="mail"):
    """A letter to one account, or to somebody who is invited and has none. `sealed` holds whom it goes to and what it
    says, and only while it waits.
    """

    id = UUID(primary_key=True)
    account_id = UUID(null=True, default=None)
    kind = Text()
    state = Text()
    sealed = Bytea(null=True, default=None)
    claim = Integer()
    refusals = Integer()
    last_error = Text(null=True, default=None)
    created_at = Timestamptz()
    due_at = Timestamptz()
    good_until = Timestamptz()
    first_tried_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)

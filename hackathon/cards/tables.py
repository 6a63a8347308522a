"""Rows of prototype cards. The constraints stand in the migrations."""

from piccolo.columns import JSONB, UUID, ForeignKey, Integer, Timestamptz
from piccolo.table import Table

from hackathon.accounts.tables import Account
from hackathon.store import ENGINE
from hackathon.teams.tables import Entry


class Card(Table, db=ENGINE, tablename="card"):
    """A card as it was saved once; none is ever changed."""

    id = UUID(primary_key=True)
    entry_id = ForeignKey(Entry, null=False)
    version = Integer()
    account_id = ForeignKey(Account, null=False)
    answers = JSONB()
    saved_at = Timestamptz()

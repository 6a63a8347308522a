"""Rows of sessions. The constraints stand in the migrations."""

from piccolo.columns import UUID, Bytea, ForeignKey, Text, Timestamptz
from piccolo.table import Table

from hackathon.accounts.tables import Account
from hackathon.store import ENGINE


class Session(Table, db=ENGINE, tablename="session"):
    """A browser in which a person is signed in: only the SHA-256 of its secret is kept."""

    id = UUID(primary_key=True)
    account_id = ForeignKey(Account, null=False)
    hash = Bytea()
    browser = Text()
    opened_at = Timestamptz()
    seen_at = Timestamptz()

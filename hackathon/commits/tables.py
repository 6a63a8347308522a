"""Rows of commits that were asked for. The constraints stand in the migrations."""

from piccolo.columns import JSONB, UUID, ForeignKey, Integer, Text, Timestamptz
from piccolo.table import Table

from hackathon.accounts.tables import Account
from hackathon.store import ENGINE
from hackathon.teams.tables import Entry


class GitFetch(Table, db=ENGINE, tablename="git_fetch"):
    """A commit that was asked for. While it is fetched, `attempt` fences every write and `lease_until` says how long
    it is somebody's. What becomes of it is the upload with the same id.
    """

    id = UUID(primary_key=True)
    entry_id = ForeignKey(Entry, null=False)
    account_id = ForeignKey(Account, null=False)
    repository = Text()
    revision = Text()
    commit = Text(null=True, default=None)
    state = Text()
    asked_at = Timestamptz()
    attempt = Integer()
    due_at = Timestamptz()
    lease_until = Timestamptz(null=True, default=None)
    failures = Integer()
    finished_at = Timestamptz(null=True, default=None)
    message = JSONB(null=True, default=None)

"""Rows of pitches and videos. The constraints stand in the migrations."""

from piccolo.columns import JSONB, UUID, BigInt, ForeignKey, Integer, Text, Timestamptz
from piccolo.table import Table

from hackathon.accounts.tables import Account
from hackathon.store import ENGINE
from hackathon.teams.tables import Entry


class Pitch(Table, db=ENGINE, tablename="pitch"):
    """A document that was offered. While it is drawn, `attempt` fences every write and `lease_until` says how long it
    is somebody's.
    """

    id = UUID(primary_key=True)
    entry_id = ForeignKey(Entry, null=False)
    account_id = ForeignKey(Account, null=False)
    filename = Text()
    size = BigInt()
    sha256 = Text()
    state = Text()
    offered_at = Timestamptz()
    attempt = Integer()
    due_at = Timestamptz()
    lease_until = Timestamptz(null=True, default=None)
    failures = Integer()
    finished_at = Timestamptz(null=True, default=None)
    message = JSONB(null=True, default=None)
    pages = JSONB()


class PitchVideo(Table, db=ENGINE, tablename="pitch_video"):
    """The link to an entry's video."""

    entry_id = UUID(primary_key=True)
    address = Text()
    account_id = ForeignKey(Account, null=False)
    saved_at = Timestamptz()

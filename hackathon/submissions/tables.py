"""Rows of uploads and submissions. The constraints stand in the migrations."""

from piccolo.columns import JSONB, UUID, BigInt, Boolean, ForeignKey, Integer, Text, Timestamptz
from piccolo.table import Table

from hackathon.accounts.tables import Account
from hackathon.store import ENGINE
from hackathon.teams.tables import Entry


class Upload(Table, db=ENGINE, tablename="upload"):
    """A file announced by size and SHA-256, on its way in parts. `refusal` is `{"code", "id", "en", ...}`."""

    id = UUID(primary_key=True)
    entry_id = ForeignKey(Entry, null=False)
    account_id = ForeignKey(Account, null=False)
    filename = Text()
    size = BigInt()
    sha256 = Text()
    part_bytes = Integer()
    state = Text()
    registered_at = Timestamptz()
    completed_at = Timestamptz(null=True, default=None)
    refusal = JSONB(null=True, default=None)
    repository = Text(null=True, default=None)
    commit = Text(null=True, default=None)


class UploadPart(Table, db=ENGINE, tablename="upload_part"):
    """A part that lies in the object store, whole. Parts count from 1."""

    id = UUID(primary_key=True)
    upload_id = ForeignKey(Upload, null=False)
    number = Integer()
    size = BigInt()
    sha256 = Text()
    stored_at = Timestamptz()


class Submission(Table, db=ENGINE, tablename="submission"):
    """A source handed in. Nothing of it ever changes but `charged`: whether it cost an attempt."""

    id = UUID(primary_key=True)
    entry_id = ForeignKey(Entry, null=False)
    number = Integer()
    upload_id = ForeignKey(Upload, null=False)
    account_id = ForeignKey(Account, null=False)
    filename = Text()
    sha256 = Text()
    size = BigInt()
    object_key = Text()
    kit = Text()
    manifest = JSONB()
    registered_at = Timestamptz()
    received_at = Timestamptz()
    charged = Boolean()
    repository = Text(null=True, default=None)
    commit = Text(null=True, default=None)

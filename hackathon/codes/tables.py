"""Rows of codes and their batches. The constraints stand in the migrations."""

from piccolo.columns import UUID, Bytea, ForeignKey, Integer, Text, Timestamptz
from piccolo.table import Table

from hackathon.store import ENGINE


class CodeBatch(Table, db=ENGINE, tablename="code_batch"):
    """Codes made together."""

    id = UUID(primary_key=True)
    event_id = UUID()
    venue_id = UUID(null=True, default=None)
    purpose = Text()
    account_id = UUID(null=True, default=None)
    size = Integer()
    created_by = UUID()
    created_at = Timestamptz()
    expires_at = Timestamptz()
    revoked_at = Timestamptz(null=True, default=None)


class Code(Table, db=ENGINE, tablename="code"):
    """A code: only its keyed hash is kept."""

    id = UUID(primary_key=True)
    batch_id = ForeignKey(CodeBatch, null=False)
    hash = Bytea()
    used_at = Timestamptz(null=True, default=None)
    used_by = UUID(null=True, default=None)

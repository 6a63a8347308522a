"""Rows of proofs. The constraints stand in the migrations."""

from piccolo.columns import UUID, Bytea, Text, Timestamptz
from piccolo.table import Table

from hackathon.store import ENGINE


class ProofRow(Table, db=ENGINE, tablename="proof"):
    """A link sent by mail: only the SHA-256 of its secret is kept."""

    id = UUID(primary_key=True)
    account_id = UUID()
    purpose = Text()
    hash = Bytea()
    email_hash = Bytea()
    created_at = Timestamptz()
    expires_at = Timestamptz()
    used_at = Timestamptz(null=True, default=None)

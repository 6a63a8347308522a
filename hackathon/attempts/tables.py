"""Rows of tries. The constraints stand in the migrations."""

from piccolo.columns import UUID, BigSerial, Bytea, Timestamptz
from piccolo.table import Table

from hackathon.store import ENGINE


class AttemptRow(Table, db=ENGINE, tablename="attempt"):
    """A try of one subject: a keyed hash of an account, an address, or both."""

    id = BigSerial(primary_key=True)
    attempt_id = UUID()
    subject = Bytea()
    at = Timestamptz()

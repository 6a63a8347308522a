"""Rows of the outbox and the audit chain. The constraints stand in the migrations."""

from piccolo.columns import JSONB, UUID, BigInt, BigSerial, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table

from hackathon.store import ENGINE


class Outbox(Table, db=ENGINE, tablename="outbox"):
    """Something that happened. The sequencer gives it its `number`."""

    id = BigSerial(primary_key=True)
    kind = Text()
    subject = JSONB()
    actor = UUID()
    reason = Text(null=True, default=None)
    reason_key = Bytea(null=True, default=None)
    at = Timestamptz()
    number = BigInt(null=True, default=None)


class Audit(Table, db=ENGINE, tablename="audit"):
    """A link of the chain. `body` is canonical JSON: ids and keyed hashes only."""

    number = BigInt(primary_key=True)
    outbox_id = BigInt()
    previous = Bytea()
    hash = Bytea()
    body = Text()


class OutboxCursor(Table, db=ENGINE, tablename="outbox_cursor"):
    """How far a handler has come, and what holds it up."""

    handler = Text(primary_key=True)
    number = BigInt()
    failures = Integer()
    last_error = Text(null=True, default=None)
    retry_at = Timestamptz(null=True, default=None)
    updated_at = Timestamptz()

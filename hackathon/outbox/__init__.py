"""What happened, in order: the outbox, the sequencer, the audit chain."""

from hackathon.outbox.errors import NotForTheChain
from hackathon.outbox.model import AuditEntry, ChainReport, Handler
from hackathon.outbox.sequencer import Sequencer
from hackathon.outbox.service import append, verify_chain, waiting_seconds

__all__ = [
    "AuditEntry",
    "ChainReport",
    "Handler",
    "NotForTheChain",
    "Sequencer",
    "append",
    "verify_chain",
    "waiting_seconds",
]

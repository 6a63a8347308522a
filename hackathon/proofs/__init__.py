"""Proofs: links sent by mail which show that somebody reads an address. Each works once, for a while."""

from hackathon.proofs.errors import ProofExpired, ProofUnknown, ProofUsed
from hackathon.proofs.model import LIVES, Proof, Purpose, hash_email
from hackathon.proofs.service import issue, look, spend, void

__all__ = [
    "LIVES",
    "Proof",
    "ProofExpired",
    "ProofUnknown",
    "ProofUsed",
    "Purpose",
    "hash_email",
    "issue",
    "look",
    "spend",
    "void",
]

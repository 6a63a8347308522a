"""Codes that organizers print for people whom no mail reaches: each works once, for a while."""

from hackathon.codes.errors import BatchShown, BatchUnknown, CodeMistyped, CodeOver, CodeUnknown
from hackathon.codes.model import LONGEST_LIFE, MOST, Batch, NewBatch, Purpose
from hackathon.codes.service import get_batch, list_batches, make_batch, revoke_batch
from hackathon.codes.using import confirm_with, sign_in_with

__all__ = [
    "LONGEST_LIFE",
    "MOST",
    "Batch",
    "BatchShown",
    "BatchUnknown",
    "CodeMistyped",
    "CodeOver",
    "CodeUnknown",
    "NewBatch",
    "Purpose",
    "confirm_with",
    "get_batch",
    "list_batches",
    "make_batch",
    "revoke_batch",
    "sign_in_with",
]

"""Trying a prototype out: one that runs for one person for a while, who puts inputs to it or opens its own page.

`Host` (`hackathon.tryouts.hosting`) is the worker's side, `Origin` (`hackathon.tryouts.origin`) shows pages of
prototypes; only the worker process needs them.
"""

from hackathon.tryouts.errors import (
    InputTooLarge,
    NothingToTry,
    StillAnswering,
    TooManyCalls,
    TooManyStarts,
    TryoutNotReady,
    TryoutOver,
    TryoutUnknown,
)
from hackathon.tryouts.model import CALLS, IDLE, INPUT_BYTES, LASTING, CallState, Tryout, TryoutCall, TryoutState
from hackathon.tryouts.service import call, calls, calls_of, get, latest, start, stop, ui_address

__all__ = [
    "CALLS",
    "IDLE",
    "INPUT_BYTES",
    "LASTING",
    "CallState",
    "InputTooLarge",
    "NothingToTry",
    "StillAnswering",
    "TooManyCalls",
    "TooManyStarts",
    "Tryout",
    "TryoutCall",
    "TryoutNotReady",
    "TryoutOver",
    "TryoutState",
    "TryoutUnknown",
    "call",
    "calls",
    "calls_of",
    "get",
    "latest",
    "start",
    "stop",
    "ui_address",
]

"""How often something was tried, so that nobody can guess for long: by account, by address, and by both."""

from hackathon.attempts.errors import TooManyAttempts
from hackathon.attempts.model import LIMITS, Action, Attempt, Limit, Scope
from hackathon.attempts.service import begin, clear, forgive, take_back
from hackathon.attempts.sweep import AttemptSweeper

__all__ = [
    "LIMITS",
    "Action",
    "Attempt",
    "AttemptSweeper",
    "Limit",
    "Scope",
    "TooManyAttempts",
    "begin",
    "clear",
    "forgive",
    "take_back",
]

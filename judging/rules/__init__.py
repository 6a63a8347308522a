"""How an event is judged: the method, the share of judges, what they see. One value, locked by the first score."""

from judging.rules.errors import RulesInvalid, RulesLocked, RulesMoved
from judging.rules.model import LOCKED, MOST_HOURS, JudgingRules, Showing, fingerprint, share
from judging.rules.service import change_rules, get_rules, is_locked, set_samples

__all__ = [
    "LOCKED",
    "MOST_HOURS",
    "JudgingRules",
    "RulesInvalid",
    "RulesLocked",
    "RulesMoved",
    "Showing",
    "change_rules",
    "fingerprint",
    "get_rules",
    "is_locked",
    "set_samples",
    "share",
]

"""Judges of an event: invited, expert in something, of an agency, with conflicts of interest."""

from judging.judges.conflicts import conflicts_of, declare, declared, recuse, withdraw
from judging.judges.errors import (
    AlreadySent,
    AssignmentGone,
    JudgeKnown,
    JudgeUnknown,
    LinkOver,
    LinkUnknown,
    MayNotJudge,
)
from judging.judges.model import LIFE, Conflict, Judge, JudgeLine, Link, NewLink, Source, State, same_agency
from judging.judges.service import (
    add_judge,
    all_judges,
    get_judge,
    join,
    judge_of,
    judging_of,
    list_judges,
    look_at_link,
    new_link,
    remove,
)

__all__ = [
    "LIFE",
    "AlreadySent",
    "AssignmentGone",
    "Conflict",
    "Judge",
    "JudgeKnown",
    "JudgeLine",
    "JudgeUnknown",
    "Link",
    "LinkOver",
    "LinkUnknown",
    "MayNotJudge",
    "NewLink",
    "Source",
    "State",
    "add_judge",
    "all_judges",
    "conflicts_of",
    "declare",
    "declared",
    "get_judge",
    "join",
    "judge_of",
    "judging_of",
    "list_judges",
    "look_at_link",
    "new_link",
    "recuse",
    "remove",
    "same_agency",
    "withdraw",
]

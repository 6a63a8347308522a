"""The table `[judging]` of an event file: read, checked against what is locked, applied, written."""

from judging.event_file.errors import JudgingFixed
from judging.event_file.service import apply_judging, check_judging, written
from judging.event_file.spec import TABLE, JudgingSpec, RubricSpec, parse_judging

__all__ = [
    "TABLE",
    "JudgingFixed",
    "JudgingSpec",
    "RubricSpec",
    "apply_judging",
    "check_judging",
    "parse_judging",
    "written",
]

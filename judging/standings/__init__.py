"""Who stands where in a track: pure arithmetic over evaluated entries."""

from judging.standings.model import (
    Bracket,
    JudgesPart,
    Row,
    Scored,
    all_rounded,
    bests,
    brackets,
    rounded,
    same_standing,
    standings,
)

__all__ = [
    "Bracket",
    "JudgesPart",
    "Row",
    "Scored",
    "all_rounded",
    "bests",
    "brackets",
    "rounded",
    "same_standing",
    "standings",
]

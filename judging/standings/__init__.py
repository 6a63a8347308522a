"""Who stands where in a track: pure arithmetic over evaluated entries."""

from judging.standings.model import Bracket, Row, Scored, brackets, same_standing, standings, task_bests

__all__ = ["Bracket", "Row", "Scored", "brackets", "same_standing", "standings", "task_bests"]

"""Who stands where in a track: pure arithmetic over evaluated entries."""

from judging.standings.model import Bracket, Row, Scored, bests, brackets, same_standing, standings

__all__ = ["Bracket", "Row", "Scored", "bests", "brackets", "same_standing", "standings"]

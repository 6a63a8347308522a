"""Evidence into standing: standings, publications of the board, and what judges add to them."""

from judging.assignment import Assignment, AssignmentInfeasible, assign_judges

__all__ = ["Assignment", "AssignmentInfeasible", "assign_judges"]

"""Who judges which entry: a fair, connected, even plan, and how it covers the field. Pure."""

from judging.assignment.assign import assign_judges
from judging.assignment.coverage import Cell, Coverage, coverage
from judging.assignment.errors import AssignmentInfeasible, Constraint
from judging.assignment.model import Assignment

__all__ = ["Assignment", "AssignmentInfeasible", "Cell", "Constraint", "Coverage", "assign_judges", "coverage"]

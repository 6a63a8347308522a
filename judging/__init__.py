"""Evidence into standing: standings, publications of the board, and what judges add to them."""

from judging.assignment import Assignment, AssignmentInfeasible, assign_judges
from judging.panels import PanelEstimate, estimate_panel

__all__ = ["Assignment", "AssignmentInfeasible", "PanelEstimate", "assign_judges", "estimate_panel"]

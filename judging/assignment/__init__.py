"""Who judges which entry: a fair, connected, even plan, how it covers the field, and what is kept of it."""

from judging.assignment.assign import assign_judges
from judging.assignment.coverage import Cell, Coverage, coverage
from judging.assignment.errors import (
    AgencyAsked,
    AssignmentBarred,
    AssignmentDone,
    AssignmentInfeasible,
    AssignmentUnknown,
    Constraint,
    PlanInfeasible,
    PlanMoved,
)
from judging.assignment.model import Assignment, AssignmentView, Candidate, Card, Kind, Seat, State
from judging.assignment.proposal import Proposal
from judging.assignment.service import (
    Field,
    all_assignments,
    assign,
    assign_all,
    assignments_of,
    calibrate,
    choose_samples,
    coverage_of,
    field_of,
    get,
    plan,
    withdraw,
)

__all__ = [
    "AgencyAsked",
    "Assignment",
    "AssignmentBarred",
    "AssignmentDone",
    "AssignmentInfeasible",
    "AssignmentUnknown",
    "AssignmentView",
    "Candidate",
    "Card",
    "Cell",
    "Constraint",
    "Coverage",
    "Field",
    "Kind",
    "PlanInfeasible",
    "PlanMoved",
    "Proposal",
    "Seat",
    "State",
    "all_assignments",
    "assign",
    "assign_all",
    "assign_judges",
    "assignments_of",
    "calibrate",
    "choose_samples",
    "coverage",
    "coverage_of",
    "field_of",
    "get",
    "plan",
    "withdraw",
]

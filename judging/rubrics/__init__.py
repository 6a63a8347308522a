"""What judges score: criteria with weights and anchors, versions of them, and points from ratings. Pure."""

from judging.rubrics.default import DEFAULT_RUBRIC
from judging.rubrics.errors import RatingsIncomplete, ReasonMissing, RubricInvalid
from judging.rubrics.model import Criterion, Revision, Rubric, missing, points, rating_points, revise

__all__ = [
    "DEFAULT_RUBRIC",
    "Criterion",
    "RatingsIncomplete",
    "ReasonMissing",
    "Revision",
    "Rubric",
    "RubricInvalid",
    "missing",
    "points",
    "rating_points",
    "revise",
]

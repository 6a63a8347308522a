"""What judges score: criteria with weights and anchors, versions of them, and points from ratings."""

from judging.rubrics.default import DEFAULT_RUBRIC
from judging.rubrics.errors import RatingsIncomplete, ReasonMissing, RubricInvalid, RubricMoved, RubricUnknown
from judging.rubrics.model import (
    Criterion,
    KeptRevision,
    Revision,
    Rubric,
    missing,
    points,
    rating_points,
    revise,
)
from judging.rubrics.service import change, current, is_in_use, revision, revisions

__all__ = [
    "DEFAULT_RUBRIC",
    "Criterion",
    "KeptRevision",
    "RatingsIncomplete",
    "ReasonMissing",
    "Revision",
    "Rubric",
    "RubricInvalid",
    "RubricMoved",
    "RubricUnknown",
    "change",
    "current",
    "is_in_use",
    "missing",
    "points",
    "rating_points",
    "revise",
    "revision",
    "revisions",
]

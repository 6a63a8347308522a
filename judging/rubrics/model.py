"""Criteria, rubrics, their revisions, and points."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from uuid import UUID

from judging.composite.decimals import weighted_mean
from judging.rubrics.errors import RatingsIncomplete, ReasonMissing, RubricInvalid
from sandbox.model import Text

LOWEST, HIGHEST = 1, 5
ANCHORED = (1, 3, 5)
"""Ratings that a criterion describes; 2 and 4 lie between."""
MOST_CRITERIA = 12

_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that judges rate from 1 to 5.

    `key` names it in ratings and exports (lower case, hyphens) and never changes; `weight` counts beside the others';
    `anchors` say what is a 1, a 3 and a 5. Raises RubricInvalid.
    """

    key: str
    title: Text
    question: Text
    weight: float
    anchors: Mapping[int, Text]

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise RubricInvalid(
                Text(
                    id=f"Kunci kriteria {self.key!r} hanya boleh berisi huruf kecil, angka, dan tanda hubung.",
                    en=f"The key of a criterion, {self.key!r}, may only have lower-case letters, digits and hyphens.",
                )
            )
        if not (isfinite(self.weight) and self.weight > 0):
            raise RubricInvalid(
                Text(
                    id=f"Bobot kriteria {self.key} harus lebih dari 0.",
                    en=f"The weight of criterion {self.key} must be above 0.",
                )
            )
        if set(self.anchors) != set(ANCHORED):
            raise RubricInvalid(
                Text(
                    id=f"Kriteria {self.key} harus menjelaskan nilai 1, 3, dan 5.",
                    en=f"Criterion {self.key} must say what is a 1, a 3 and a 5.",
                )
            )
        for text in (self.title, self.question, *self.anchors.values()):
            if not text.id.strip() or not text.en.strip():
                raise RubricInvalid(
                    Text(
                        id=f"Kriteria {self.key} punya teks kosong. Isi dalam kedua bahasa.",
                        en=f"Criterion {self.key} has an empty text. Write it in both languages.",
                    )
                )


@dataclass(frozen=True, slots=True)
class Rubric:
    """1 to 12 criteria in the order judges see them, each key once. Raises RubricInvalid."""

    criteria: tuple[Criterion, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.criteria) <= MOST_CRITERIA:
            raise RubricInvalid(
                Text(
                    id=f"Rubrik berisi 1 sampai {MOST_CRITERIA} kriteria, bukan {len(self.criteria)}.",
                    en=f"A rubric has 1 to {MOST_CRITERIA} criteria, not {len(self.criteria)}.",
                )
            )
        if len(set(self.keys)) != len(self.criteria):
            raise RubricInvalid(
                Text(id="Setiap kriteria harus punya kunci yang berbeda.", en="Each criterion needs a key of its own.")
            )

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys, in order."""
        return tuple(criterion.key for criterion in self.criteria)

    def share(self, key: str) -> float:
        """The weight of a criterion as a share of all, 0 to 1. Raises KeyError."""
        weights = {criterion.key: criterion.weight for criterion in self.criteria}
        return weights[key] / sum(weights.values())


@dataclass(frozen=True, slots=True)
class Revision:
    """A version of a track's rubric: `number` from 1; `reason` is empty only while nobody has scored by it.

    `reopens`: scorecards of the version before are not complete under this one, or ask something else.
    """

    number: int
    rubric: Rubric
    reason: str = ""
    reopens: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRevision(Revision):
    """A version as it is kept: scorecards name its `id`."""

    id: UUID
    track_id: UUID
    made_at: datetime


def revise(current: Revision, rubric: Rubric, *, scored: bool, reason: str = "") -> Revision:
    """The revision after a change, `current` itself where nothing changes.

    Until the first score (`scored`) a rubric is simply replaced. From then on it is locked: a change is a new version
    with a reason. Scorecards stay complete when only words or weights changed; they must be looked at again when
    criteria came, or an anchor's meaning may have moved with its words. Raises ReasonMissing.
    """
    if rubric == current.rubric:
        return current
    if not scored:
        return Revision(current.number, rubric, current.reason, current.reopens)
    if not reason.strip():
        raise ReasonMissing
    before = {criterion.key: criterion.anchors for criterion in current.rubric.criteria}
    reopens = any(before.get(criterion.key) != criterion.anchors for criterion in rubric.criteria)
    return Revision(current.number + 1, rubric, reason.strip(), reopens)


def rating_points(rating: int) -> float:
    """A rating from 1 to 5 as points: 0, 25, 50, 75, 100. Raises ValueError outside."""
    if not LOWEST <= rating <= HIGHEST:
        raise ValueError(f"a rating is from {LOWEST} to {HIGHEST}, not {rating}")
    return (rating - LOWEST) / (HIGHEST - LOWEST) * 100


def missing(rubric: Rubric, ratings: Mapping[str, int]) -> tuple[str, ...]:
    """Keys of the criteria without a rating, in order."""
    return tuple(key for key in rubric.keys if key not in ratings)


def points(rubric: Rubric, ratings: Mapping[str, int]) -> float:
    """The points of a complete scorecard, 0 to 100 with two decimals: the mean of its ratings' points by weight.

    Ratings of other keys (of an older version) are left aside. Raises RatingsIncomplete, and ValueError for a rating
    outside 1 to 5.
    """
    if absent := missing(rubric, ratings):
        raise RatingsIncomplete(absent)
    return weighted_mean((criterion.weight, rating_points(ratings[criterion.key])) for criterion in rubric.criteria)

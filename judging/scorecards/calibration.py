"""Where a judge stands beside the others on the samples that all of them scored. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from judging.rubrics import Rubric
from judging.rubrics.model import HIGHEST, LOWEST
from judging.scorecards.model import SentCard


@dataclass(frozen=True, slots=True)
class CriterionStand:
    """One criterion of a sample: the judge's own rating, and how many of all judges gave each of 1 to 5."""

    key: str
    own: int
    counts: tuple[int, ...]

    @property
    def mean(self) -> float:
        """Of all judges."""
        return sum(rating * count for rating, count in enumerate(self.counts, LOWEST)) / sum(self.counts)


@dataclass(frozen=True, slots=True)
class SampleStand:
    """A sample: the judge's own points, those of all judges from low to high, and each criterion."""

    entry_id: UUID
    own: float
    all_points: tuple[float, ...]
    criteria: tuple[CriterionStand, ...]

    @property
    def mean(self) -> float:
        """Of all judges' points."""
        return sum(self.all_points) / len(self.all_points)


def stand(judge_id: UUID, rubric: Rubric, sent: Sequence[SentCard]) -> tuple[SampleStand, ...]:
    """Where a judge stands on each sample that they sent, in the order of sending. `sent` are all judges' scorecards of
    samples; those that the judge has not sent stay unseen.
    """
    own = [card for card in sent if card.judge_id == judge_id]
    return tuple(_sample(card, rubric, [one for one in sent if one.entry_id == card.entry_id]) for card in own)


def _sample(own: SentCard, rubric: Rubric, everybody: Sequence[SentCard]) -> SampleStand:
    return SampleStand(
        entry_id=own.entry_id,
        own=own.points,
        all_points=tuple(sorted(card.points for card in everybody)),
        criteria=tuple(
            CriterionStand(
                key=key,
                own=own.ratings[key],
                counts=tuple(
                    sum(card.ratings.get(key) == rating for card in everybody) for rating in range(LOWEST, HIGHEST + 1)
                ),
            )
            for key in rubric.keys
            if key in own.ratings
        ),
    )

"""What judges' scores of a track say, and the basis on which a board was made. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from statistics import NormalDist, fmean, pstdev
from uuid import UUID

from judging.composite.decimals import published
from judging.composite.methods import Method, Standing, bounded, judged
from judging.panels import PanelEstimate, Score, estimate_panel
from judging.panels.rounds import final_judge
from judging.scorecards.model import Kind, SentCard

LEAST_LIVE = 2
"""Scorecards of an entry before its value is public while judging goes on: one alone would be a single judge's."""

_LEAST_DOUBT = 10.0
_REACH = NormalDist().inv_cdf(0.95)


@dataclass(frozen=True, slots=True)
class Basis:
    """How the totals of a publication were made, for whoever checks them.

    `share`: the judges' part in percent; `method`: how scorecards became a value; `filler`: what entries without a
    value count with, the mean of the others; None where every entry has one.
    """

    method: Method
    share: float
    filler: float | None = None


@dataclass(frozen=True, slots=True)
class JudgedField:
    """A track's scorecards that count, put together. A judge of the first round and of the final is two judges here
    (`final_judge`). `standings` are official, `counts` scorecards by entry.
    """

    method: Method
    rows: tuple[Score, ...]
    estimate: PanelEstimate
    standings: Mapping[UUID, Standing]

    @property
    def counts(self) -> Mapping[UUID, int]:
        """How many scorecards each entry's value is made of."""
        return {entry: found.count for entry, found in self.estimate.entries.items()}

    def shown(self, entries: Collection[UUID], least: int) -> Mapping[UUID, Standing]:
        """Of `entries` those that have at least `least` scorecards."""
        return {id: standing for id, standing in self.standings.items() if id in entries and self.counts[id] >= least}


def counting_cards(cards: Iterable[SentCard], fixed: Mapping[UUID, UUID]) -> tuple[SentCard, ...]:
    """The scorecards that count: no samples, none whose assignment ended (a recusal, say), none of another submission
    than the one that is fixed. `fixed` is the submission by entry.
    """
    return tuple(
        card
        for card in cards
        if card.kind is not Kind.CALIBRATION and card.standing and fixed.get(card.entry_id) == card.submission_id
    )


def panel_rows(cards: Iterable[SentCard]) -> tuple[Score, ...]:
    """Both rounds as the rows of one panel."""
    return tuple(Score(panel_judge(card), card.entry_id, card.points) for card in cards)


def panel_judge(card: SentCard) -> UUID:
    """The judge of a scorecard as the panel counts judges."""
    return final_judge(card.judge_id) if card.kind is Kind.FINAL else card.judge_id


def judge_field(cards: Iterable[SentCard], method: Method) -> JudgedField:
    """Put scorecards together by the event's method."""
    rows = panel_rows(cards)
    estimate = estimate_panel(rows)
    return JudgedField(method, rows, estimate, judged(rows, method, estimate=estimate))


def filler(shown: Mapping[UUID, Standing]) -> Standing:
    """What an entry without a value counts with meanwhile: the mean of those that have one, as unsure as they differ.

    Raises ValueError where none has.
    """
    values = [shown[id].value for id in sorted(shown, key=str)]
    mean = published(fmean(values))
    half = _REACH * max(pstdev(values), _LEAST_DOUBT)
    return Standing(mean, bounded(mean - half), bounded(mean + half))

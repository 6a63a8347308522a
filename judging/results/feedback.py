"""What a team reads after judging closed: its points by criterion, what judges wrote to it, how its value is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from hackathon import store
from hackathon.errors import Forbidden
from hackathon.events import Event, is_frozen
from judging import rubrics
from judging.composite.sheet import Line, Sheet, sheet
from judging.results.model import panel_judge
from judging.results.service import panel_of
from judging.rubrics.model import Criterion
from judging.scorecards.model import WHOLE, SentCard
from sandbox.model import Text


class FeedbackNotYet(Forbidden):
    """Judging goes on, or the results are not out."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                id="Umpan balik juri dibuka sesudah penilaian ditutup dan hasil terbit.",
                en="The judges' feedback opens once judging has closed and the results are out.",
            ),
            "feedback_not_yet",
        )


@dataclass(frozen=True, slots=True)
class Comment:
    """What a judge wrote to the team. `judge` is empty unless the event names judges."""

    text: str
    judge: str


@dataclass(frozen=True, slots=True)
class CriterionFeedback:
    """A criterion: how many judges gave each rating from 1 to 5, their mean, what they wrote."""

    criterion: Criterion
    counts: tuple[int, ...]
    mean: float | None
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class Feedback:
    """`labels` say who gave each line of the sheet: names where the event names judges, else "Juri 1", "Juri 2"
    in an order that tells nothing and differs between teams.
    """

    criteria: tuple[CriterionFeedback, ...]
    comments: tuple[Comment, ...]
    sheet: Sheet | None
    lines: tuple[tuple[str, Line], ...]
    share: float


async def feedback_of(event: Event, entry_id: UUID, track_id: UUID, *, out: bool) -> Feedback:
    """The feedback of an entry; whose it is, the caller has checked. `out`: the results are published.

    Raises FeedbackNotYet before judging has closed, while the board is frozen, and before the results are out.
    """
    now = await store.clock()
    if not out or now < event.schedule.judging_closes or is_frozen(event.schedule, now):
        raise FeedbackNotYet
    panel = await panel_of(event.id, track_id)
    cards = [card for card in panel.counting if card.entry_id == entry_id]
    names: dict[UUID, str] = {}
    if panel.rules.named:
        for row in await store.fetch("SELECT id, name FROM judge WHERE event_id = $1", event.id):
            names[row["id"]] = row["name"]
    found = None
    if panel.field is not None and entry_id in panel.field.standings:
        found = sheet(entry_id, panel.field.rows, panel.field.method, panel.field.estimate)
    # The rubric that the last scorecard went by; a rating of an older one stands under the same key.
    rubric = (await rubrics.revision(cards[-1].rubric_id)).rubric if cards else (await rubrics.current(track_id)).rubric
    return Feedback(
        criteria=tuple(_criterion(one, cards, names) for one in rubric.criteria),
        comments=tuple(_comments(cards, WHOLE, names)),
        sheet=found,
        lines=() if found is None else _lines(found, cards, names),
        share=panel.share,
    )


def _criterion(criterion: Criterion, cards: Sequence[SentCard], names: dict[UUID, str]) -> CriterionFeedback:
    ratings = [card.ratings[criterion.key] for card in cards if criterion.key in card.ratings]
    return CriterionFeedback(
        criterion,
        tuple(ratings.count(rating) for rating in range(1, 6)),
        sum(ratings) / len(ratings) if ratings else None,
        tuple(_comments(cards, criterion.key, names)),
    )


def _comments(cards: Sequence[SentCard], key: str, names: dict[UUID, str]) -> list[Comment]:
    written = [card for card in cards if card.feedback.get(key, "").strip()]
    return [Comment(card.feedback[key], names.get(card.judge_id, "")) for card in sorted(written, key=_shuffled)]


def _lines(found: Sheet, cards: Sequence[SentCard], names: dict[UUID, str]) -> tuple[tuple[str, Line], ...]:
    lines = {line.judge_id: line for line in found.lines}
    return tuple(
        (names.get(card.judge_id) or str(number), lines[panel_judge(card)])
        for number, card in enumerate(sorted(cards, key=_shuffled), start=1)
    )


def _shuffled(card: SentCard) -> bytes:
    """An order of an entry's scorecards that goes with neither judge nor time, the same at each look."""
    return sha256(card.assignment_id.bytes + card.entry_id.bytes).digest()

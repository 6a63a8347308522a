"""Put a track's results together from its rows: measured scores, scorecards, rules, what is fixed."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from hackathon import evaluations, events, finals
from hackathon.evaluations import Evaluated
from hackathon.events import Event
from judging import rules, scorecards
from judging.composite.methods import Method
from judging.results.compose import Composed, compose
from judging.results.model import LEAST_LIVE, JudgedField, counting_cards, judge_field
from judging.rules import JudgingRules, Showing
from judging.scorecards.model import SentCard
from judging.standings import Row

_KEPT = 64
_fields: OrderedDict[bytes, JudgedField] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Board:
    """What a track's next publication would say. `final`: measured by the final evaluations, after judging closed.

    `waiting` entries have no final result yet; until they do, nothing final is published.
    """

    composed: Composed
    final: bool
    waiting: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """What judges' scores of a track say: those that count, together; `field` None where there is none.

    `share` is the judges' part of the total in percent. `cards` are all that were sent, `counting` those that count.
    """

    event: Event
    track_id: UUID
    rules: JudgingRules
    share: float
    cards: tuple[SentCard, ...]
    counting: tuple[SentCard, ...]
    field: JudgedField | None
    fixed: Mapping[UUID, UUID]


async def panel_of(event_id: UUID, track_id: UUID, *, now: datetime | None = None) -> Panel:
    """The panel of a track as it stands. Rights are the caller's matter: this is not public.

    With `now` it is for the public at that moment: before its scores may be seen they are not put together.
    """
    event = await events.get_event_by_id(event_id)
    chosen = await rules.get_rules(event_id)
    judged = await finals.judged_of(event_id)
    fixed = {id: one.submission_id for id, one in judged.items() if one.track_id == track_id}
    cards = await scorecards.sent_of(track_id)
    counting = counting_cards(cards, fixed)
    hidden = now is not None and now < event.schedule.judging_closes and chosen.showing is Showing.END
    field = await _field(counting, chosen.method) if counting and not hidden else None
    return Panel(event, track_id, chosen, rules.share(event, chosen), cards, counting, field, fixed)


async def board_of(event_id: UUID, track_id: UUID, *, now: datetime, previous: Sequence[Row] = ()) -> Board:
    """What the public is to see of a track at `now`, by the event's rules; a freeze is the caller's matter.

    Until judging closes: measured on the board's cases, with judges where the rules show them live. From then on:
    measured on the final cases, with judges.
    """
    panel = await panel_of(event_id, track_id, now=now)
    closed = now >= panel.event.schedule.judging_closes
    on_board = await evaluations.latest_evaluated(track_id)
    final = closed and bool(panel.fixed or on_board)
    scored: tuple[Evaluated, ...] = await finals.results_of(track_id) if final else on_board
    waiting = _without_final(panel.fixed, on_board, scored) if final else ()
    composed = await asyncio.to_thread(
        compose,
        scored,
        panel.field,
        share=panel.share,
        ties=panel.rules.ties,
        least=1 if closed else LEAST_LIVE,
        seed=str(track_id),
        previous=previous,
    )
    return Board(composed, final, waiting)


async def missing_finals(event_id: UUID, track_id: UUID) -> tuple[UUID, ...]:
    """The entries for whose final result the results of a track wait, or would if judging were closed."""
    fixed = [id for id, one in (await finals.judged_of(event_id)).items() if one.track_id == track_id]
    return _without_final(fixed, await evaluations.latest_evaluated(track_id), await finals.results_of(track_id))


def _without_final(
    fixed: Iterable[UUID], on_board: Iterable[Evaluated], scored: Iterable[Evaluated]
) -> tuple[UUID, ...]:
    have = {one.entry_id for one in scored}
    return tuple(sorted({*fixed, *(one.entry_id for one in on_board)} - have, key=str))


async def _field(cards: tuple[SentCard, ...], method: Method) -> JudgedField:
    """Kept by what it is made of: boards and the console ask for the same panel again and again."""
    told = sorted(f"{card.judge_id} {card.entry_id} {card.kind} {card.points!r}" for card in cards)
    key = sha256("\n".join([method, *told]).encode()).digest()
    found = _fields.get(key)
    if found is None:
        # Off the loop: large panels take a second.
        found = _fields[key] = await asyncio.to_thread(judge_field, cards, method)
        while len(_fields) > _KEPT:
            _fields.popitem(last=False)
    else:
        _fields.move_to_end(key)
    return found

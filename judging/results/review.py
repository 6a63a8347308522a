"""What organizers see of a track at any time: all methods side by side, how sure it is, and what stands out."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hackathon import evaluations, finals, overview, store
from hackathon.model import Principal
from hackathon.permissions import require_organizer
from judging.composite.methods import Method, Standing, judged
from judging.composite.sheet import Sheet, sheet
from judging.panels.agreement import Agreement, agreement
from judging.panels.drift import Drift, drift
from judging.panels.rounds import final_judge
from judging.panels.suspicion import Suspicions, suspicions
from judging.results.compose import Composed, compose
from judging.results.model import panel_judge
from judging.results.service import Panel, panel_of
from judging.standings import Row

LEAST_HOURS = 1.0
"""Scorecards that all came within less say nothing of drift."""


@dataclass(frozen=True, slots=True)
class Review:
    """A track as it stands now, with all that was sent. `methods` are each entry's standings by each method; `final`
    entries are measured by their final evaluation already; `judges` are names by the panel's ids.
    """

    panel: Panel
    composed: Composed
    methods: Mapping[Method, Mapping[UUID, Standing]]
    final: frozenset[UUID]
    names: Mapping[UUID, tuple[str, str]]
    judges: Mapping[UUID, str]
    suspicions: Suspicions
    agreement: Agreement
    criteria: Mapping[str, Agreement]
    drift: Drift

    def row(self, entry_id: UUID) -> Row | None:
        """An entry's row; None where nothing is measured of it yet."""
        return next((row for row in self.composed.rows if row.entry_id == entry_id), None)

    def sheet(self, entry_id: UUID) -> Sheet | None:
        """How an entry's value is made, step by step; None where nobody has scored it."""
        field = self.panel.field
        if field is None or entry_id not in field.standings:
            return None
        return sheet(entry_id, field.rows, field.method, field.estimate)


async def review(event_id: UUID, track_id: UUID, *, actor: Principal) -> Review:
    """Look at a track. Raises Forbidden for who does not organize, EventUnknown."""
    require_organizer(actor)
    panel = await panel_of(event_id, track_id)
    scored = {one.entry_id: one for one in await evaluations.latest_evaluated(track_id)}
    finished = {one.entry_id: one for one in await finals.results_of(track_id)}
    scored.update(finished)
    judges = {
        row["id"]: row["name"] for row in await store.fetch("SELECT id, name FROM judge WHERE event_id = $1", event_id)
    }
    return Review(
        panel=panel,
        final=frozenset(finished),
        names=await overview.team_names(one.team_id for one in scored.values()),
        judges={**judges, **{final_judge(id): name for id, name in judges.items()}},
        **await asyncio.to_thread(_figures, panel, tuple(scored.values())),
    )


def _figures(panel: Panel, scored: tuple[evaluations.Evaluated, ...]) -> dict[str, Any]:
    field, cards = panel.field, panel.counting
    rows = () if field is None else field.rows
    keys = sorted({key for card in cards for key in card.ratings})
    sent = [card.sent_at.timestamp() / 3600 for card in cards]
    begun = min(sent, default=0.0)
    long_enough = max(sent, default=0.0) - begun >= LEAST_HOURS
    return {
        "composed": compose(scored, field, share=panel.share, ties=panel.rules.ties, least=1, seed=str(panel.track_id)),
        "methods": {} if field is None else {m: judged(rows, m, estimate=field.estimate) for m in Method},
        "suspicions": suspicions(rows),
        "agreement": agreement(rows),
        "criteria": {
            key: agreement(
                (panel_judge(card), card.entry_id, float(card.ratings[key])) for card in cards if key in card.ratings
            )
            for key in keys
        },
        "drift": drift(
            (panel_judge(card), card.entry_id, card.points, hour - begun)
            for card, hour in zip(cards, sent, strict=True)
            if long_enough
        ),
    }

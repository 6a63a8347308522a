"""The final round of a track: what size is advised, who is in it, and making its assignments."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from hackathon import evaluations, finals, overview, store
from hackathon.errors import Refusal
from hackathon.model import Principal
from hackathon.permissions import require_organizer
from judging import assignment
from judging.assignment import Card, Kind, Proposal
from judging.panels.rounds import Final, FinalPlan, plan_final
from judging.results.compose import compose
from judging.results.model import JudgedField, judge_field
from judging.results.service import Panel, panel_of
from judging.scorecards.model import Kind as Round
from judging.standings import Row, Scored
from sandbox.model import Text

CERTAINTY = 0.9
"""What is wanted of a podium where nobody says otherwise."""
LEAST_TEAMS = 2
MOST_REVIEWS = 50
_REVIEWS = (3, 5, 7, 9, 11, 15)


class FinalImpossible(Refusal):
    """There can be no final round like this; the sentence says why."""


@dataclass(frozen=True, slots=True)
class SecondRound:
    """A track before its final, or in it.

    `ranked` are the entries as the first round alone has them, best first, those that may be judged; `standing` those
    that are in the final. `judges`: how many take work. `missing` and `waiting`: scorecards of the first round and of
    the final that are not sent yet; `sent`: those of the final that are. `options`: what finals of each size find;
    `advice` the smallest of them that reaches the wanted certainty with these judges, else the nearest; `reached`
    whether it does. `larger` would reach it with more judges.
    """

    panel: Panel
    ranked: tuple[Row, ...]
    names: Mapping[UUID, tuple[str, str]]
    standing: frozenset[UUID]
    judges: int
    missing: int
    waiting: int
    sent: int
    reviews: int
    options: tuple[Final, ...]
    without: Final | None
    advice: Final | None
    reached: bool
    larger: Final | None
    closed: bool

    def finalists(self, teams: int) -> tuple[Row, ...]:
        """The best `teams` entries, those who share the last place among them, and who is in the final already."""
        chosen = self.ranked[:teams]
        last = chosen[-1].place if chosen else 0
        return tuple(row for row in self.ranked if row.place <= last or row.entry_id in self.standing)


async def second_round(event_id: UUID, track_id: UUID, *, certainty: float, actor: Principal) -> SecondRound:
    """Look at a track's final. `certainty`, from 0 to 1, is wanted of its podium. Raises Forbidden, EventUnknown."""
    require_organizer(actor)
    panel = await panel_of(event_id, track_id)
    scored: dict[UUID, Scored] = {one.entry_id: one for one in await evaluations.latest_evaluated(track_id)}
    scored.update({one.entry_id: one for one in await finals.results_of(track_id)})
    now = await store.clock()
    field = await assignment.field_of(panel.event, now=now)
    mine = {one.entry_id for one in field.candidates if one.track_id == track_id}
    of_final = [one for one in field.open(Kind.FINAL) if one.entry_id in mine]
    first = await asyncio.to_thread(_first_round, panel)
    ranked = await asyncio.to_thread(_ranked, panel, first, [one for id, one in scored.items() if id in mine])
    judges = len(field.seats)
    plan = None if first is None or len(first.standings) < LEAST_TEAMS else await asyncio.to_thread(
        plan_final, first.estimate, certainty, reviews=_sizes(judges)
    )  # fmt: skip
    advice, reached, larger = _advised(plan, certainty, judges)
    counts = {id: sum(one.entry_id == id for one in of_final) for id in {one.entry_id for one in of_final}}
    return SecondRound(
        panel=panel,
        ranked=ranked,
        names=await overview.team_names(row.team_id for row in ranked),
        standing=frozenset(counts),
        judges=judges,
        missing=sum(one.entry_id in mine and one.card is not Card.SENT for one in field.open(Kind.REVIEW)),
        waiting=sum(one.card is not Card.SENT for one in of_final),
        sent=sum(one.card is Card.SENT for one in of_final),
        reviews=max(counts.values(), default=0),
        options=() if plan is None else plan.options,
        without=None if plan is None else plan.without,
        advice=advice,
        reached=reached,
        larger=larger,
        closed=now >= panel.event.schedule.judging_closes,
    )


async def make_final(
    found: SecondRound,
    teams: int,
    reviews: int,
    *,
    actor: Principal,
    preview: bool = False,
    reason: str = "",
    seen: str | None = None,
) -> Proposal:
    """Give the finalists their judges; with `preview` only say what that would do. Done again, it adds what is missing.

    Raises Forbidden, FinalImpossible, PlanInfeasible, PlanMoved, Refusal for a reason that cannot be.
    """
    require_organizer(actor)
    _require_possible(found, teams, reviews)
    return await assignment.plan(
        found.panel.event.id,
        actor=actor,
        preview=preview,
        kind=Kind.FINAL,
        entries=[row.entry_id for row in found.finalists(teams)],
        reviews=reviews,
        reason=reason,
        seen=seen,
    )


def _require_possible(found: SecondRound, teams: int, reviews: int) -> None:
    if found.closed:
        raise FinalImpossible(
            Text(
                id="Penilaian sudah ditutup, jadi juri tidak dapat menilai lagi. Undurkan penutupan penilaian di "
                "Jadwal dahulu bila babak final tetap diperlukan.",
                en="Judging is closed, so judges can score no more. Move the end of judging in the schedule first if a "
                "final is still needed.",
            ),
            "final_late",
        )
    if len(found.ranked) < LEAST_TEAMS or found.without is None:
        raise FinalImpossible(
            Text(
                id="Babak final memilih dari hasil babak pertama, dan belum ada dua tim yang lembarnya terkirim. "
                "Tunggu lembar babak pertama.",
                en="A final chooses from the results of the first round, and no two teams have scorecards yet. Wait "
                "for those of the first round.",
            ),
            "final_early",
        )
    if not LEAST_TEAMS <= teams <= len(found.ranked):
        raise FinalImpossible(
            Text(
                id=f"Jumlah tim final harus {LEAST_TEAMS} sampai {len(found.ranked)}.",
                en=f"A final here has {LEAST_TEAMS} to {len(found.ranked)} teams.",
            ),
            "final_teams",
        )
    if not 1 <= reviews <= MOST_REVIEWS:
        raise FinalImpossible(
            Text(
                id=f"Jumlah juri per tim harus 1 sampai {MOST_REVIEWS}.",
                en=f"A team has 1 to {MOST_REVIEWS} judges.",
            ),
            "final_reviews",
        )


def _first_round(panel: Panel) -> JudgedField | None:
    if not any(card.kind is Round.FINAL for card in panel.counting):
        return panel.field
    cards = [card for card in panel.counting if card.kind is not Round.FINAL]
    return judge_field(cards, panel.rules.method) if cards else None


def _ranked(panel: Panel, first: JudgedField | None, scored: Collection[Scored]) -> tuple[Row, ...]:
    # By the total, not the judges' part alone: the podium that a final is to find is that of the totals.
    if first is None:
        return ()
    ties = panel.rules.ties
    return compose(scored, first, share=panel.share, ties=ties, least=1, seed=str(panel.track_id)).rows


def _sizes(judges: int) -> Sequence[int]:
    return sorted({*_REVIEWS, judges} - {0})


def _advised(plan: FinalPlan | None, certainty: float, judges: int) -> tuple[Final | None, bool, Final | None]:
    if plan is None:
        return None, False, None
    near = [one for one in plan.options if one.reviews <= judges]
    fitting = [one for one in near if one.hit >= certainty]
    if fitting:
        return min(fitting, key=lambda one: (one.scorecards, one.teams)), True, None
    best = max(near, key=lambda one: (one.hit, -one.scorecards), default=None)
    return best, False, plan.advice

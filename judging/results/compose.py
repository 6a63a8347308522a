"""A track's board from measured scores and judges: rows with totals, places, intervals and brackets. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from judging.composite.methods import Standing
from judging.composite.totals import Part, totals
from judging.results.model import Basis, JudgedField, filler
from judging.standings import JudgesPart, Row, Scored, all_rounded, standings

JUDGES, AUTOMATED = "judges", "automated"
NOT_YET = JudgesPart()


@dataclass(frozen=True, slots=True)
class Composed:
    """A board; `basis` is None where measured scores are all there is."""

    rows: tuple[Row, ...]
    basis: Basis | None = None


def compose(
    scored: Iterable[Scored],
    field: JudgedField | None,
    *,
    share: float,
    ties: Sequence[str],
    least: int,
    seed: str,
    previous: Sequence[Row] = (),
) -> Composed:
    """Rank entries by their total: `share` percent from judges, the rest measured.

    Only entries with a measured score are on a board. One with fewer than `least` scorecards counts with `filler`
    meanwhile, so that it neither gains nor loses by being judged late. Where no entry has enough scorecards, or judges
    have no share, the board is that of measured scores. The same values give the same board, in any order.
    """
    of_entry = {one.entry_id: one for one in scored}
    shown = {} if field is None or share <= 0 else field.shown(of_entry.keys(), least)
    if field is None or not shown:
        return Composed(standings(of_entry.values(), previous))
    rest = filler(shown)
    measured = {
        id: Standing(one.score, min(one.low, one.score), max(one.high, one.score)) for id, one in of_entry.items()
    }
    parts = (
        Part(JUDGES, share, {id: shown.get(id, rest) for id in of_entry}),
        Part(AUTOMATED, 100 - share, measured),
    )
    before = {row.entry_id: row.place for row in previous}
    rows = []
    for total in totals(parts, ties=ties, seed=seed):
        one, given = of_entry[total.entry_id], shown.get(total.entry_id)
        rows.append(
            Row(
                entry_id=one.entry_id,
                team_id=one.team_id,
                place=total.place,
                place_low=total.place_low,
                place_high=total.place_high,
                tie=total.bracket,
                score=total.total,
                low=total.low,
                high=total.high,
                tasks=all_rounded(one.tasks),
                metrics={slug: all_rounded(points) for slug, points in sorted(one.metrics.items())},
                submission_number=one.number,
                status=str(one.status),
                evaluated_at=one.finished_at,
                trend=before[one.entry_id] - total.place if one.entry_id in before else None,
                automated=total.parts[AUTOMATED],
                judges=NOT_YET
                if given is None
                else JudgesPart(given.value, given.low, given.high, field.counts[one.entry_id]),
                fourfold=one.fourfold,
            )
        )
    missing = len(shown) < len(of_entry)
    return Composed(tuple(rows), Basis(field.method, share, rest.value if missing else None))

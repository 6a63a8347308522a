"""All of a track's judging as tables, for organizers."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from hackathon import store
from hackathon.events import Event, Track
from hackathon.model import Principal
from hackathon.outbox import append
from hackathon.permissions import require_organizer
from judging import assignment, rubrics
from judging.assignment import Kind
from judging.composite.methods import Method
from judging.results.review import Review, review
from judging.results.tables import Table, Value
from judging.rules import get_rules
from judging.standings import JudgesPart


class Name(StrEnum):
    """What can be exported; the values stand in addresses."""

    SCORECARDS = "lembar"
    ASSIGNMENTS = "penugasan"
    RESULTS = "hasil"
    SHEETS = "hitungan"
    COVERAGE = "cakupan"


async def export(name: Name, event: Event, track: Track, *, actor: Principal) -> Table:
    """A table of a track; who took it stands in the audit. Raises Forbidden for who does not organize."""
    require_organizer(actor)
    if name is Name.SCORECARDS:
        columns, rows = await _scorecards(track)
    elif name is Name.ASSIGNMENTS:
        columns, rows = await _assignments(track)
    elif name is Name.COVERAGE:
        columns, rows = await _coverage(event, track)
    else:
        found = await review(event.id, track.id, actor=actor)
        make: Callable[[Review], tuple[Sequence[str], Sequence[Sequence[Value]]]] = (
            _results if name is Name.RESULTS else _sheets
        )
        columns, rows = await asyncio.to_thread(make, found)
    async with store.transaction():
        await append("results.exported", {"track": track.id, "table": name.value}, actor=actor)
    return Table(tuple(columns), tuple(tuple(row) for row in rows), ZoneInfo(event.zone))


_SCORECARDS = """
SELECT team.name AS tim, team.agency AS instansi, judge.name AS juri, assignment.kind AS jenis,
    assignment.state AS penugasan, card.state AS keadaan, card.points AS poin, rubric.number AS versi_rubrik,
    submission.number AS versi_prototipe, card.version AS simpanan, card.sent_at AS terkirim,
    card.ratings AS ratings, card.feedback AS feedback
FROM scorecard AS card JOIN assignment ON assignment.id = card.assignment_id
    JOIN judge ON judge.id = assignment.judge_id JOIN entry ON entry.id = assignment.entry_id
    JOIN team ON team.id = entry.team_id JOIN rubric ON rubric.id = card.rubric_id
    JOIN submission ON submission.id = card.submission_id
WHERE entry.track_id = $1 ORDER BY team.name, judge.name, assignment.kind
"""

_ASSIGNMENTS = """
SELECT team.name AS tim, team.agency AS instansi, judge.name AS juri, judge.agency AS instansi_juri,
    assignment.kind AS jenis, assignment.state AS keadaan, assignment.reason AS alasan, assignment.made_at AS dibuat,
    assignment.ended_at AS berakhir, coalesce(card.state, 'none') AS lembar
FROM assignment JOIN judge ON judge.id = assignment.judge_id JOIN entry ON entry.id = assignment.entry_id
    JOIN team ON team.id = entry.team_id LEFT JOIN scorecard AS card ON card.assignment_id = assignment.id
WHERE entry.track_id = $1 ORDER BY team.name, judge.name, assignment.kind
"""


async def _scorecards(track: Track) -> tuple[Sequence[str], Sequence[Sequence[Value]]]:
    found = await store.fetch(_SCORECARDS, track.id)
    first = tuple((await rubrics.current(track.id)).rubric.keys)
    cards = [(row, _words(row["ratings"], dict[str, int]), _words(row["feedback"], dict[str, str])) for row in found]
    # Older versions of the rubric may have had other criteria: theirs come last.
    rated = [*first, *sorted({key for _, ratings, _ in cards for key in ratings} - set(first))]
    told = [key for key in ("", *rated) if any(key in feedback for _, _, feedback in cards)]
    plain = ("tim", "instansi", "juri", "jenis", "penugasan", "keadaan", "poin", "versi_rubrik", "versi_prototipe",
             "simpanan", "terkirim")  # fmt: skip
    columns = (*plain, *(f"nilai_{key}" for key in rated), *(f"umpan_balik_{key}".rstrip("_") for key in told))
    return columns, [
        (*(_plain(row[name]) for name in plain), *(ratings.get(key) for key in rated),
         *(feedback.get(key) for key in told))
        for row, ratings, feedback in cards
    ]  # fmt: skip


async def _assignments(track: Track) -> tuple[Sequence[str], Sequence[Sequence[Value]]]:
    columns = ("tim", "instansi", "juri", "instansi_juri", "jenis", "keadaan", "alasan", "dibuat", "berakhir", "lembar")
    rows = await store.fetch(_ASSIGNMENTS, track.id)
    return columns, [tuple(_plain(row[name]) for name in columns) for row in rows]


async def _coverage(event: Event, track: Track) -> tuple[Sequence[str], Sequence[Sequence[Value]]]:
    """How many judges each entry has, in each round."""
    field = await assignment.field_of(event, now=await store.clock())
    wanted = (await get_rules(event.id)).reviews
    rounds = [kind for kind in (Kind.REVIEW, Kind.FINAL) if kind is Kind.REVIEW or field.open(kind)]
    names = {seat.judge_id: seat.name for seat in field.seats} | {one.judge_id: one.judge for one in field.assignments}
    rows: list[Sequence[Value]] = []
    for kind in rounds:
        found = field.covered(kind, wanted)
        standing = field.open(kind)
        for one in field.candidates:
            mine = sorted({a.judge_id for a in standing if a.entry_id == one.entry_id}, key=lambda id: names[id])
            if one.track_id == track.id and (mine or kind is Kind.REVIEW):
                rows.append(
                    (one.team, one.agency, kind.value, "ya" if one.fixed else "belum", len(mine),
                     found.reviewed.get(one.entry_id, 0),
                     max(0, wanted - len(mine)) if kind is Kind.REVIEW else None,
                     ", ".join(names[id] for id in mine))
                )  # fmt: skip
    columns = ("tim", "instansi", "jenis", "versi_ditetapkan", "ditugaskan", "terkirim", "kurang", "juri")
    return columns, rows


def _results(found: Review) -> tuple[Sequence[str], Sequence[Sequence[Value]]]:
    columns = ("peringkat", "peringkat_terendah", "peringkat_tertinggi", "kurung", "tim", "instansi", "total",
               "total_bawah", "total_atas", "otomatis", "juri", "juri_bawah", "juri_atas", "lembar",
               *(method.value for method in Method))  # fmt: skip
    rows: list[Sequence[Value]] = []
    for row in found.composed.rows:
        team, agency = found.names.get(row.team_id, ("", ""))
        given = row.judges or JudgesPart()
        methods = [found.methods.get(method, {}).get(row.entry_id) for method in Method]
        rows.append(
            (row.place, row.place_low, row.place_high, row.tie, team, agency, row.score, row.low, row.high,
             row.measured, given.value, given.low, given.high, given.scorecards,
             *(None if standing is None else standing.value for standing in methods))
        )  # fmt: skip
    return columns, rows


def _sheets(found: Review) -> tuple[Sequence[str], Sequence[Sequence[Value]]]:
    """Each team's sheet: a line for each scorecard that counts, with what the value is made of."""
    columns = ("tim", "instansi", "juri", "poin", "koreksi", "terkoreksi", "bobot", "rata_rata", "tarikan",
               "nilai_juri", "otomatis", "total")  # fmt: skip
    rows: list[Sequence[Value]] = []
    for row in found.composed.rows:
        team, agency = found.names.get(row.team_id, ("", ""))
        sheet = found.sheet(row.entry_id)
        if sheet is not None:
            rows += [
                (team, agency, found.judges.get(line.judge_id, ""), line.score, line.correction, line.corrected,
                 line.weight, sheet.base, sheet.pull, sheet.value, row.measured, row.score)
                for line in sheet.lines
            ]  # fmt: skip
    return columns, rows


def _words(text: str, kind: type[Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = msgspec.json.decode(text, type=kind)
    return found


def _plain(value: Any) -> Value:
    return value if value is None or isinstance(value, str | int | float | datetime) else str(value)

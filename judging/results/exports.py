"""All of a track's judging as tables, for organizers; and tables as CSV that no spreadsheet runs, and as JSON."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec

from hackathon import store
from hackathon.events import Event, Track
from hackathon.model import Principal
from hackathon.outbox import append
from hackathon.permissions import require_organizer
from judging.composite.methods import Method
from judging.results.review import review

Value = str | int | float | None

_AFTER_PART = re.compile(r"([;\t]\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for a formula, or skips to reach one; the wide forms too."""


class Name(StrEnum):
    """What can be exported; the values stand in addresses."""

    SCORECARDS = "lembar"
    ASSIGNMENTS = "penugasan"
    RESULTS = "hasil"


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; texts are as people wrote them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


async def export(name: Name, event: Event, track: Track, *, actor: Principal) -> Table:
    """A table of a track; who took it stands in the audit. Raises Forbidden for who does not organize."""
    require_organizer(actor)
    if name is Name.RESULTS:
        table = await _results(event, track, actor)
    else:
        rows = await store.fetch(_SQL[name], track.id)
        table = Table(tuple(rows[0].keys()) if rows else (), tuple(tuple(map(_plain, row.values())) for row in rows))
    async with store.transaction():
        await append("results.exported", {"track": track.id, "table": name.value}, actor=actor)
    return table


def as_csv(table: Table) -> bytes:
    """CSV for spreadsheets: UTF-8 with its mark, CRLF. A text that could start a formula begins with an apostrophe."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([inert(name) for name in table.columns])
    writer.writerows([inert(value) if isinstance(value, str) else value for value in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def as_json(table: Table) -> bytes:
    """A list of objects."""
    return msgspec.json.encode([dict(zip(table.columns, row, strict=True)) for row in table.rows])


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula, also behind spaces, or where it parts cells at semicolons."""
    text = _AFTER_PART.sub(r"\1'", text)
    return f"'{text}" if text.startswith(_STARTS) or text.lstrip(" \u00a0\u3000").startswith(_STARTS) else text


_SQL = {
    Name.SCORECARDS: """
SELECT team.name AS tim, team.agency AS instansi, judge.name AS juri, assignment.kind AS jenis,
    assignment.state AS penugasan, card.state AS keadaan, card.points AS poin, card.ratings AS nilai,
    card.feedback AS umpan_balik, rubric.number AS versi_rubrik, submission.number AS versi_prototipe,
    card.version AS simpanan, card.sent_at AS terkirim
FROM scorecard AS card JOIN assignment ON assignment.id = card.assignment_id
    JOIN judge ON judge.id = assignment.judge_id JOIN entry ON entry.id = assignment.entry_id
    JOIN team ON team.id = entry.team_id JOIN rubric ON rubric.id = card.rubric_id
    JOIN submission ON submission.id = card.submission_id
WHERE entry.track_id = $1 ORDER BY team.name, judge.name, assignment.kind
""",
    Name.ASSIGNMENTS: """
SELECT team.name AS tim, team.agency AS instansi, judge.name AS juri, judge.agency AS instansi_juri,
    assignment.kind AS jenis, assignment.state AS keadaan, assignment.reason AS alasan, assignment.made_at AS dibuat,
    assignment.ended_at AS berakhir, coalesce(card.state, 'none') AS lembar
FROM assignment JOIN judge ON judge.id = assignment.judge_id JOIN entry ON entry.id = assignment.entry_id
    JOIN team ON team.id = entry.team_id LEFT JOIN scorecard AS card ON card.assignment_id = assignment.id
WHERE entry.track_id = $1 ORDER BY team.name, judge.name, assignment.kind
""",
}


async def _results(event: Event, track: Track, actor: Principal) -> Table:
    found = await review(event.id, track.id, actor=actor)
    columns = ("peringkat", "peringkat_terendah", "peringkat_tertinggi", "tim", "instansi", "total", "total_bawah",
               "total_atas", "otomatis", "juri", "lembar", *(method.value for method in Method))  # fmt: skip
    rows: list[Sequence[Value]] = []
    for row in found.composed.rows:
        team, agency = found.names.get(row.team_id, ("", ""))
        judges = row.judges
        methods = [found.methods.get(method, {}).get(row.entry_id) for method in Method]
        rows.append(
            (row.place, row.place_low, row.place_high, team, agency, row.score, row.low, row.high, row.measured,
             None if judges is None else judges.value, 0 if judges is None else judges.scorecards,
             *(None if standing is None else standing.value for standing in methods))
        )  # fmt: skip
    return Table(columns, tuple(tuple(row) for row in rows))


def _plain(value: Any) -> Value:
    return value if value is None or isinstance(value, str | int | float) else value.isoformat()

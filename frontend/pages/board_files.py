"""A board as a file: CSV, JSON, XLSX of the publication that the page shows, and of nothing else."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import msgspec
from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Response
from litestar.status_codes import HTTP_304_NOT_MODIFIED

from frontend import formats
from frontend.api.shapes import LeaderboardBody
from frontend.api.views import leaderboard_body
from frontend.language import Language
from frontend.pages.visiting import AnyRequest
from hackathon import events, store
from hackathon.events import Event, Track
from hackathon.overview import team_names
from judging import publications, results

TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_JUDGED = ("otomatis", "juri", "juri_bawah", "juri_atas", "lembar")
_KEPT = 32
_KEPT_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class BoardFile:
    """A file with the tag that changes with what is in it."""

    data: bytes
    tag: str


class _Files:
    """The files that were made last: whoever asks for one again gets the same bytes without work."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, BoardFile] = OrderedDict()

    async def get(self, body: LeaderboardBody, event: Event, kind: str) -> BoardFile:
        """The file of a board, made where it is not there."""
        plain = msgspec.json.encode(body)
        tag = f'"{hashlib.sha256(plain + kind.encode()).hexdigest()[:32]}"'
        found = self._files.get(tag)
        if found is None:
            data = plain if kind == "json" else await asyncio.to_thread(_drawn, body, event, kind)
            found = BoardFile(data, tag)
            if len(data) <= _KEPT_BYTES:
                self._files[tag] = found
        if tag in self._files:
            self._files.move_to_end(tag)
        while len(self._files) > _KEPT:
            self._files.popitem(last=False)
        return found


_files = _Files()


@get("/acara/{slug:str}/papan/{track_slug:str}/unduh/{file:str}")
async def board_file(
    slug: FromPath[str], track_slug: FromPath[str], file: FromPath[str], request: AnyRequest
) -> Response[bytes]:
    """The board as `papan.csv`, `papan.json` or `papan.xlsx`."""
    event = await events.get_event(slug)
    track = await events.get_track(event, track_slug)
    name, _, kind = file.partition(".")
    publication = await publications.latest(track.id)
    if name != "papan" or kind not in TYPES or publication is None:
        raise NotFoundException
    names = await team_names(row.team_id for row in publication.rows)
    body = leaderboard_body(event, track, publication, names, await store.clock())
    made = await _files.get(body, event, kind)
    headers = {
        "ETag": made.tag,
        # Asked for again each time, and sent again only when it is another.
        "Cache-Control": "public, no-cache",
        "Content-Disposition": f'attachment; filename="{event.slug}-{track.slug}-terbitan-{publication.number}.{kind}"',
    }
    if made.tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=HTTP_304_NOT_MODIFIED, headers=headers)
    return Response(made.data, media_type=TYPES[kind], headers=headers)


def file_links(event: Event, track: Track) -> tuple[tuple[str, str], ...]:
    """Where a board's files are, by what they are called."""
    base = f"/acara/{event.slug}/papan/{track.slug}/unduh/papan"
    return tuple((kind.upper(), f"{base}.{kind}") for kind in TYPES)


def _drawn(body: LeaderboardBody, event: Event, kind: str) -> bytes:
    table = _table(body, ZoneInfo(event.zone))
    if kind == "csv":
        return results.as_csv(table)
    assert body.published_at is not None  # noqa: S101 - there is a publication
    return results.as_xlsx(table, f"{body.event} {body.track}", _notes(body, ZoneInfo(event.zone)), body.published_at)


def _table(body: LeaderboardBody, zone: ZoneInfo) -> results.Table:
    tasks = list(dict.fromkeys(slug for row in body.rows for slug in row.tasks))
    judged = body.basis is not None
    columns = ["peringkat", "peringkat_terendah", "peringkat_tertinggi", "kurung", "tim", "instansi", "total",
               "total_bawah", "total_atas", *(_JUDGED if judged else ()),
               *(f"tugas_{slug}" for slug in tasks), "naik", "keadaan", "versi", "diuji"]  # fmt: skip
    rows = []
    for row in body.rows:
        given = row.judges
        judges: list[results.Value] = []
        if judged:
            judges = [row.automated, *((None, None, None, 0) if given is None else
                      (given.value, given.low, given.high, given.scorecards))]  # fmt: skip
        rows.append(
            (row.place, row.place_low, row.place_high, row.tie, row.team, row.agency, row.score, row.low, row.high,
             *judges, *(row.tasks.get(slug) for slug in tasks), row.trend, row.status, row.submission_number,
             row.evaluated_at)
        )  # fmt: skip
    return results.Table(tuple(columns), tuple(rows), zone)


def _notes(body: LeaderboardBody, zone: ZoneInfo) -> dict[str, str]:
    """What a reader of the workbook must know of the publication; in Bahasa Indonesia, as its columns are."""
    told = {
        "acara": body.event,
        "kategori": body.track,
        "terbitan": str(body.number),
        "diterbitkan": "" if body.published_at is None else body.published_at.astimezone(zone).isoformat(),
        "sha256 terbitan": body.sha256 or "",
        "dibekukan": "ya" if body.frozen else "tidak",
        "hasil akhir": "ya" if body.final else "belum",
        "rentang": "bawah dan atas: rentang 90%; peringkat terendah dan tertinggi: peringkat dalam rentang itu",
        "kurung": "tim dengan nomor kurung yang sama belum dapat dibedakan",
    }
    if body.basis is not None:
        share = formats.percent(body.basis.judges_share, Language.ID)
        rest = formats.percent(100 - body.basis.judges_share, Language.ID)
        told["total"] = f"{rest} otomatis + {share} juri, cara: {body.basis.method}"
        if body.basis.filler is not None:
            points = formats.figure(body.basis.filler, 2, Language.ID)
            told["juri kosong"] = f"belum cukup lembar penilaian, sementara dihitung {points}"
    return told

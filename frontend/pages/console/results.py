"""The console's results of judging: the internal board, an entry's sheet, exports."""

import asyncio
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, QueryParameter
from litestar.response import Response

from frontend import formats
from frontend.language import Language, pick, say
from frontend.pages.board_files import TYPES
from frontend.pages.console.desk import Desk, chosen_track, desk_page, open_desk
from frontend.pages.console.second_round import size_sentences
from frontend.pages.reading import Reader
from frontend.pages.visiting import Visit
from hackathon import events
from hackathon.events import Track
from hackathon.teams import EntryUnknown
from judging import results, rubrics
from judging.composite.methods import Method
from judging.panels import PanelFlag
from judging.panels.agreement import Agreement
from judging.panels.suspicion import Side
from judging.results import CERTAINTY, Name, Review

Visitor = NamedDependency[Visit]
Boards = NamedDependency[Reader]
Slug = FromPath[str]
Chosen = Annotated[str, QueryParameter(name="kategori", max_length=200)]


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of the internal board, in words."""

    href: str
    place: str
    span: str
    tie: bool
    team: str
    agency: str
    measured: str
    final: bool
    methods: tuple[str, ...]
    total: str
    range: str
    scorecards: int
    short: bool


@get("/konsol/{slug:str}/hasil")
async def results_page(slug: Slug, visitor: Visitor, reader: Boards, chosen: Chosen = "") -> Response[str]:
    """A track's internal board with all that was sent, whatever the public sees."""
    desk = await open_desk(slug, visitor, reader)
    track = await chosen_track(desk, chosen)
    found = await results.review(desk.event.id, track.id, actor=desk.organizer)
    final = await results.second_round(desk.event.id, track.id, certainty=CERTAINTY, actor=desk.organizer)
    rubric = (await rubrics.current(track.id)).rubric
    titles = {criterion.key: pick(criterion.title, desk.language) for criterion in rubric.criteria}
    field = found.panel.field
    return desk_page(
        "results",
        desk,
        "hasil",
        tracks=[(other.slug, pick(other.title, desk.language), other.id == track.id) for other in desk.event.tracks],
        track=track,
        lines=_lines(found, desk),
        methods=[(method_word(method, desk.language), method is found.panel.rules.method) for method in Method],
        share=formats.percent(found.panel.share, desk.language),
        rest=formats.percent(100 - found.panel.share, desk.language),
        live=False,
        cards=len(found.panel.counting),
        aside=len(found.panel.cards) - len(found.panel.counting),
        flags=[] if field is None else [_flag(flag, desk.language) for flag in field.estimate.flags],
        odd=_odd(found, desk),
        erratic=[
            (found.judges.get(one.judge_id, "–"), formats.figure(one.noise, 1, desk.language), one.count)
            for one in found.suspicions.judges
        ],
        judges=_judges(found, desk.language),
        agreements=[(say(desk.language, "Seluruh lembar"), *_agreement(found.agreement, desk.language))]
        + [(titles.get(key, key), *_agreement(one, desk.language)) for key, one in found.criteria.items()],
        drift=_drift(found, desk.language),
        plan=size_sentences(final, round(CERTAINTY * 100), desk.language),
        final=final,
        final_page=f"{desk.root}/hasil/final?kategori={track.slug}",
        exports=_export_links(desk, track),
    )


@get("/konsol/{slug:str}/hasil/{entry_id:uuid}")
async def sheet_page(slug: Slug, entry_id: FromPath[UUID], visitor: Visitor, reader: Boards) -> Response[str]:
    """How one entry's value and total are made, step by step."""
    desk = await open_desk(slug, visitor, reader)
    for track in desk.event.tracks:
        found = await results.review(desk.event.id, track.id, actor=desk.organizer)
        row = found.row(entry_id)
        if row is not None:
            break
    else:
        raise EntryUnknown
    sheet = found.sheet(entry_id)
    two = desk.language
    return desk_page(
        "results_sheet",
        desk,
        "hasil",
        team=found.names.get(row.team_id, ("–", ""))[0],
        back=f"{desk.root}/hasil?kategori={track.slug}",
        method=method_word(found.panel.rules.method, two),
        adjusted=found.panel.rules.method is Method.ADJUSTED,
        lines=[]
        if sheet is None
        else [
            (
                found.judges.get(line.judge_id, "–"),
                formats.figure(line.score, 2, two),
                formats.figure(line.correction, 2, two),
                formats.figure(line.corrected, 2, two),
                formats.figure(line.weight, 3, two),
            )
            for line in sheet.lines
        ],
        base="" if sheet is None else formats.figure(sheet.base, 2, two),
        pull="" if sheet is None else formats.figure(sheet.pull, 2, two),
        value="" if sheet is None else formats.figure(sheet.value, 2, two),
        measured=formats.figure(row.measured, 2, two),
        total=formats.figure(row.score, 2, two),
        share=formats.percent(found.panel.share, two),
        rest=formats.percent(100 - found.panel.share, two),
    )


@get("/konsol/{slug:str}/ekspor/{track_slug:str}/{file:str}")
async def export_file(
    slug: Slug, track_slug: FromPath[str], file: FromPath[str], visitor: Visitor, reader: Boards
) -> Response[bytes]:
    """A table of a track's judging, as `name.csv`, `name.json` or `name.xlsx`."""
    desk = await open_desk(slug, visitor, reader)
    track = await events.get_track(desk.event, track_slug)
    name, _, kind = file.partition(".")
    if name not in tuple(Name) or kind not in TYPES:
        raise NotFoundException
    table = await results.export(Name(name), desk.event, track, actor=desk.organizer)
    body = await asyncio.to_thread(_written, kind, table, desk, track, Name(name))
    filename = f"{desk.event.slug}-{track.slug}-{name}.{kind}"
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{filename}"'}
    return Response(body, media_type=TYPES[kind], headers=headers)


def _written(kind: str, table: results.Table, desk: Desk, track: Track, name: Name) -> bytes:
    if kind == "csv":
        return results.as_csv(table)
    if kind == "json":
        return results.as_json(table)
    taken = desk.now.astimezone(desk.zone).isoformat(timespec="seconds")
    notes = {"acara": desk.event.slug, "kategori": track.slug, "tabel": name.value, "diambil": taken}
    return results.as_xlsx(table, f"{desk.event.slug} {track.slug} {name.value}", notes, desk.now)


def method_word(method: Method, language: Language) -> str:
    """What a method is called."""
    return {
        Method.MEAN: say(language, "Rata-rata"),
        Method.TRIMMED: say(language, "Tanpa ujung"),
        Method.ADJUSTED: say(language, "Terkoreksi"),
    }[method]


def _lines(found: Review, desk: Desk) -> list[Line]:
    language, lines = desk.language, []
    brackets = [row.tie for row in found.composed.rows]
    for row in found.composed.rows:
        team, agency = found.names.get(row.team_id, ("–", ""))
        of_methods = [found.methods.get(method, {}).get(row.entry_id) for method in Method]
        count = 0 if found.panel.field is None else found.panel.field.counts.get(row.entry_id, 0)
        lines.append(
            Line(
                href=f"{desk.root}/hasil/{row.entry_id}",
                place=str(row.place),
                span="" if row.place_low == row.place_high else formats.span(str(row.place_low), str(row.place_high)),
                tie=brackets.count(row.tie) > 1,
                team=team,
                agency=agency,
                measured=formats.figure(row.measured, 2, language),
                final=row.entry_id in found.final,
                methods=tuple("–" if one is None else formats.figure(one.value, 2, language) for one in of_methods),
                total=formats.figure(row.score, 2, language),
                range=formats.span(formats.score(row.low, language), formats.score(row.high, language)),
                scorecards=count,
                short=count < found.panel.rules.reviews,
            )
        )
    return lines


def _odd(found: Review, desk: Desk) -> list[tuple[str, str, str, str, str]]:
    teams = {row.entry_id: found.names.get(row.team_id, ("–", ""))[0] for row in found.composed.rows}
    words = {Side.FOR: say(desk.language, "terlalu tinggi"), Side.AGAINST: say(desk.language, "terlalu rendah")}
    return [
        (
            found.judges.get(one.judge_id, "–"),
            teams.get(one.entry_id, "–"),
            formats.figure(one.score, 2, desk.language),
            formats.figure(one.expected, 2, desk.language),
            words[one.side],
        )
        for one in found.suspicions.scores
    ]


def _judges(found: Review, language: Language) -> list[tuple[str, int, str, str, str]]:
    field = found.panel.field
    if field is None:
        return []
    ordered = sorted(field.estimate.judges.items(), key=lambda item: (-item[1].severity, found.judges.get(item[0], "")))
    return [
        (
            found.judges.get(id, "–"),
            one.count,
            formats.figure(one.severity, 1, language),
            say(
                language,
                "{low} sampai {high}",
                low=formats.figure(one.low, 1, language),
                high=formats.figure(one.high, 1, language),
            ),
            formats.figure(one.noise, 1, language),
        )
        for id, one in ordered
    ]


def _agreement(one: Agreement, language: Language) -> tuple[str, str, str]:
    def told(value: float | None) -> str:
        return "–" if value is None else formats.figure(value, 2, language)

    return told(one.alpha), told(one.absolute), told(one.mean)


def _drift(found: Review, language: Language) -> list[tuple[str, str, bool]]:
    slopes = [(say(language, "Semua juri"), found.drift.panel)] if found.drift.panel else []
    slopes += [(found.judges.get(id, "–"), one) for id, one in found.drift.judges.items() if one.drifts]
    return [
        (
            name,
            say(
                language,
                "{slope} poin per jam ({low} sampai {high})",
                slope=formats.figure(one.per_hour, 1, language),
                low=formats.figure(one.low, 1, language),
                high=formats.figure(one.high, 1, language),
            ),
            one.drifts,
        )
        for name, one in slopes
    ]


def _flag(flag: PanelFlag, language: Language) -> str:
    return {
        PanelFlag.EMPTY: say(language, "Belum ada lembar penilaian."),
        PanelFlag.ONE_ENTRY: say(language, "Baru satu tim yang dinilai: belum ada pembanding."),
        PanelFlag.ONE_JUDGE: say(language, "Baru satu juri: keketatan tidak dapat dibedakan dari mutu."),
        PanelFlag.DISCONNECTED: say(language, "Ada kelompok tim tanpa juri bersama: perbandingannya hanya anggapan."),
        PanelFlag.CONSTANT: say(language, "Semua nilai sama."),
        PanelFlag.THIN: say(language, "Ada tim dengan satu lembar saja."),
        PanelFlag.TIED: say(language, "Juri ketat dan tim kuat atau lemah terlalu sering bertemu."),
    }[flag]


def _export_links(desk: Desk, track: Track) -> list[tuple[str, list[tuple[str, str]]]]:
    words = {
        Name.SCORECARDS: say(desk.language, "Lembar penilaian"),
        Name.ASSIGNMENTS: say(desk.language, "Penugasan"),
        Name.RESULTS: say(desk.language, "Hasil dan papan"),
        Name.SHEETS: say(desk.language, "Hitungan tiap tim"),
        Name.COVERAGE: say(desk.language, "Cakupan juri"),
    }
    base = f"{desk.root}/ekspor/{track.slug}"
    return [(words[name], [(kind.upper(), f"{base}/{name}.{kind}") for kind in TYPES]) for name in Name]


HANDLERS = (results_page, sheet_page, export_file)

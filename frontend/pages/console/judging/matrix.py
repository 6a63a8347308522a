"""The coverage of the field as a table: entries by judges, and what in it needs a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from frontend import formats
from frontend.language import Language, message, say, say_count
from frontend.pages.console.desk import Desk
from frontend.pages.console.entries import Choice
from frontend.pages.console.judging.section import name_of, track_choices, track_titles
from judging.assignment import AssignmentView, Candidate, Card, Coverage, Field, Kind

SHOWN = 4
"""So many teams are named in a line of what needs a person."""

STATES: Mapping[str, str] = {
    "": message("Semua peserta"),
    "kosong": message("Belum punya juri"),
    "kurang": message("Kurang juri"),
    "belum": message("Belum lengkap dinilai"),
    "benturan": message("Penugasan yang terkena benturan"),
}

_CARDS: Mapping[Card, tuple[str, str, str]] = {
    Card.NONE: ("circle-dashed", message("belum dibuka"), "c-none"),
    Card.BEGUN: ("pencil", message("sedang dinilai"), "c-begun"),
    Card.REOPENED: ("rotate-ccw", message("dibuka kembali"), "c-begun"),
    Card.SENT: ("check", message("terkirim"), "c-sent"),
}
"""Icon, word and class of a scorecard."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where an entry and a judge meet. `tone` is empty where nothing is between them."""

    judge: str
    icon: str = ""
    word: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An entry."""

    id: str
    team: str
    track: str
    count: str
    short: bool
    fixed: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A judge. `load` is what was sent of what was given."""

    id: str
    name: str
    agency: str
    load: str
    words: str
    away: bool


@dataclass(frozen=True, slots=True)
class Alarm:
    """A line of what needs a person."""

    urgent: bool
    icon: str
    mark: str
    title: str
    detail: str
    link: str
    action: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """All that the page shows."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    alarms: tuple[Alarm, ...]
    urgent: bool
    figures: tuple[tuple[str, str], ...]
    total: int
    tracks: tuple[Choice, ...]
    states: tuple[Choice, ...]
    judges: tuple[Choice, ...]
    track: str
    state: str
    judge: str
    words: str
    filtered: bool
    empty: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the page, as its address has them."""

    track: str = ""
    state: str = ""
    judge: str = ""
    words: str = ""

    @property
    def any(self) -> bool:
        """Whether one of them leaves something out."""
        return bool(self.track or self.state or self.judge or self.words)


def draw_matrix(desk: Desk, field: Field, cover: Coverage, kind: Kind, reviews: int, wanted: Wanted) -> Matrix:
    """The page of an event's assignments."""
    language, titles = desk.language, track_titles(desk)
    standing = {(one.entry_id, one.judge_id): one for one in field.open(kind)}
    known = {one.entry_id: one for one in (*_left_over(field, kind), *field.candidates)}
    wanted_track = next((track.id for track in desk.event.tracks if track.slug == wanted.track), None)
    struck = {(one.entry_id, one.judge_id) for one in field.in_conflict() if one.kind is kind}
    columns = _columns(desk, field, cover, kind)
    rows = []
    for one in sorted(known.values(), key=lambda one: (one.team.casefold(), str(one.entry_id))):
        reviewed, given = cover.reviewed.get(one.entry_id, 0), cover.reviews.get(one.entry_id, 0)
        fits = (
            (wanted_track is None or one.track_id == wanted_track)
            and (
                not wanted.judge or any((one.entry_id, UUID(c.id)) in standing for c in columns if c.id == wanted.judge)
            )
            and wanted.words.casefold() in f"{one.team} {one.agency}".casefold()
            and _has(wanted.state, one.entry_id, cover, given, reviewed, {entry for entry, _ in struck})
        )
        if fits:
            rows.append(
                Row(
                    id=str(one.entry_id),
                    team=name_of(one, field, desk),
                    track=titles.get(one.track_id, ""),
                    count=say(
                        language,
                        "{sent} dari {given} terkirim",
                        sent=formats.whole(reviewed, language),
                        given=formats.whole(given, language),
                    )
                    if given
                    else say(language, "belum punya juri"),
                    short=kind is not Kind.CALIBRATION and given < reviews,
                    fixed=one.fixed,
                    marks=tuple(_mark(one, column, standing, field, struck, language) for column in columns),
                )
            )
    alarms = draw_alarms(desk, field, cover, kind, reviews)
    return Matrix(
        rows=tuple(rows),
        columns=columns,
        alarms=alarms,
        urgent=any(alarm.urgent for alarm in alarms),
        figures=_figures(field, cover, language),
        total=len(known),
        tracks=track_choices(desk),
        states=tuple(Choice(value, say(language, title)) for value, title in STATES.items()),
        judges=(
            Choice("", say(language, "Semua juri")),
            *(Choice(column.id, column.name) for column in columns),
        ),
        track=wanted.track,
        state=wanted.state,
        judge=wanted.judge,
        words=wanted.words,
        filtered=wanted.any,
        empty=not standing,
    )


def draw_alarms(desk: Desk, field: Field, cover: Coverage, kind: Kind, reviews: int) -> tuple[Alarm, ...]:
    """What of the plan needs a person, the gravest first."""
    language, base = desk.language, f"{desk.root}/penilaian"
    teams = {one.entry_id: one.team for one in field.candidates} | {one.entry_id: one.team for one in field.assignments}
    found = []
    struck = [one for one in field.in_conflict() if one.kind is kind]
    if struck:
        found.append(
            Alarm(
                True,
                "ban",
                say(language, "Benturan"),
                say_count(language, "{n} penugasan terkena benturan kepentingan", len(struck), str(len(struck))),
                "; ".join(f"{one.judge}: {one.team}" for one in struck[:SHOWN]),
                f"{base}?keadaan=benturan&babak={_name(kind)}",
                say(language, "Lihat"),
            )
        )
    if kind is Kind.REVIEW:
        found += _asked(desk, field, teams)
    if not field.open(kind) or kind is Kind.CALIBRATION:
        return tuple(found)
    if cover.uncovered:
        found.append(
            Alarm(
                True,
                "circle-alert",
                say(language, "Tanpa juri"),
                say_count(language, "{n} peserta belum punya juri", len(cover.uncovered), str(len(cover.uncovered))),
                _names(cover.uncovered, teams, language),
                f"{base}/rencana?babak={_name(kind)}",
                say(language, "Bagi sekarang"),
            )
        )
    short = [entry for entry in cover.short if entry not in cover.uncovered]
    if short:
        found.append(
            Alarm(
                False,
                "users",
                say(language, "Kurang juri"),
                say_count(
                    language,
                    "{n} peserta punya kurang dari {k} juri",
                    len(short),
                    str(len(short)),
                    k=str(reviews),
                ),
                _names(short, teams, language),
                f"{base}/rencana?babak={_name(kind)}",
                say(language, "Lengkapi"),
            )
        )
    if not cover.connected:
        found.append(
            Alarm(
                False,
                "unplug",
                say(language, "Terpisah"),
                say_count(
                    language,
                    "Peserta terbagi dalam {n} kelompok yang tidak punya juri bersama",
                    len(cover.parts),
                    str(len(cover.parts)),
                ),
                say(
                    language,
                    "Nilai antarkelompok hanya dapat dibandingkan dengan anggapan. Tugaskan satu juri di keduanya.",
                ),
                "",
                "",
            )
        )
    return tuple(found)


def _asked(desk: Desk, field: Field, teams: Mapping[UUID, str]) -> tuple[Alarm, ...]:
    """Whom an open question of agencies holds back."""
    language, held = desk.language, {seat.judge_id: seat.name for seat in field.seats}
    pairs = sorted((held[judge], teams[entry]) for judge, entry in field.asked if judge in held and entry in teams)
    if not pairs:
        return ()
    return (
        Alarm(
            False,
            "users",
            say(language, "Instansi"),
            say_count(
                language,
                "{n} pasangan juri dan tim ditahan sampai Anda menjawab apakah instansinya sama",
                len(pairs),
                str(len(pairs)),
            ),
            "; ".join(f"{judge}: {team}" for judge, team in pairs[:SHOWN]),
            f"{desk.root}/juri/instansi",
            say(language, "Jawab"),
        ),
    )


def _has(state: str, entry: UUID, cover: Coverage, given: int, reviewed: int, struck: set[UUID]) -> bool:
    match state:
        case "kosong":
            return given == 0
        case "kurang":
            return entry in cover.short
        case "belum":
            return reviewed < given or given == 0
        case "benturan":
            return entry in struck
        case _:
            return True


def _left_over(field: Field, kind: Kind) -> tuple[Candidate, ...]:
    """Entries that are judged although they left the field."""
    return tuple(
        Candidate(one.entry_id, one.team_id, one.track_id, one.team, one.agency, fixed=True) for one in field.open(kind)
    )


def _columns(desk: Desk, field: Field, cover: Coverage, kind: Kind) -> tuple[Column, ...]:
    language = desk.language
    seats = {seat.judge_id: (seat.name, seat.agency, False) for seat in field.seats}
    for one in field.open(kind):
        seats.setdefault(one.judge_id, (one.judge, "", True))
    ordered = sorted(seats.items(), key=lambda item: (item[1][0].casefold(), str(item[0])))
    columns = []
    for judge, (name, agency, away) in ordered:
        done, load = cover.finished.get(judge, 0), cover.loads.get(judge, 0)
        told = say(
            language,
            "{done} dari {load} terkirim",
            done=formats.whole(done, language),
            load=formats.whole(load, language),
        )
        columns.append(Column(str(judge), name, agency, f"{done}/{load}", told, away))
    return tuple(columns)


def _mark(
    entry: Candidate,
    column: Column,
    standing: Mapping[tuple[UUID, UUID], AssignmentView],
    field: Field,
    struck: set[tuple[UUID, UUID]],
    language: Language,
) -> Mark:
    judge = UUID(column.id)
    found = standing.get((entry.entry_id, judge))
    if found is not None:
        icon, word, tone = _CARDS[found.card]
        if (entry.entry_id, judge) in struck:
            word = say(language, "{card}, terkena benturan", card=say(language, word))
            return Mark(column.name, "triangle-alert", word, "c-struck")
        return Mark(column.name, icon, say(language, word), tone)
    if (judge, entry.entry_id) in field.asked:
        return Mark(column.name, "info", say(language, "menunggu jawaban: instansi yang mirip"), "c-ban")
    if (judge, entry.entry_id) in field.conflicts:
        return Mark(column.name, "ban", say(language, "benturan kepentingan"), "c-ban")
    return Mark(column.name)


def _figures(field: Field, cover: Coverage, language: Language) -> tuple[tuple[str, str], ...]:
    loads = [cover.loads.get(seat.judge_id, 0) for seat in field.seats]
    given, sent = sum(cover.reviews.values()), sum(cover.reviewed.values())
    span = (
        "–"
        if not loads
        else formats.span(str(min(loads)), str(max(loads)))
        if min(loads) != max(loads)
        else str(loads[0])
    )
    return (
        (formats.whole(len(cover.entries), language), say(language, "Peserta")),
        (formats.whole(len(field.seats), language), say(language, "Juri aktif")),
        (f"{formats.whole(sent, language)} / {formats.whole(given, language)}", say(language, "Lembar terkirim")),
        (span, say(language, "Beban per juri")),
    )


def _names(entries: Sequence[UUID], teams: Mapping[UUID, str], language: Language) -> str:
    named = [teams.get(entry, "?") for entry in entries[:SHOWN]]
    more = len(entries) - len(named)
    told = ", ".join(named)
    return say_count(language, "{names}, dan {n} lainnya", more, str(more), names=told) if more > 0 else told


def _name(kind: Kind) -> str:
    return {Kind.REVIEW: "penilaian", Kind.FINAL: "final", Kind.CALIBRATION: "kalibrasi"}[kind]

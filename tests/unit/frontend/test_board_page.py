"""A publication as its page shows it, in both languages, with whatever teams call themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import pytest

from frontend.language import Language
from frontend.pages.board import Board, TaskText, TeamName, draw_board, search
from frontend.pages.frame import EventFrame, make_frame
from frontend.pages.outcomes import OUTCOMES, outcome
from frontend.pages.reading import BoardPage, Tab
from frontend.pages.schedule import Stage
from frontend.pages.visiting import Theme, Visit
from frontend.rendering import render
from hackathon.events import Track, TrackTask
from judging.composite import Method, judged
from judging.panels import Score, estimate_panel
from judging.publications import Publication
from judging.results import JudgedField, compose
from judging.standings import Row, standings
from sandbox.model import Status, Text

WIB = ZoneInfo("Asia/Jakarta")
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
FORMS = TaskText(
    "otomasi-formulir",
    Text("Otomasi formulir", "Form filling"),
    None,
    (("f1", Text("F1 per isian", "Field F1")), ("siap", Text("Siap pakai", "Ready to use"))),
)
ROUTES = TaskText("rute-aduan", Text("Rute aduan", "Routing"), None, (("akurasi", Text("Akurasi", "Accuracy")),))
LAPOR, MEJA, LENTERA = UUID(int=1), UUID(int=2), UUID(int=3)
NAMES = {
    LAPOR: TeamName("Kawan Lapor", "Kecamatan Karangjati"),
    MEJA: TeamName("Satu Meja", "DPMPTSP Kota Sukaraya"),
    LENTERA: TeamName("<script>alert('Lentera')</script>", 'Bappeda "Nusa" & Jaya'),
}


@dataclass(frozen=True)
class Evaluated:
    """An evaluated entry; its team has the same id."""

    entry_id: UUID
    score: float
    low: float
    high: float
    tasks: Mapping[str, float]
    metrics: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    status: Status = Status.OK
    number: int = 1
    finished_at: datetime = NOON
    fourfold: bool = False

    @property
    def team_id(self) -> UUID:
        return self.entry_id


def forms(entry: UUID, score: float, spread: float = 2.0, **more: object) -> Evaluated:
    points = {"otomasi-formulir": {"f1": score + 5, "siap": score - 5}}
    return Evaluated(entry, score, score - spread, score + spread, {"otomasi-formulir": score}, points, **more)  # type: ignore[arg-type]


def publication(number: int, *evaluated: Evaluated, before: Publication | None = None) -> Publication:
    rows = standings(evaluated, before.rows if before else ())
    return Publication(UUID(int=number), UUID(int=9), number, rows, NOON + timedelta(minutes=number), "")


FIRST = publication(1, forms(LAPOR, 60), forms(MEJA, 80))
SECOND = publication(
    2,
    forms(LAPOR, 90, number=2, finished_at=NOON - timedelta(days=1)),
    forms(MEJA, 80),
    forms(LENTERA, 79, finished_at=NOON - timedelta(days=3)),
    before=FIRST,
)


def draw(
    shown: Publication | None,
    *earlier: Publication,
    tasks: tuple[TaskText, ...] = (FORMS,),
    language: Language = Language.ID,
) -> Board:
    return draw_board(shown, earlier, NAMES, tasks, zone=WIB, language=language)


def page(board: Board, template: str, language: Language = Language.ID, *, frozen: bool = False) -> str:
    track = Track(UUID(int=9), UUID(int=8), "layanan", Text("Layanan publik", "Public service"), 1, (TrackTask("x"),))
    event = EventFrame("asn-2026", Text("Hackathon AI ASN", "ASN AI Hackathon"), WIB, demo=True, first_track="layanan")
    here = Stage("Pembangunan", "Pengajuan ditutup besok", NOON + timedelta(days=1), "sampai pengajuan ditutup")
    shown = BoardPage(
        event, track, (Tab("layanan", track.title, 3),), board, here, NOON, NOON if frozen else None, "2-building"
    )
    frame = make_frame(Visit(language, Theme.SYSTEM), NOON, event=event, stage=here, here="board")
    return render(template, language, frame=frame, stream="/hidup/papan/9", **shown.context(language))


def test_what_a_row_says() -> None:
    top, second, third = draw(SECOND, FIRST).rows
    assert (top.place, top.total, top.gap, top.moved, top.range) == (1, "90,0", None, 1, "88,0–92,0")
    assert (second.total, second.gap, second.moved, second.span) == ("80,0", "−10,0", -1, "2–3")
    assert (third.moved, third.tie, second.tie) == (None, "tie-z", "tie-a")
    assert (top.at, second.at, third.at) == ("Kemarin", "12.00", "21 Nov")
    assert top.places == (2, 1)
    assert top.line[-1][1] < top.line[0][1]
    assert third.line == ()


def test_one_task_alone_shows_its_metrics_and_two_show_their_scores() -> None:
    alone = draw(SECOND)
    assert [column.title for column in alone.columns] == ["F1 per isian", "Siap pakai"]
    assert [cell.value for cell in alone.rows[0].cells] == ["95,0", "85,0"]
    both = draw(SECOND, tasks=(FORMS, ROUTES))
    assert [column.title for column in both.columns] == ["Otomasi formulir", "Rute aduan"]
    assert [cell.value for cell in both.rows[0].cells] == ["90,0", None]
    assert [cell.best for cell in both.rows[0].cells] == [True, False]


def test_the_mark_changes_with_the_entry_and_not_when_others_pass_it() -> None:
    before = {row.key: row.mark for row in draw(FIRST).rows}
    after = {row.key: row.mark for row in draw(SECOND, FIRST).rows}
    assert before[LAPOR.hex] != after[LAPOR.hex]
    assert before[MEJA.hex] == after[MEJA.hex]


def test_who_makes_work_four_times_faster_is_marked_where_the_rules_say_so() -> None:
    shown = publication(1, forms(LAPOR, 60, fourfold=True), forms(MEJA, 80))
    assert [row.fourfold for row in draw(shown).rows] == [False, True]
    told = "Pekerjaan paling sedikit empat kali lebih cepat"
    assert told in page(draw(shown), "board.html")
    assert told not in page(draw(SECOND), "board.html")
    quiet = draw_board(shown, (), NAMES, (FORMS,), zone=WIB, language=Language.ID, fourfold=False)
    assert told not in page(quiet, "board.html")
    # A row of before there was this mark is read as it was.
    told_before = msgspec.json.decode(msgspec.json.encode(shown.rows[1]))
    del told_before["fourfold"]
    assert msgspec.json.decode(msgspec.json.encode(told_before), type=Row) == replace(shown.rows[1], fourfold=False)


def test_a_team_that_is_gone_keeps_its_place() -> None:
    (row,) = draw(publication(1, forms(UUID(int=77), 50))).rows
    assert (row.place, row.team) == (1, "–")


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.OK])
def test_every_way_to_fail_has_an_icon_and_words_in_both_languages(status: Status) -> None:
    failed = Evaluated(LAPOR, 0, 0, 0, {}, status=status)
    board = draw(publication(1, failed))
    assert board.rows[0].whisker is None
    found = outcome(status)
    assert found is not None
    assert found.word.id in page(board, "board.html")
    assert found.word.en in page(board, "wall.html", Language.EN)


def test_what_went_well_has_no_mark() -> None:
    assert outcome(Status.OK) is None
    assert set(OUTCOMES) == set(Status) - {Status.OK}
    assert "st-bad" not in page(draw(SECOND), "board.html")


@pytest.mark.parametrize("template", ["board.html", "wall.html", "parts/board-message.html", "parts/wall-message.html"])
@pytest.mark.parametrize("language", list(Language))
def test_names_of_teams_are_words_and_never_code(template: str, language: Language) -> None:
    for shown in (draw(SECOND, FIRST, language=language), draw(None, language=language)):
        source = page(shown, template, language)
        assert "<script>alert" not in source
        assert ("Lentera" in source) == bool(shown.rows)


def test_the_page_in_english_has_no_indonesian_left() -> None:
    source = page(draw(SECOND, FIRST, language=Language.EN), "board.html", Language.EN)
    assert 'lang="en"' in source
    assert "Leaderboard of the track Public service, 3 teams" in source
    for word in ("Papan", "Peringkat", "tertinggi", "naik", "Kemarin", "rentang", "90,0"):
        assert word not in source


def test_a_frozen_board_says_so_and_claims_not_to_be_live() -> None:
    source = page(draw(SECOND), "board.html", frozen=True)
    assert "Papan dibekukan sejak 24 Nov, 12.00 WIB" in source
    assert 'id="langsung"' not in source
    assert 'id="langsung"' in page(draw(SECOND), "board.html")


def test_an_empty_board_says_what_comes_next() -> None:
    source = page(draw(None), "board.html")
    assert "Belum ada hasil" in source
    assert "<table" not in source
    assert "Terbitan" not in source


def test_a_search_keeps_places_and_says_what_it_leaves_out() -> None:
    found = search(draw(SECOND), "  sukaRAYA ")
    assert [(row.place, row.team) for row in found.rows] == [(2, "Satu Meja")]
    assert found.hidden == 2
    assert "2 tim lain tidak cocok" in page(found, "board.html")
    nobody = search(draw(SECOND), '"><b>')
    assert nobody.rows == ()
    assert "Tidak ada tim yang cocok" in page(nobody, "board.html")
    assert '"><b>' not in page(nobody, "board.html")
    assert search(draw(SECOND), " ").query == ""
    assert len(search(draw(SECOND), "x" * 10_000).query) == 100


def test_judges_stand_beside_the_measured_scores_and_say_how_totals_are_made() -> None:
    judges = (UUID(int=101), UUID(int=102))
    cards = [(judge, LAPOR, points) for judge, points in zip(judges, (80.0, 60.0), strict=True)]
    estimate = estimate_panel(cards)
    field = JudgedField(Method.MEAN, tuple(Score(*card) for card in cards), estimate, judged(cards, Method.MEAN))
    composed = compose([forms(LAPOR, 60), forms(MEJA, 80)], field, share=40, ties=("judges",), least=2, seed="papan")
    shown = Publication(UUID(int=3), UUID(int=9), 3, composed.rows, NOON, "", composed.basis, final=True)
    board = draw(shown)
    cells = {row.team: row.judges for row in board.rows}
    assert cells["Kawan Lapor"] is not None
    assert (cells["Kawan Lapor"].value, cells["Kawan Lapor"].best) == ("70,0", True)
    assert cells["Satu Meja"] is not None
    assert cells["Satu Meja"].value is None
    html = page(board, "board.html")
    assert "Total = 60% otomatis + 40% juri" in html
    assert "sementara dihitung 70,0" in html
    assert "Hasil akhir" in html
    assert "Final results" in page(draw(shown, language=Language.EN), "wall.html", Language.EN)
    # One scorecard would be a single judge's score: it is not on the board.
    alone = compose([forms(LAPOR, 60)], field, share=40, ties=(), least=3, seed="papan")
    assert (alone.basis, alone.rows[0].judges) == (None, None)

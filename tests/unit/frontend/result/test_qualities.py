"""What was measured beside the score, as sentences, and no more exactly than hidden cases are told."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from frontend.api.qualities import qualities_body
from frontend.language import Language
from frontend.pages.result.qualities import draw_faster, draw_qualities
from frontend.pages.result.scores import Result, TaskRow
from frontend.rendering import render
from sandbox.model import Text
from sandbox.qualities import Efficiency, Productivity, Qualities, Sampled

WORK = Productivity(4.63881, 3.90112, 5.2, 3.5, 0.583333, 0.754511)
FOUND = Qualities(
    consistency=Sampled(0.875, 0.5838, 0.9722, 8),
    robustness=Sampled(3.4412, -1.2, 9.9, 7),
    efficiency=Efficiency(0.0123456, 1.23456, 0.5678, 123_456_789),
    productivity=WORK,
)
CRASHED = Text("Pengukuran berhenti saat 5 dari 16 kasus.", "Measuring ended when 5 of 16 cases were done.")


def values(found: Qualities, language: Language = Language.ID) -> list[str]:
    return [row.value for row in draw_qualities(found, language)]


def test_figures_are_sentences() -> None:
    assert values(FOUND) == [
        "turun 3 poin (rentang 90%: −1 sampai 10)",
        "7 dari 8 jawaban sama (rentang 90%: 58%–97%)",
        "separuh jawaban dalam 12 md, 95% dalam 1,2 dtk",
        "4,6 kali lebih cepat (rentang 90%: 3,9–5,2)",
    ]
    *_, efficiency, productivity = draw_qualities(FOUND, Language.EN)
    assert "120 MiB" in efficiency.meaning
    assert "By hand 3.5 minutes" in productivity.meaning
    assert "0.8 minutes" in productivity.meaning
    assert draw_qualities(None, Language.ID) == ()


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("times", [0.4, 1.0, 4.6])
@pytest.mark.parametrize("drop", [-8.0, 0.0, 0.3, 30.0])
def test_every_outcome_has_words(language: Language, times: float, drop: float) -> None:
    work = replace(WORK, times=times, low=times - 0.2, high=times + 0.2)
    found = replace(FOUND, robustness=Sampled(drop, drop - 2, drop + 2, 8), productivity=work)
    rows = draw_qualities(found, language)
    assert all(row.value and row.meaning and not row.note for row in rows)
    assert rows[3].value in draw_faster(work, language)


def test_what_is_missing_says_why() -> None:
    nothing = Sampled(reason=CRASHED)
    rows = draw_qualities(Qualities(nothing, nothing, Efficiency()), Language.EN)
    assert [row.value for row in rows] == [""] * 4
    assert [row.note for row in rows[:2]] == [CRASHED.en] * 2
    assert all(row.note for row in rows)
    short = draw_qualities(replace(FOUND, consistency=replace(FOUND.consistency, reason=CRASHED)), Language.ID)
    assert (short[1].value[:11], short[1].note) == ("7 dari 8 ja", CRASHED.id)


def test_the_api_tells_two_digits() -> None:
    told = qualities_body(FOUND)
    assert told is not None
    assert (told.robustness.value, told.consistency.low, told.efficiency.p95_seconds) == (3.4, 0.58, 1.2)
    assert told.efficiency.peak_memory_bytes == 120_000_000
    assert told.productivity is not None
    assert (told.productivity.times, told.productivity.minutes) == (4.6, 0.75)
    assert qualities_body(None) is None


def test_the_page_of_a_result_holds_them() -> None:
    rows = draw_qualities(replace(FOUND, consistency=Sampled(reason=CRASHED)), Language.ID)
    task = TaskRow(
        slug="gema", title="Gema", state="ok", score="88,0", bar=None, before="", cells=(), public="", hidden="",
        hidden_done=0, hidden_total=0, passed="", metrics=(), qualities=rows, classes=(),
    )  # fmt: skip
    result = Result("88,0", "80–90", None, "", None, (task,), draw_faster(WORK, Language.ID))
    # What the page around it imports.
    shapes = SimpleNamespace(icon=lambda name: "")
    page = render("result/score.html", Language.ID, result=result, changes=None, shapes=shapes)
    assert "Produktivitas semua tugas bersama: 4,6 kali" in page
    measured = SimpleNamespace(result=result, final=None, tables=())
    panel = render("panel/measured.html", Language.ID, measured=measured, hidden=False)
    for told in ("Mutu: Gema", "Tidak masuk nilai", rows[0].value, rows[3].meaning, CRASHED.id, "tidak diukur"):
        assert told in page, told
        assert told in panel, told

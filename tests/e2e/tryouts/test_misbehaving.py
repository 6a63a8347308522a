"""What a judge sees of prototypes that hang, crash, flood, eat, lie or never start, and that nothing of them stays."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.tryouts.conftest import PATIENCE_MS, Booth, limit
from tests.e2e.tryouts.tasks import FORM

Opened = Callable[..., Page]

ONE_ANSWER = {
    "diam": "tidak selesai menjawab dalam 5 detik",
    "kacau": "bukan JSON yang benar",
    "gemuk": "lebih besar dari 1048576 byte",
}
"""Only this answer is missing; the prototype goes on."""

THE_END = {
    "henti": "kode keluar 7",
    "banjir": "menulis lebih dari 2 MiB ke log",
    "rakus": "memori lebih dari 1024 MiB",
}
"""The prototype is over."""

NO_START = {
    "Pena Warga": "tidak siap dalam 15 detik: `GET /ping` dijawab dengan kode 503",
    "Jalur Cepat": "berhenti sendiri sebelum siap (kode keluar 3)",
}


def test_what_happens_to_one_answer_and_to_all(booth: Booth, open_page: Opened) -> None:
    page = open_page("Tembusan", FORM)
    page.get_by_role("button", name="Nyalakan prototipe").click()
    answers = page.locator("[data-part=answers]")
    for mood, told in ONE_ANSWER.items():
        put(page, mood)
        expect(answers.locator(".try-call").first.locator(".error")).to_contain_text(told, timeout=PATIENCE_MS)
        expect(page.locator(".try-value").filter(has_text=f'"nama": "{mood}"').first).to_be_attached()
    put(page, "baik")
    expect(answers.locator(".try-value").first).to_have_text("baik", timeout=PATIENCE_MS)
    for mood, told in THE_END.items():
        put(page, mood)
        expect(page.locator(".try-words")).to_contain_text(told, timeout=PATIENCE_MS)
        expect(answers.locator(".try-call").first.locator(".error")).to_be_visible()
        # What was typed is still there, and running it now says what to do.
        expect(page.get_by_label("nama")).to_have_value(mood)
        expect(page.get_by_role("button", name="Jalankan")).to_be_disabled()
        booth.expect_nothing_left()
        page.get_by_role("button", name="Nyalakan lagi").click()
    put(page, "baik lagi")
    expect(answers.locator(".try-value").first).to_have_text("baik lagi", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Hentikan").click()
    expect(page.get_by_role("button", name="Nyalakan lagi")).to_be_visible(timeout=PATIENCE_MS)
    booth.expect_nothing_left()


@pytest.mark.parametrize("team", NO_START)
def test_what_never_starts_says_why(booth: Booth, open_page: Opened, team: str) -> None:
    booth.do(limit("ready_seconds", 15 if "15 detik" in NO_START[team] else 60))
    page = open_page(team, FORM)
    page.get_by_role("button", name="Nyalakan prototipe").click()
    expect(page.locator(".try-words")).to_contain_text(NO_START[team], timeout=PATIENCE_MS)
    expect(page.get_by_role("button", name="Nyalakan lagi")).to_be_visible()
    booth.do(limit("ready_seconds", 60))
    booth.expect_nothing_left()


def put(page: Page, mood: str) -> None:
    """Run one input, once it can be."""
    page.get_by_label("nama").fill(mood)
    run = page.get_by_role("button", name="Jalankan")
    expect(run).to_be_enabled(timeout=PATIENCE_MS)
    run.click()

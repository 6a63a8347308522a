"""A judge talks with a prototype: turn after turn by keyboard, with everything that came back, for both protocols."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from hackathon import tryouts
from tests.e2e.tryouts.conftest import PATIENCE_MS, RATNA, Booth
from tests.e2e.tryouts.tasks import OPEN, TALK

Opened = Callable[..., Page]
TURNS = "[data-log] [data-turn]"


def say(page: Page, words: str, turns: int) -> None:
    """Write a message, and wait for what comes back."""
    message = page.get_by_label("Pesan Anda")
    message.fill(words)
    message.press("Enter")
    expect(page.locator(TURNS)).to_have_count(turns, timeout=PATIENCE_MS)
    expect(page.locator(f"{TURNS} >> text=Menunggu jawaban")).to_have_count(0, timeout=PATIENCE_MS)
    expect(message).to_have_value("")
    expect(message).to_be_focused()


def start(page: Page) -> None:
    """Start the prototype."""
    page.get_by_role("button", name="Nyalakan").click()
    expect(page.get_by_text("Siap, ")).to_be_visible(timeout=PATIENCE_MS)


def test_a_conversation_goes_on_and_is_kept(booth: Booth, open_page: Opened) -> None:
    page = open_page("Satu Meja", TALK)
    start(page)
    message, last = page.get_by_label("Pesan Anda"), page.locator(TURNS).last
    # Two lines, then sent: the other inputs are those of the first case.
    message.fill("Halo,")
    message.press("Shift+Enter")
    message.press_sequentially("mau tanya")
    expect(message).to_have_value("Halo,\nmau tanya")
    message.press("Enter")
    expect(last.locator(".said-text").last).to_contain_text("Pesan ke-1: Halo,\nmau tanya", timeout=PATIENCE_MS)
    expect(last.locator(".said-facts")).to_contain_text("P1, P2")
    expect(last.locator(".said-facts")).to_contain_text("Pasal rujukan")
    expect(last.locator(".said .num")).to_contain_text("d")
    say(page, "kedua", 2)
    expect(last).to_contain_text("Pesan ke-2: kedua")
    # What fails is told, and was never said.
    say(page, "galat", 3)
    expect(last.locator(".error")).to_be_visible()
    # Another guide, which stays.
    page.get_by_text("Masukan lain").click()
    page.get_by_label("panduan").fill('[{"kode": "Z9", "isi": "Tutup."}]')
    say(page, "ketiga", 4)
    expect(last).to_contain_text("Pesan ke-3: ketiga")
    expect(last).to_contain_text("Sebelumnya: Halo,")
    expect(last.locator(".said-facts")).to_contain_text("Z9")
    assert "galat" not in last.inner_text()
    # The task takes five turns: that is told at the message, which stays, and it begins anew.
    message.fill("keempat")
    message.press("Enter")
    expect(page.locator(".field-bad")).to_contain_text("terlalu panjang")
    expect(message).to_have_value("keempat")
    page.get_by_role("button", name="Kirim sebagai percakapan baru").click()
    expect(page.locator(TURNS)).to_have_count(5, timeout=PATIENCE_MS)
    expect(last).to_contain_text("Pesan ke-1: keempat", timeout=PATIENCE_MS)
    expect(page.get_by_text("Percakapan baru", exact=True)).to_have_count(1)
    # At any width, and after a reload, as evidence.
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        page.reload()
        expect(page.locator(TURNS)).to_have_count(5)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
        assert page.evaluate("() => { const b = document.querySelector('[data-log]'); return b.scrollTop > 0; }")
    kept = booth.do(tryouts.calls_of(booth.balai.submissions["Satu Meja"], booth.balai.accounts[RATNA].account_id))
    assert [turn["peran"] for turn in kept[1].input["percakapan"]] == ["warga", "petugas"] * 2 + ["warga"]
    page.get_by_role("button", name="Hentikan").click()
    expect(page.get_by_role("button", name="Nyalakan lagi")).to_be_visible(timeout=PATIENCE_MS)


def test_a_chat_by_the_open_protocol_is_the_same(open_page: Opened) -> None:
    page = open_page("Lentera Warga", OPEN)
    # An example may be how it begins.
    page.get_by_role("link", name="Contoh lain").click()
    expect(page.get_by_label("Pesan Anda")).to_have_value("Apa kabar?")
    start(page)
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.locator(TURNS).last).to_contain_text("system user: Apa kabar?", timeout=PATIENCE_MS)
    say(page, "Lagi", 2)
    expect(page.locator(TURNS).last).to_contain_text("system user assistant user: Lagi")
    # A message of nothing is no message.
    page.get_by_label("Pesan Anda").fill("  ")
    page.get_by_label("Pesan Anda").press("Enter")
    expect(page.locator(".field-bad")).to_contain_text("Tulis pesan dulu")
    page.get_by_role("button", name="Hentikan").click()
    expect(page.get_by_role("button", name="Nyalakan lagi")).to_be_visible(timeout=PATIENCE_MS)

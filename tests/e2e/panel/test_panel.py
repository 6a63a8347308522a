"""A judge's evening: keys alone, a phone, a cut line, two tabs, a session that ended. No word is lost."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from hackathon import store
from tests.e2e.panel.conftest import Hall

RATNA, YUDHA, MAYA = "Ratna Handayani", "Yudha Pratama", "Maya Lestari"
KAWAN, MEJA, TEMBUSAN = "Kawan Lapor", "Satu Meja", "Tembusan"
SAVED = re.compile(r"Tersimpan \d\d\.\d\d\.\d\d WIB")
Opened = Callable[..., Page]


def status(page: Page) -> None:
    expect(page.locator("[data-status]")).to_have_text(SAVED)


def test_by_keyboard_alone_from_the_list_to_the_next_prototype(hall: Hall, open_page: Opened) -> None:
    page = open_page(RATNA)
    page.goto(f"{hall.url}/acara/asn-2026/juri")
    page.get_by_role("link", name="Lanjut: Kawan Lapor").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(KAWAN)
    for rating in "4353":
        page.keyboard.press(rating)
    expect(page.locator("[data-total-said]")).to_have_text("Sementara, 4 dari 5")
    page.keyboard.press("n")
    page.keyboard.type("Perlu pemilik yang jelas, 1 orang.")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    status(page)
    expect(page.locator("[data-total]")).to_have_text("61,3")
    page.keyboard.press("Control+z")
    expect(page.locator("[data-total-said]")).to_have_text("Sementara, 4 dari 5")
    page.keyboard.press("2")
    expect(page.locator("[data-send]")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("[data-send]").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kirim lembar ini?")
    expect(page.get_by_role("button", name="Kirim dan kunci")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(MEJA)
    page.keyboard.press("k")
    expect(page.get_by_role("heading", level=1)).to_have_text(KAWAN)
    expect(page.get_by_text("Lembar terkunci")).to_be_visible()
    expect(page.get_by_label("Catatan tentang Kesiapan dipakai")).to_have_value("Perlu pemilik yang jelas, 1 orang.")
    page.keyboard.press("j")
    page.get_by_role("button", name="Matikan pintasan").click()
    page.reload()
    page.keyboard.press("4")
    expect(page.get_by_role("button", name="Nyalakan pintasan")).to_be_visible()
    assert hall.ratings(RATNA, MEJA) == {}


def test_a_cut_line_and_a_reload_lose_nothing_on_a_phone(hall: Hall, open_page: Opened) -> None:
    page = open_page(YUDHA, width=390, height=844)
    page.goto(hall.bench(YUDHA, KAWAN))
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    page.locator("#nilai-teknis label").nth(3).click()
    status(page)
    page.route("**/isian", lambda route: route.abort())
    page.locator("#nilai-etika label").nth(1).click()
    page.locator("[data-crit=etika] [data-told] summary").click()
    page.get_by_label("Umpan balik tentang Etika").fill("Sebutkan asal datanya.")
    expect(page.locator("[data-trouble-text]")).to_contain_text("Tidak tersambung")
    assert hall.ratings(YUDHA, KAWAN) == {"teknis": 4}
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_label("Umpan balik tentang Etika")).to_have_value("Sebutkan asal datanya.")
    page.unroute("**/isian")
    page.evaluate("() => dispatchEvent(new Event('online'))")
    status(page)
    assert hall.ratings(YUDHA, KAWAN) == {"teknis": 4, "etika": 2}
    assert page.evaluate("() => Object.keys(localStorage).filter((one) => one.startsWith('lembar:'))") == []
    page.reload()
    expect(page.get_by_label("Umpan balik tentang Etika")).to_have_value("Sebutkan asal datanya.")


def test_a_second_tab_that_is_behind_is_told(hall: Hall, open_page: Opened) -> None:
    first = open_page(MAYA)
    second = first.context.new_page()
    for page in (first, second):
        page.goto(hall.bench(MAYA, KAWAN))
    first.locator("#nilai-teknis label").nth(3).click()
    status(first)
    second.locator("#nilai-teknis label").nth(2).click()
    expect(second.get_by_text("Di tab lain nilai ini sudah 4.")).to_be_visible()
    assert hall.ratings(MAYA, KAWAN) == {"teknis": 4}
    second.get_by_role("button", name="Pakai 3").click()
    status(second)
    assert hall.ratings(MAYA, KAWAN) == {"teknis": 3}
    # Another field: kept, and what the tab had not seen is shown.
    first.locator("#nilai-inovasi label").nth(4).click()
    status(first)
    expect(first.locator("#nilai-teknis input[value='3']")).to_be_checked()


def test_a_session_that_ended_leads_through_sign_in_and_back(hall: Hall, open_page: Opened) -> None:
    page = open_page(MAYA)
    page.goto(hall.bench(MAYA, TEMBUSAN))
    hall.do(store.execute("DELETE FROM session WHERE account_id = $1", hall.balai.accounts[MAYA].account_id))
    page.locator("#nilai-teknis label").nth(4).click()
    expect(page.get_by_role("link", name="Masuk lagi")).to_be_visible()
    expect(page.locator("[data-trouble-text]")).to_contain_text("Sesi Anda berakhir")
    assert hall.ratings(MAYA, TEMBUSAN) == {}
    # The sign-in page itself is tried elsewhere; a new session and the way back.
    hall.sign_in(page.context, MAYA)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(hall.bench(MAYA, TEMBUSAN))
    status(page)
    assert hall.ratings(MAYA, TEMBUSAN) == {"teknis": 5}
    # Or in another tab, while this page stays: it takes the new session's key.
    hall.do(store.execute("DELETE FROM session WHERE account_id = $1", hall.balai.accounts[MAYA].account_id))
    hall.sign_in(page.context, MAYA)
    page.locator("#nilai-etika label").nth(0).click()
    status(page)
    assert hall.ratings(MAYA, TEMBUSAN) == {"teknis": 5, "etika": 1}

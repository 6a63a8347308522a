"""A judge opens a real Streamlit application: built with its packages, walled in, in a tab of its own, used, ended."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, WebSocket, expect

from tests.e2e.tryouts.conftest import PATIENCE_MS, Booth
from tests.e2e.tryouts.tasks import FORM

Opened = Callable[..., Page]


def test_from_the_scorecard_to_a_streamlit_page_and_back(booth: Booth, open_page: Opened) -> None:
    page = open_page("Kawan Lapor", FORM)
    page.get_by_role("button", name="Nyalakan prototipe").click()
    # The machine has no image of it: it is built once more, with its packages.
    expect(page.get_by_text("Siap, ")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_label("nama").fill("Pak Made")
    page.get_by_role("button", name="Jalankan").click()
    expect(page.locator(".try-value").first).to_have_text("Selamat pagi, Pak Made", timeout=PATIENCE_MS)
    expect(page.locator("[data-part=answers]").get_by_text(re.compile(r"\d (md|detik)"))).to_be_visible()

    sockets: list[WebSocket] = []
    page.context.on("page", lambda opened: opened.on("websocket", lambda socket: sockets.append(socket)))
    with page.context.expect_page() as opening:
        page.get_by_role("link", name="Buka halaman prototipe").click()
    own = opening.value
    assert own.evaluate("() => [window.opener, document.cookie.includes('gelanggang'), document.referrer]") == [
        None,
        False,
        "",
    ]
    own.get_by_label("Nama").fill("Wayan")
    own.keyboard.press("Enter")
    for times in (1, 2):
        own.get_by_role("button", name="Sapa").click()
        expect(own.get_by_text(f"Selamat pagi, Wayan, untuk ke-{times}")).to_be_visible(timeout=PATIENCE_MS)
    own.locator("input[type=file]").set_input_files(
        {"name": "surat.txt", "mimeType": "text/plain", "buffer": b"a" * 300_000}
    )
    expect(own.get_by_text("Surat 300000 bita")).to_be_visible(timeout=PATIENCE_MS)
    host = re.escape(own.url.split("/")[2])
    assert sockets
    assert all(re.match(rf"ws://{host}/", socket.url) for socket in sockets)

    # The judge ends it: the tab's address leads nowhere any more, and nothing of it is left.
    page.get_by_role("button", name="Hentikan").click()
    expect(page.get_by_role("button", name="Nyalakan lagi")).to_be_visible(timeout=PATIENCE_MS)
    booth.expect_nothing_left()
    answer = own.reload()
    assert answer is not None
    assert answer.status == 410

    # The image is there now: the second start builds nothing.
    page.get_by_role("button", name="Nyalakan lagi").click()
    expect(page.get_by_text("Siap, ")).to_be_visible(timeout=PATIENCE_MS)
    assert "sedang dibangun" not in page.content()
    page.get_by_role("button", name="Hentikan").click()
    expect(page.get_by_role("button", name="Nyalakan lagi")).to_be_visible(timeout=PATIENCE_MS)
    booth.expect_nothing_left()

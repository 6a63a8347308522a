"""The live try-out in a browser: everything happens on the page, without leaving it, at any width."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from types import ModuleType

from playwright.async_api import Page, Request, Route, async_playwright

from tests.integration.frontend.conftest import Browser, browser, environment, sukaraya
from tests.integration.judging.hall import Balai
from tests.integration.sukaraya import Sukaraya
from tests.integration.tryouts.test_tryout_page import hosting

__all__ = ["browser", "environment", "sukaraya"]

SITE = "http://127.0.0.1"
_ISIAN = '[{"nama": "nomor", "tipe": "nomor", "keterangan": "Nomor surat"}]'
_NOT_SENT = {"content-length", "transfer-encoding"}


def led_to(app: Browser) -> Callable[[Route, Request], Awaitable[None]]:
    """Answer a browser by the application, without a socket between."""

    async def answer(route: Route, request: Request) -> None:
        url = request.url.removeprefix(SITE)
        said = await app.send(request.method, url, dict(await request.all_headers()), request.post_data_buffer or b"")
        headers = {name: value for name, value in said.headers.items() if name not in _NOT_SENT}
        await route.fulfill(status=said.status, headers=headers, body=said.body)

    return answer


async def test_a_judge_tries_a_prototype_without_leaving_the_page(
    dsn: str, store: ModuleType, browser: Browser, sukaraya: Sukaraya, tmp_path: Path
) -> None:
    balai = await Balai.make(sukaraya)
    judge = await browser.sign_in(balai.accounts["Ratna Handayani"].account_id)
    assignment = balai.assignments["Ratna Handayani", next(iter(balai.entries))]
    async with hosting(dsn, balai, tmp_path), async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = await chromium.new_context(locale="id-ID", viewport={"width": 1280, "height": 900})
        await context.add_cookies([{"name": "gelanggang", "value": judge.secret, "url": SITE}])
        await context.route("**/*", led_to(browser))
        page = await context.new_page()
        await page.goto(f"{SITE}/acara/{balai.event.slug}/juri/{assignment}/coba")
        teks = page.get_by_label("teks")
        await teks.fill("Yang saya ketik sebelum menyala")
        await page.get_by_role("button", name="Nyalakan prototipe").click()
        await page.get_by_text("Siap, ").wait_for()
        assert await teks.input_value() == "Yang saya ketik sebelum menyala"
        await page.get_by_label("isian").fill("[{]")
        await page.get_by_role("button", name="Jalankan").click()
        await page.get_by_text("bukan JSON yang benar").wait_for()
        await page.get_by_label("isian").fill(_ISIAN)
        await page.get_by_role("button", name="Jalankan").click()
        await page.locator(".try-value", has_text="otomasi-formulir").first.wait_for()
        assert await page.locator(".field-bad").count() == 0
        await look(page, tmp_path)
        await page.get_by_role("link", name="Contoh lain").click()
        await page.wait_for_function(
            "() => !document.querySelector('[name=\"isi.teks\"]').value.startsWith('Yang saya')"
        )
        await page.get_by_role("button", name="Hentikan").click()
        await page.get_by_role("button", name="Nyalakan lagi").wait_for()
        await chromium.close()


async def look(page: Page, folder: Path) -> None:
    for width in (1280, 390, 320):
        await page.set_viewport_size({"width": width, "height": 900})
        wide = await page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= width
        await page.screenshot(path=folder / f"coba-{width}.png", full_page=True)

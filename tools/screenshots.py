"""Take pictures of a running server's pages, for the README and for looking at them.

    python tools/screenshots.py http://127.0.0.1:8000 pictures/ [--event SLUG] [--chromium /usr/bin/chromium]

Each page is taken at 1440, 390 and 320 px, in light and dark, and the wall at 1920 by 1080. What a browser complains of
meanwhile (console, content security policy, failed requests, a page wider than its window) is printed, and the exit
status is then 1.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--hide-scrollbars"]

SETTLE_MS = 900
"""Fonts, the first message of the stream and the wall's entrance are done by then."""


@dataclass(frozen=True)
class View:
    """A window that a page is looked at through."""

    name: str
    width: int
    height: int
    dark: bool = False
    language: str = "id-ID"
    whole: bool = True


SCREENS = (
    View("1440", 1440, 900),
    View("1440-dark", 1440, 900, dark=True),
    View("390", 390, 844),
    View("390-dark", 390, 844, dark=True),
    View("320", 320, 640),
    View("1440-en", 1440, 900, language="en-GB"),
)
WALLS = (View("1920", 1920, 1080, dark=True, whole=False), View("390", 390, 844, dark=True))


def pages(server: str, wanted: str | None) -> Iterator[tuple[str, str, tuple[View, ...]]]:
    """Name, address and views of each page, by what the server's API says there is."""
    yield "beranda", "/", SCREENS
    events: list[dict[str, Any]] = httpx.get(f"{server}/api/v1/events").raise_for_status().json()["events"]
    for event in events:
        slug = event["slug"]
        if wanted not in (None, slug):
            continue
        yield f"acara-{slug}", f"/acara/{slug}", SCREENS
        for track in event["tracks"]:
            yield f"papan-{slug}-{track['slug']}", f"/acara/{slug}/papan/{track['slug']}", SCREENS
            yield f"layar-{slug}-{track['slug']}", f"/acara/{slug}/layar/{track['slug']}", WALLS


def take(browser: Browser, address: str, view: View, target: Path) -> list[str]:
    """Take one picture; returns the browser's complaints."""
    context = browser.new_context(
        viewport={"width": view.width, "height": view.height},
        color_scheme="dark" if view.dark else "light",
        locale=view.language,
        timezone_id="Asia/Jakarta",
    )
    complaints: list[str] = []
    page = context.new_page()
    _listen(page, complaints)
    page.goto(address)
    page.wait_for_timeout(SETTLE_MS)
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wider > 0:
        complaints.append(f"{wider} px wider than the window")
    page.screenshot(path=str(target), full_page=view.whole)
    context.close()
    return complaints


def _listen(page: Page, complaints: list[str]) -> None:
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
    page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url} {request.failure}"))


def main() -> int:
    """0: no complaints; 1: some, printed."""
    parser = argparse.ArgumentParser(description="Take pictures of a running server's pages.")
    parser.add_argument("server", help="its address, as http://127.0.0.1:8000")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--event", help="only the pages of this event (its slug)")
    parser.add_argument("--chromium", default="/usr/bin/chromium", help="the browser to use")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    server = options.server.rstrip("/")
    count = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=ARGUMENTS)
        for name, path, views in pages(server, options.event):
            for view in views:
                target = options.folder / f"{name}-{view.name}.png"
                for complaint in take(browser, server + path, view, target):
                    count += 1
                    print(f"{target.name}: {complaint}", file=sys.stderr)
                print(target)
        browser.close()
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())

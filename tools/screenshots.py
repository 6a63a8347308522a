"""Take pictures of every page, as everybody sees it, to be looked at by people.

    python -m tools.screenshots pictures/ [--only papan] [--size 390-dark] [--chromium /usr/bin/chromium]

The pages are those of the tests' table (`tests/e2e/pages/table.py`), on a server of their own that is started for it
and filled with the tests' world. Each is taken at 1280 and 390 px, in light and dark, the wall as a projector shows it,
and some as they are printed. What a browser complains of meanwhile (console, content security policy, failed requests,
a page wider than its window) is printed, and the exit status is then 1.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.e2e.conftest import CHROMIUM_FLAGS
from tests.e2e.pages.lens import Lens
from tests.e2e.pages.look import Complaints, width_faults
from tests.e2e.pages.site import open_site
from tests.e2e.pages.table import PRINTED, VIEWS
from tests.e2e.pages.viewing import View
from tools.browser import NAMES

SETTLE_MS = 700
"""Fonts, the first message of a stream and the wall's entrance are done by then."""


@dataclass(frozen=True)
class Size:
    """A window, or a sheet of paper, that a page is seen on."""

    name: str
    width: int
    height: int
    dark: bool = False
    language: str = "id"
    whole: bool = True
    paper: bool = False


SCREENS = (
    Size("1280", 1280, 900),
    Size("1280-dark", 1280, 900, dark=True),
    Size("390", 390, 844),
    Size("390-dark", 390, 844, dark=True),
)
WALLS = (Size("1920", 1920, 1080, whole=False), Size("390", 390, 844))
PAPER = Size("print", 794, 1123, paper=True)
"""A4 at 96 dots an inch."""


def sizes_of(view: View) -> Iterator[Size]:
    """How a page is to be seen."""
    yield from WALLS if view.name.startswith("layar") else SCREENS
    if view.name in PRINTED:
        yield PAPER


def take(lens: Lens, view: View, size: Size, target: Path) -> list[str]:
    """Take one picture; returns the browser's complaints."""
    with lens.context(
        view.role,
        empty=view.empty,
        language=size.language,
        viewport={"width": size.width, "height": size.height},
        color_scheme="dark" if size.dark else "light",
    ) as context:
        page = context.new_page()
        complaints = Complaints(expected_status=view.status)
        complaints.listen(page)
        page.on("requestfailed", lambda request: complaints.said.append(f"failed: {request.url} {request.failure}"))
        lens.open(page, view)
        page.wait_for_timeout(SETTLE_MS)
        if size.paper:
            page.emulate_media(media="print")
        complaints.said += width_faults(page)
        _shoot(page, size, target)
    return complaints.said


def _shoot(page: Page, size: Size, target: Path) -> None:
    if size.whole:
        # A window as high as the page: bars that stick stand at its end, not across its middle.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": size.width, "height": max(size.height, int(height))})
    page.screenshot(path=str(target), full_page=size.whole, animations="disabled")


def main() -> int:
    """0: no complaints; 1: some, printed."""
    parser = argparse.ArgumentParser(description="Take pictures of every page.")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--only", default="", help="only the views whose names begin so")
    parser.add_argument("--size", default="", help="only this size: 1280, 1280-dark, 390, 390-dark, 1920, print")
    parser.add_argument("--chromium", default=next(filter(None, map(shutil.which, NAMES)), None), help="the browser")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with open_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=options.chromium, args=[*CHROMIUM_FLAGS, "--hide-scrollbars"]
        )
        lens = Lens(browser, site)
        for view in [view for view in VIEWS if str(view).startswith(options.only)]:
            for size in [size for size in sizes_of(view) if options.size in ("", size.name)]:
                target = options.folder / f"{view}-{size.name}.png"
                for complaint in take(lens, view, size, target):
                    count += 1
                    print(f"{target.name}: {complaint}", file=sys.stderr)
                print(target)
        browser.close()
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())

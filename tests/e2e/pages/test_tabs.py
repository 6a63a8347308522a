"""Many tabs of one browser: over HTTP/1.1 it opens six connections to a server, and a live page holds one of them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.pages.lens import Lens
from tests.e2e.pages.site import Site
from tests.e2e.pages.tabs import Tabs

BOARD = "/acara/pengerjaan/papan/layanan-publik"
WALL = "/acara/pengerjaan/layar/layanan-publik"


@pytest.fixture
def tabs(browser: Browser) -> Iterator[Tabs]:
    """A window of its own."""
    opened = Tabs.of(browser)
    yield opened
    opened.close()


def test_seven_tabs_of_live_pages_all_answer(site: Site, tabs: Tabs) -> None:
    for number in range(7):
        tabs.open(f"{site.url}{WALL if number % 2 else BOARD}")
    states = [tabs.ask(number, "document.visibilityState") for number in range(7)]
    assert states == ["hidden"] * 6 + ["visible"]
    # The one that is seen is live, though six of its kind are open.
    live = "document.getElementById('langsung').classList.contains('st-run')"
    while not tabs.ask(6, live):
        assert tabs.ask(6, "document.getElementById('langsung').classList.contains('st-warn')") is False


def test_a_board_that_was_left_by_a_link_holds_nothing(site: Site, lens: Lens) -> None:
    with lens.context() as context:
        pages = [context.new_page() for _ in range(5)]
        for page in pages:
            # Each is left with the board in the back/forward cache.
            page.goto(BOARD)
            expect(page.locator("#langsung")).to_have_class("state st-run")
            page.goto("/")
        front = context.new_page()
        front.goto(BOARD)
        expect(front.locator("#langsung")).to_have_class("state st-run")
        front.goto("/acara/pengerjaan")
        expect(front.locator("h1")).to_be_visible()

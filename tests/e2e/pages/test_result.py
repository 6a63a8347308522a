"""A submission under way, watched in a browser: what moves by itself, and a log that lets people read."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from hackathon import store
from tests.e2e.pages.lens import Lens
from tests.e2e.pages.site import Site
from tests.e2e.pages.world import Role

PHONE = {"width": 390, "height": 844}
AT_END = "log => log.scrollHeight - log.scrollTop - log.clientHeight < 24"


class LogBook:
    """The log of the submission that is being tested, written as its worker does."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.submission: UUID = site.world.submissions["berjalan"]
        self.key: str = site.do(
            store.fetch_value("SELECT log_key FROM build WHERE submission_id = $1", self.submission)
        )
        self.text = site.do(site.maker.objects.read(self.key))

    def add(self, lines: bytes) -> None:
        """Some more lines."""
        self.text += lines
        self.write()

    def write(self) -> None:
        """Put it where pages find it, and tell."""
        self.site.do(self.site.maker.objects.put(self.key, self.text))
        self.site.do(store.notify("submission", self.submission))


@pytest.fixture
def book(site: Site) -> Iterator[LogBook]:
    """The log; afterwards it is as before."""
    opened = LogBook(site)
    before = opened.text
    yield opened
    opened.text = before
    opened.write()


@pytest.fixture
def page(lens: Lens) -> Iterator[Page]:
    """A window of the captain."""
    with lens.context(Role.CAPTAIN) as context:
        yield context.new_page()


def flood(first: int, count: int = 120) -> bytes:
    return b"".join(b"\x1b[36m%d\x1b[0m baris keluaran\n" % number for number in range(first, first + count))


@pytest.mark.parametrize("path", ["", "/log"])
def test_a_log_is_followed_until_somebody_scrolls_up_and_again_when_asked(page: Page, book: LogBook, path: str) -> None:
    page.goto(f"/pengajuan/{book.submission}{path}")
    expect(page.locator("#langsung")).to_have_class("state st-run")
    book.add(flood(1))
    log = page.locator("ol[data-follow]")
    expect(log.locator("li").last).to_contain_text("120 baris keluaran")
    expect(page.get_by_role("button", name="Ikuti lagi")).to_be_hidden()
    assert log.evaluate(AT_END)

    log.hover()
    page.mouse.wheel(0, -400)
    again = page.get_by_role("button", name="Ikuti lagi")
    expect(again).to_be_visible()
    book.add(flood(121, 5))
    expect(log.locator("li").last).to_contain_text("125 baris keluaran")
    assert not log.evaluate(AT_END)

    again.click()
    expect(again).to_be_hidden()
    assert log.evaluate(AT_END)


def test_a_line_can_be_linked_to_and_is_marked(page: Page, book: LogBook) -> None:
    book.add(flood(1))
    number = book.text.count(b"\n") - 60
    page.goto(f"/pengajuan/{book.submission}/log#L{number}")
    line = page.locator(f"#L{number}")
    expect(line).to_be_in_viewport()
    assert line.evaluate("line => line.matches(':target')")
    expect(page.get_by_role("button", name="Ikuti lagi")).to_be_visible()


def test_a_link_to_a_case_opens_it(page: Page, site: Site) -> None:
    page.goto(f"/pengajuan/{site.world.submissions['baik']}")
    closed = page.locator(".caselist > li > details:not([open])").last
    anchor = closed.locator(".c-body").get_attribute("id")
    page.goto(f"/pengajuan/{site.world.submissions['baik']}#{anchor}")
    expect(page.locator(f"[id='{anchor}']")).to_be_visible()


def test_on_a_phone_the_last_lines_stay_in_sight(lens: Lens, book: LogBook) -> None:
    with lens.context(Role.CAPTAIN, viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"/pengajuan/{book.submission}/log")
        expect(page.locator("#langsung")).to_have_class("state st-run")
        book.add(flood(1, 300))
        log = page.locator("ol[data-follow]")
        expect(log.locator("li").last).to_contain_text("300 baris keluaran")
        page.wait_for_timeout(300)
        assert log.evaluate(AT_END)

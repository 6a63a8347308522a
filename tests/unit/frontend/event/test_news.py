"""News as pages show them."""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from frontend.language import Language
from frontend.pages.event.news import TEASER, draw_news, page_number, turn_pages
from hackathon.announcements import Announcement
from sandbox.model import Text

EVENT = UUID(int=2)
JAYAPURA = ZoneInfo("Asia/Jayapura")


def item(title: Text, body: Text) -> Announcement:
    return Announcement(
        UUID(int=1), EVENT, title, body, important=True, published_at=datetime(2026, 11, 24, tzinfo=UTC)
    )


def test_a_news_item_is_told_in_the_viewers_time() -> None:
    news = item(Text("Kelas", "Class"), Text("Besok.\n\nDi aula.", "Tomorrow."))
    (shown,) = draw_news([news], slugs={EVENT: "asn"}, zone=JAYAPURA, language=Language.ID)
    assert shown.at == "Selasa, 24 November 2026 pukul 09.00 WIT"
    assert (shown.paragraphs, shown.teaser, shown.more) == (("Besok.", "Di aula."), "Besok.", True)
    assert shown.lang is None
    assert shown.href == f"/acara/asn/kabar#{shown.key}"


def test_one_in_another_language_says_so() -> None:
    news = item(Text("", "Class"), Text("", "Tomorrow."))
    (shown,) = draw_news([news], slugs={EVENT: "asn"}, zone=JAYAPURA, language=Language.ID)
    assert (shown.title, shown.lang, shown.more) == ("Class", "en", False)


def test_a_long_one_is_cut_at_a_word() -> None:
    news = item(Text("Kelas", ""), Text("kata " * 200, ""))
    (shown,) = draw_news([news], slugs={EVENT: "asn"}, zone=JAYAPURA, language=Language.ID)
    assert len(shown.teaser) <= TEASER + 1
    assert shown.teaser.endswith("kata…")


def test_pages_know_their_neighbours() -> None:
    def beside(number: int, whole: int) -> tuple[int | None, int | None]:
        paper = turn_pages((), number, whole, 20)
        return paper.newer, paper.older

    assert beside(1, 0) == beside(1, 20) == (None, None)
    assert beside(1, 21) == (None, 2)
    assert beside(2, 41) == (1, 3)
    assert beside(3, 41) == (2, None)
    assert [page_number(asked, 41, 20) for asked in (1, 3, 4, 90)] == [1, 3, 3, 3]
    assert page_number(7, 0, 20) == 1

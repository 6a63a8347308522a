"""A log in pages: any line is found without reading those before it, and looks the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontend.pages.result import log
from frontend.pages.result.ansi import last, read
from frontend.pages.result.log import at_line, count_lines, lines_from, log_page, search, tail
from tests.unit.frontend.result.test_ansi import LOGS

THREE = b"satu\n\x1b[31mdua\ntiga"


@pytest.mark.parametrize(("data", "count"), [(b"", 0), (b"a", 1), (b"a\n", 1), (b"a\nb", 2), (b"\n\n", 2)])
def test_lines_are_counted(data: bytes, count: int) -> None:
    assert count_lines(data) == count


def test_a_line_keeps_the_colour_that_an_earlier_one_began() -> None:
    assert [line.html for line in lines_from(THREE, 3, 10)] == ['<span class="ansi-red">tiga</span>']
    assert [line.number for line in lines_from(THREE, 2, 1)] == [2]
    assert lines_from(THREE, 9, 10) == ()


@given(LOGS, st.integers(1, 12), st.integers(1, 5))
def test_some_lines_are_those_of_the_whole_log(text: str, number: int, most: int) -> None:
    data = text.encode(errors="replace")
    whole, state = read(data)
    rest = last(state)
    whole += [rest] if rest else []
    assert list(lines_from(data, number, most)) == whole[number - 1 : number - 1 + most]


def test_pages_are_found_by_number_and_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "PAGE_LINES", 10)
    data = b"".join(b"baris %d\n" % number for number in range(1, 26))
    latest = log_page(data)
    assert (latest.page, latest.pages, latest.total, latest.first) == (3, 3, 25, 21)
    assert [line.number for line in log_page(data, page=1).lines] == list(range(1, 11))
    assert log_page(data, line=11).page == 2
    assert log_page(data, line=10).page == 1
    for wild in (0, -4, 99):
        assert 1 <= log_page(data, page=wild).page <= 3
        assert 1 <= log_page(data, line=wild).page <= 3
    empty = log_page(b"")
    assert (empty.lines, empty.total, empty.pages, empty.first) == ((), 0, 1, 0)


def test_the_tail_is_short_and_complete() -> None:
    data = b"".join(b"baris %d\n" % number for number in range(1, 100))
    assert [line.number for line in tail(data)] == list(range(100 - log.TAIL_LINES, 100))
    assert tail(b"") == ()


def test_a_search_counts_all_and_shows_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MOST_HITS", 2)
    data = b"Galat: satu\nbaik\n\x1b[31mgalat\x1b[0m: dua\nGALAT tiga"
    found = search(data, " galat ")
    assert (found.sought, found.count, [line.number for line in found.lines]) == ("galat", 3, [1, 3])
    assert found.lines[1].html == '<span class="ansi-red"><mark>galat</mark></span>: dua'
    assert search(data, "").count == 0
    assert search(data, "x" * 9999).count == 0


def test_a_line_beyond_the_end_is_nowhere() -> None:
    offset, state = at_line(THREE, 100)
    assert offset == len(THREE)
    assert state.rest == b""

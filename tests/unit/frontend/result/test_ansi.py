"""Logs as lines: colours kept, everything else that a program writes made harmless, in whatever pieces it comes."""

import re
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontend.pages.result.ansi import LINE_LETTERS, START, Line, find, last, read


def lines(text: str | bytes) -> list[Line]:
    found, state = read(text.encode() if isinstance(text, str) else text)
    rest = last(state)
    return [*found, *([rest] if rest else [])]


def html(text: str | bytes) -> str:
    return "\n".join(line.html for line in lines(text))


def test_lines_are_numbered_from_one_and_the_last_needs_no_end() -> None:
    assert [(line.number, line.text) for line in lines("satu\ndua\r\n\ntiga")] == [
        (1, "satu"),
        (2, "dua"),
        (3, ""),
        (4, "tiga"),
    ]
    assert lines("") == []
    assert [line.text for line in lines("satu\n")] == ["satu"]


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("\x1b[31mgagal\x1b[0m lalu", '<span class="ansi-red">gagal</span> lalu'),
        ("\x1b[1;92mlulus\x1b[m", '<span class="ansi-bright-green ansi-bold">lulus</span>'),
        ("\x1b[41;37mX\x1b[49mY", '<span class="ansi-white ansi-bg-red">X</span><span class="ansi-white">Y</span>'),
        ("\x1b[1mA\x1b[22mB", '<span class="ansi-bold">A</span>B'),
        ("\x1b[3;4mA\x1b[23;24mB", '<span class="ansi-italic ansi-underline">A</span>B'),
        ("\x1b[38;5;9mA\x1b[38;5;200mB", '<span class="ansi-bright-red">A</span>B'),
        ("\x1b[38;2;1;2;3;1mA", '<span class="ansi-bold">A</span>'),
        ("\x1b[38:5:2mA", '<span class="ansi-green">A</span>'),
        ("\x1b[?25lA\x1b[?1mB", "AB"),
        ("\x1b[999999999999mA", "A"),
        ("\x9b32mA", '<span class="ansi-green">A</span>'),
    ],
)
def test_colour_and_weight_become_classes(text: str, markup: str) -> None:
    assert html(text) == markup


@pytest.mark.parametrize(
    "text",
    [
        "A\x1b[2J\x1b[HB",
        "A\x1b]0;judul\x07B",
        "A\x1b]8;;https://contoh.id\x1b\\B",
        "A\x1bP1$r0m\x1b\\B",
        "A\x1b(0B",
        "A\x1b7B",
        "A\x1b[1A\x1b[2KB",
        "A\x1bB"[:2] + "=B",
    ],
)
def test_what_moves_the_cursor_or_talks_to_the_terminal_is_taken_out(text: str) -> None:
    assert html(text) == "AB"


def test_an_escape_that_never_ends_takes_no_other_line_with_it() -> None:
    assert [line.text for line in lines("A\x1b]0;judul tanpa akhir\nB\n\x1b")] == ["A", "B", ""]


def test_progress_bars_show_their_last_state() -> None:
    assert html(" 10%\r 50%\r\x1b[32m100%\x1b[0m\r\n") == '<span class="ansi-green">100%</span>'
    assert html("siap\r") == "siap"


def test_what_does_not_show_is_shown() -> None:
    marked = html("a\u202eb\x00c\x08d\x7fe\u2028f\ufeff")
    assert re.findall(r'<span class="ansi-mark">(.*?)</span>', marked) == ["U+202E", "␀", "␈", "␡", "U+2028", "U+FEFF"]
    assert html("kolom\tkolom") == "kolom\tkolom"


def test_colours_go_on_over_lines() -> None:
    assert html("\x1b[33mawas\nmasih\x1b[0m\nselesai") == (
        '<span class="ansi-yellow">awas</span>\n<span class="ansi-yellow">masih</span>\nselesai'
    )


def test_markup_of_a_program_stays_text() -> None:
    assert html("<script>alert('1')</script> & \"x\"") == (
        "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt; &amp; &quot;x&quot;"
    )


def test_bytes_that_are_no_text_are_replaced() -> None:
    assert html(b"a\xff\xfeb") == "a\ufffd\ufffdb"


def test_a_long_line_shows_its_beginning_and_says_how_much_is_left_out() -> None:
    (line, after) = lines("x" * (LINE_LETTERS + 7) + "\x1b[31m" + "y" * 3 + "\nz")
    assert (len(line.text), line.left_out) == (LINE_LETTERS, 10)
    assert after.html == '<span class="ansi-red">z</span>'


def test_what_is_searched_for_is_marked_across_colours() -> None:
    (line,) = lines("Ga\x1b[31mgal\x1b[0m, gagal lagi")
    found = find(line, "GAGAL")
    assert found is not None
    assert found.html == '<mark>Ga</mark><span class="ansi-red"><mark>gal</mark></span>, <mark>gagal</mark> lagi'
    assert found.text == line.text
    assert find(line, "sukses") is None
    assert find(line, "") is None
    assert find(lines("a.b axb")[0], "a.b") is not None


ESCAPES = st.sampled_from(
    ["\x1b", "\x1b[", "\x1b[3", "\x1b[31m", "\x1b[0m", "\x1b[1;4m", "\x1b]0;t", "\x07", "\x1b\\", "\x9b", "\r", "\n"]
)
LOGS = st.lists(
    st.one_of(ESCAPES, st.text(max_size=8), st.sampled_from(["<b>", "&", '"', "'", "\u202e", "é", "🙂"])), max_size=40
).map("".join)


@given(LOGS)
def test_no_sign_of_markup_ever_leaves_unescaped_and_every_span_is_closed(log: str) -> None:
    for line in lines(log):
        bare = re.sub(r'<span class="ansi-[a-z -]+">|</span>', "", line.html)
        assert not set(bare) & set("<>\"'")
        assert unescape(bare) == line.text
        assert line.html.count("<span") == line.html.count("</span>")
        assert not re.search("[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line.text)


@given(LOGS, st.lists(st.integers(0, 400), max_size=8))
def test_in_pieces_it_reads_as_in_one(log: str, cuts: list[int]) -> None:
    data = log.encode(errors="replace")
    state, pieces = START, []
    borders = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    for begin, end in pairwise(borders):
        more, state = read(data[begin:end], state)
        pieces += more
    rest = last(state)
    assert [*pieces, *([rest] if rest else [])] == lines(data)


@given(LOGS, st.text(min_size=1, max_size=3))
def test_marking_changes_nothing_but_marks(log: str, sought: str) -> None:
    for line in lines(log):
        found = find(line, sought)
        if found is not None:
            assert found.text == line.text
            assert re.sub("</?mark>", "", found.html).replace("</span>", "") != ""
            assert found.html.count("<mark>") == found.html.count("</mark>") > 0

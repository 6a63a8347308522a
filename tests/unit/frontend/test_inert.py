"""Text of programs and people does nothing where it is shown."""

import json
import re
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from frontend.cli.frame import command
from frontend.inert import json_line, visible
from frontend.pages.result.ansi import last, read
from frontend.pages.result.cases import compare_answers

TRICKS = "\x1b]0;x\x07\x1b[2J\x9b31m\r\u202egnp.exe\u2066\u200b\ufeff\u00ad<script>=1+1\U000e0041"
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")

NAMES = st.text(max_size=8) | st.just(TRICKS)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=10,
)


@example(TRICKS)
@given(st.text())
def test_nothing_hides(text: str) -> None:
    shown = visible(text)
    assert not HIDDEN.search(shown)
    assert "\n" not in visible(text, lines=False)
    assert visible(shown) == shown


def test_words_of_every_script_stay_as_they_are() -> None:
    text = "Ringkas é 👩\u200d💻 ꦱꦸꦏꦫꦪ العربية हिन्दी\n\tselesai"
    assert visible(text) == text


@example({TRICKS: TRICKS})
@given(st.dictionaries(NAMES, VALUES, max_size=3))
def test_json_for_a_terminal_means_the_same(value: dict[str, Any]) -> None:
    line = json_line(value)
    assert not HIDDEN.search(line)
    assert "\n" not in line
    assert json.loads(line) == value


@example({TRICKS: TRICKS}, {TRICKS: {TRICKS: TRICKS}})
@given(VALUES, VALUES)
def test_answers_beside_each_other(expected: Any, got: Any) -> None:
    for field in compare_answers(expected, got):
        for text in (field.name, *(value.text for value in (field.expected, field.got) if value)):
            assert not HIDDEN.search(text)


@example(TRICKS.encode())
@given(st.text().map(lambda text: text.encode(errors="replace")) | st.binary())
def test_lines_of_a_log(data: bytes) -> None:
    lines, state = read(data)
    rest = last(state)
    for line in [*lines, *([rest] if rest else [])]:
        assert not HIDDEN.search(line.html)
        assert "<script" not in line.html


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_whatever_a_command_says(arguments: list[str]) -> None:
    @command("coba")
    def said(console: Any) -> None:
        console.say(TRICKS)
        console.note(TRICKS)
        console.result({TRICKS: TRICKS})

    found = CliRunner().invoke(said, arguments)
    assert found.exit_code == 0
    assert "gnp.exe" in found.output
    assert not HIDDEN.search(found.output)

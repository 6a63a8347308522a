from dataclasses import dataclass

import pytest

from frontend.cli.wording import duration, harmless, languages, size, table, tell
from sandbox.model import Text

BOTH = ("id", "en")


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, BOTH),
        ({"LANG": "C.UTF-8"}, BOTH),
        ({"LANG": "id_ID.UTF-8"}, ("id",)),
        ({"LANG": "en_GB.UTF-8"}, ("en",)),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "id_ID.UTF-8"}, ("id",)),
        ({"LANG": "en_US.UTF-8", "LC_ALL": ""}, ("en",)),
        ({"LANG": "fr_FR.UTF-8"}, BOTH),
    ],
)
def test_the_locale_chooses_the_language(environment: dict[str, str], wanted: tuple[str, ...]) -> None:
    assert languages(environment) == wanted


def test_a_text_is_told_in_each_language_once() -> None:
    assert tell(Text(id="Diterima.", en="Received."), BOTH) == "Diterima.\nReceived."
    assert tell(Text(id="app.py:3", en="app.py:3"), BOTH) == "app.py:3"
    assert tell(Text(id="Diterima.", en="Received."), ("en",)) == "Received."


def test_a_table_has_columns_and_no_trailing_spaces() -> None:
    text = table(("team", "score"), [("Tim Cendana", "71.2"), ("Tim Kopi", "9.0")], right=(1,))
    assert text.splitlines() == ["team         score", "Tim Cendana   71.2", "Tim Kopi       9.0"]
    assert table(("team", "score"), []) == ""


@dataclass(frozen=True)
class Said:
    value: float
    words: str


@pytest.mark.parametrize(
    "said",
    [
        Said(0, "0 B"),
        Said(999, "999 B"),
        Said(1500, "1.5 kB"),
        Said(999_960, "1.0 MB"),
        Said(100e6, "100.0 MB"),
        Said(5e12, "5000.0 GB"),
    ],
)
def test_sizes(said: Said) -> None:
    assert size(int(said.value)) == said.words


@pytest.mark.parametrize(
    "said",
    [
        Said(0.0123, "12 ms"),
        Said(12.34, "12.3 s"),
        Said(60, "1 min 00 s"),
        Said(245, "4 min 05 s"),
        Said(7620, "2 h 07 min"),
    ],
)
def test_durations(said: Said) -> None:
    assert duration(said.value) == said.words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ringkas\u00a0Sukaraya … é 👩\u200d💻", "Ringkas\u00a0Sukaraya … é 👩\u200d💻"),
        ("satu\n\tdua", "satu\n\tdua"),
        ("\x1b[2J\x9b1m\r\x7f\0", "\\x1b[2J\\x9b1m\\r\\x7f\\x00"),
        ("\u202eterbalik\u2028", "\\u202eterbalik\\u2028"),
        ("\ud800", "\\ud800"),
    ],
)
def test_no_text_steers_the_terminal(text: str, shown: str) -> None:
    assert harmless(text) == shown


def test_one_line_stays_one_line() -> None:
    assert harmless("satu\ndua\t", lines=False) == "satu\\ndua\\t"

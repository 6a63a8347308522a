"""JSON that PostgreSQL takes, whatever a prototype answered."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hackathon.evaluations.encoding import GOT_LETTERS, as_json, clean_text, clipped
from sandbox.model import Text

ANSWERS: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(codec=None)), inner, max_size=3),
    max_leaves=10,
)


@given(ANSWERS)
def test_every_answer_becomes_json_without_nul_and_surrogates(answer: Any) -> None:
    text = as_json(answer)

    text.encode()
    assert not _has_nul(json.loads(text))


def _has_nul(value: Any) -> bool:
    match value:
        case str():
            return "\0" in value
        case list():
            return any(map(_has_nul, value))
        case dict():
            return any(_has_nul(key) or _has_nul(item) for key, item in value.items())
        case _:
            return False


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Text(id="Halo\0", en="Hi"), {"id": "Halo\ufffd", "en": "Hi"}),
        ("\ud800", "?"),
        (math.nan, None),
        (10**30, 10**30),
        ("Bandar Lampung", "Bandar Lampung"),
    ],
)
def test_what_cannot_be_kept_is_replaced_and_the_rest_left_alone(value: Any, expected: Any) -> None:
    assert json.loads(as_json(value)) == expected


def test_text_for_a_column_has_no_nul() -> None:
    assert clean_text("a\0b\udfffc") == "a\ufffdb?c"


def test_a_long_answer_is_stored_as_its_beginning() -> None:
    assert clipped({"a": 1}) == ({"a": 1}, False)

    beginning, cut = clipped({"a": "x" * 100_000})
    assert cut
    assert beginning.startswith('{"a":"xxx')
    assert len(beginning) == GOT_LETTERS
